"""Captures as a WARC file that others' readers take."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.errors import ExportError
from crawler.exports.warc import write
from diffing.archive import Archive
from tests.support.archives import DOCUMENT, capture, first, version

HEADERS = {"Content-Type": "text/html", "Content-Encoding": "br", "ETag": '"x"', "X-Odd": "a\r\nSet-Cookie: b\u20ac"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A WARC file of two captures."""
    with Archive.open(tmp_path / "clausewatch.db") as archive:
        captures = [replace(capture(b"<p>one</p>"), headers=HEADERS), capture(b"\0\xff binary", hours=1)]
        archive.record(first(version(), captures))
        assert write(archive, tmp_path / "out" / "x.warc.gz", [DOCUMENT]) == 2
    return tmp_path / "out" / "x.warc.gz"


def records(file: Path) -> list[tuple[str, str | None, str | None, bytes]]:
    """Type, address, date and body of each record."""
    return [
        (
            record.rec_type,
            record.rec_headers.get_header("WARC-Target-URI"),
            record.rec_headers.get_header("WARC-Date"),
            record.content_stream().read(),
        )
        for record in ArchiveIterator(io.BytesIO(file.read_bytes()), check_digests="raise")
    ]


def test_each_capture_is_a_response_with_its_address_time_and_bytes(file: Path) -> None:
    about, one, other = records(file)
    assert about[0] == "warcinfo"
    assert one == ("response", "https://examplar.test/en/privacy", "2025-09-18T08:00:00Z", b"<p>one</p>")
    assert other[2:] == ("2025-09-18T09:00:00Z", b"\0\xff binary")


def test_headers_about_the_transfer_are_left_out_and_none_can_add_a_line(file: Path) -> None:
    _, record, _ = ArchiveIterator(io.BytesIO(file.read_bytes()))
    headers = dict(record.http_headers.headers)
    assert record.http_headers.statusline == "200 OK"
    assert headers == {
        "Content-Type": "text/html",
        "ETag": '"x"',
        "X-Odd": "a  Set-Cookie: b?",
        "Content-Length": "10",
    }


def test_an_archive_without_captures_gives_a_file_that_says_what_made_it(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "clausewatch.db") as archive:
        archive.record(first(version()))
        assert write(archive, tmp_path / "x.warc.gz", [DOCUMENT]) == 0
    ((kind, *_),) = records(tmp_path / "x.warc.gz")
    assert kind == "warcinfo"


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Archive.open(tmp_path / "clausewatch.db") as archive, pytest.raises(ExportError, match="cannot be written"):
        write(archive, tmp_path / "file" / "x.warc.gz", [])
