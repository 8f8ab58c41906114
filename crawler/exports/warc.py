"""WARC: the captures of the archive as web archives read them (ISO 28500), by warcio."""

import io
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Final

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from alerts.event import iso
from crawler.errors import ExportError
from diffing.archive import Archive
from diffing.capture import Capture
from diffing.version import Document

SOFTWARE: Final = "Clausewatch"
DESCRIPTION: Final = (
    "Pages as they were fetched. Bodies are stored without the encoding they were transferred in, so the headers "
    "Content-Encoding and Transfer-Encoding are left out and Content-Length is that of the body."
)
PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}
_ABOUT_TRANSFER: Final = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
_UNSAFE: Final = str.maketrans(dict.fromkeys(map(chr, range(32)), " "))


def write(
    archive: Archive,
    path: Path,
    documents: Iterable[Document],
    on_progress: Callable[[int], None] = lambda count: None,
) -> int:
    """Write the captures of documents to a gzipped WARC file, oldest first for each; returns how many there were.

    The file is there whole or not at all. Raises ExportError when it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    count = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            about = {"software": SOFTWARE, "format": "WARC File Format 1.1", "description": DESCRIPTION}
            writer.write_record(writer.create_warcinfo_record(path.name, about))
            for document in documents:
                for capture in archive.asking.captures(document):
                    _write(writer, capture)
                    count += 1
                    on_progress(count)
        part.replace(path)
    except OSError as error:
        raise ExportError(
            str(path), f"cannot be written ({error.strerror})", "check the folder and the disk"
        ) from error
    return count


def _write(writer: WARCWriter, capture: Capture) -> None:
    phrase = PHRASES.get(capture.status, "")
    headers = [
        (_line(name), _line(value)) for name, value in capture.headers.items() if name.lower() not in _ABOUT_TRANSFER
    ]
    told = StatusAndHeaders(
        f"{capture.status} {phrase}".strip(), [*headers, ("Content-Length", str(len(capture.body)))], "HTTP/1.1"
    )
    record = writer.create_warc_record(
        _line(capture.url),
        "response",
        payload=io.BytesIO(capture.body),
        length=len(capture.body),
        http_headers=told,
        warc_headers_dict={"WARC-Date": iso(capture.fetched_at.replace(microsecond=0))},
    )
    writer.write_record(record)


def _line(text: str) -> str:
    """A header's value on one line."""
    return text.encode("ascii", "replace").decode().translate(_UNSAFE)
