"""PDF documents for tests, written by hand: lines of text on pages, a picture, a password, a bomb."""

import hashlib
import zlib
from collections.abc import Sequence

Lines = Sequence[tuple[str, float]]
"""The lines of a page: text, and its size in points."""

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def pdf(pages: Sequence[Lines], *, title: str = "", password: bytes = b"") -> bytes:
    """A document of these pages; with a password it can be opened with nothing else."""
    return document([_content(page) for page in pages], title=title, password=password)


def scanned(pages: int = 2) -> bytes:
    """A document whose pages are one picture each."""
    return document([b"q 500 0 0 700 50 50 cm /Im Do Q"] * pages)


def bomb(size: int = 4_000_000_000) -> bytes:
    """A page whose content unpacks, in two steps, to so many bytes."""
    chunk = 10_000_000
    packer = zlib.compressobj(9)
    first = packer.compress(b" " * chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    more = packer.compress(b" " * chunk) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself, so it can be repeated
    inner = first + more * (size // chunk - 1) + packer.flush()
    return document([zlib.compress(inner, 9)], filters="/Filter [/FlateDecode /FlateDecode]")


def document(contents: Sequence[bytes], *, title: str = "", password: bytes = b"", filters: str = "") -> bytes:
    """A document of pages with these content streams."""
    file_id = b"0123456789abcdef"
    key, encrypt = _encryption(password, file_id) if password else (b"", b"")
    count = len(contents)
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(count))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length 1 >>\nstream\n\x80\nendstream",
        5: b"<< /Title (%s) >>" % _escaped(title),
        6: encrypt or b"null",
    }
    for number, content in enumerate(contents):
        page, stream = 10 + 2 * number, 11 + 2 * number
        if key:
            content = _rc4(hashlib.md5(key + stream.to_bytes(3, "little") + b"\0\0").digest()[:10], content)
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >>"
            b" /XObject << /Im 4 0 R >> >> /Contents %d 0 R >>" % stream
        )
        objects[stream] = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content)
    return _file(objects, file_id, encrypted=bool(key))


def _content(lines: Lines) -> bytes:
    parts, y = [b"BT"], 740.0
    for text, size in lines:
        y -= 1.3 * size
        if text:
            parts.append(b"/F %g Tf 1 0 0 1 60 %g Tm (%s) Tj" % (size, y, _escaped(text)))
    return b"\n".join([*parts, b"ET"])


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _file(objects: dict[int, bytes], file_id: bytes, *, encrypted: bool) -> bytes:
    body, places = bytearray(b"%PDF-1.4\n"), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        body += b"%d 1\n%010d 00000 n \n" % (number, place)
    more = b"/Encrypt 6 0 R " if encrypted else b""
    body += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R %s/ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n" % (
        max(objects) + 1, more, file_id.hex().encode(), file_id.hex().encode(), start,
    )  # fmt: skip
    return bytes(body)


def _encryption(password: bytes, file_id: bytes) -> tuple[bytes, bytes]:
    """The key of the standard security handler, revision 2, and its dictionary (ISO 32000-1, 7.6.3)."""
    padded = (password + PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    permissions = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + permissions + file_id).digest()[:5]
    user = _rc4(key, PADDING)
    told = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (owner.hex().encode(), user.hex().encode())
    return key, told


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
