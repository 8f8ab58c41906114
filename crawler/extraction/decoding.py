"""From bytes to text, whatever the page claims its charset to be."""

import codecs

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

FALLBACK = "cp1252"
"""What bytes that fit nothing else are read as: every browser's choice for Western pages."""

_NOT_FOR_PAGES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"})
_WIDE = ("utf-16", "utf-32")


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page: by its byte order mark, HTTP header, own declaration, as UTF-8, or else as cp1252.

    A claim that the bytes do not fit is passed over; bytes that fit nothing become U+FFFD. Never raises.

    >>> decode("Données".encode("latin-1"), "text/html; charset=iso-8859-1")
    'Données'
    >>> decode("Données".encode("utf-8"), "text/html; charset=klingon")
    'Données'
    """
    mark, sign = read_bom(body)
    if mark is not None and sign is not None:
        return body[len(sign) :].decode(mark, "replace")
    for claim in (http_content_type_encoding(content_type), _declared(body), "utf-8"):
        text = _decoded(body, claim)
        if text is not None:
            return text
    return body.decode(FALLBACK, "replace")


def _declared(body: bytes) -> str | None:
    """What the page says of itself; a page we can read that far is not in a charset of wide characters."""
    claim = html_body_declared_encoding(body)
    return None if claim is None or claim.startswith(_WIDE) else claim


def _decoded(body: bytes, claim: str | None) -> str | None:
    name = resolve_encoding(claim) if claim else None
    if name is not None and name.startswith(_WIDE) and b"\0" not in body:
        return None  # the marks of a page alone would bring some
    if name is None or codecs.lookup(name).name in _NOT_FOR_PAGES:
        return None
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):  # LookupError: a codec that is none of text, such as "rot13"
        return None
