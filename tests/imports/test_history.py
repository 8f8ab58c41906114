"""Reading a git history in the layout of the Open Terms Archive."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.errors import HistoryError
from crawler.imports.ota import by_document, history
from crawler.imports.repository import Blobs, opened
from tests.support.histories import History

MARCH = datetime(2025, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def kept(tmp_path: Path) -> History:
    """Two services; the second version of one is the archive's own doing, and a date runs backwards."""
    (tmp_path / "kept").mkdir()
    made = History(tmp_path / "kept")
    made.record("README.md", "not a service", MARCH - DAY)
    made.record("Nord/Privacy Policy.md", "one\n", MARCH, "First record of Nord Privacy Policy")
    made.record("Nord/Privacy Policy.md", "two\n", MARCH + 9 * DAY, "Apply technical or declaration upgrade on Nord")
    made.record("Süd & Co/Terms of Service.md", "drei\n", MARCH + DAY)
    made.record("Nord/Privacy Policy.md", "three\n", MARCH + 10 * DAY)
    return made


def test_versions_come_by_author_date_whatever_the_order_of_commits(kept: History) -> None:
    with opened(kept.folder) as repository:
        found = history(repository)
    assert [(recorded.document.service, recorded.at) for recorded in found] == [
        ("Nord", MARCH),
        ("Süd & Co", MARCH + DAY),
        ("Nord", MARCH + 9 * DAY),
        ("Nord", MARCH + 10 * DAY),
    ]


def test_an_upgrade_of_the_archive_is_marked_and_a_record_of_a_change_is_not(kept: History) -> None:
    with opened(kept.folder) as repository:
        found = history(repository, service="Nord")
    assert [recorded.upgrade for recorded in found] == [False, True, False]


def test_a_version_is_settled_when_it_stood_for_two_days(kept: History) -> None:
    with opened(kept.folder) as repository:
        found = history(repository, service="Nord")
    assert [recorded.settled for recorded in found] == [True, False, False]


def test_a_bundle_reads_like_the_repository_it_was_made_from(kept: History, tmp_path: Path) -> None:
    with opened(kept.folder) as repository, opened(kept.bundle(tmp_path / "a.bundle")) as bundle:
        assert history(bundle) == history(repository)


def test_blobs_are_read_byte_for_byte_and_an_unknown_one_is_none(kept: History) -> None:
    with opened(kept.folder) as repository, repository.blobs() as blobs:
        first, *_ = history(repository)
        assert blobs.read("0" * 40) is None
        assert blobs.read(first.blob) == b"one\n"


def test_a_merge_counts_each_recorded_version_once(kept: History) -> None:
    kept.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    kept.record("Nord/Cookies.md", "c\n", MARCH + 20 * DAY)
    kept.git("checkout", "--quiet", "main")
    kept.git("merge", "--quiet", "--no-edit", "side")
    with opened(kept.folder) as repository:
        found = history(repository)
    assert [recorded.document.terms for recorded in found].count("Cookies") == 1
    assert len(found) == 5


@pytest.mark.parametrize("content", [b"", b"just a file", b"# v2 git bundle\ngarbage"])
def test_a_file_that_is_no_bundle_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.bundle"
    path.write_bytes(content)
    with pytest.raises(HistoryError, match=str(path)), opened(path) as repository:
        history(repository)


def test_a_folder_that_is_no_repository_is_a_clear_error(tmp_path: Path) -> None:
    with opened(tmp_path) as repository, pytest.raises(HistoryError, match="git cannot read it"):
        history(repository)


def test_a_truncated_bundle_is_a_clear_error(kept: History, tmp_path: Path) -> None:
    path = kept.bundle(tmp_path / "a.bundle")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(HistoryError, match="git cannot unpack it"), opened(path):
        pass


def test_versions_recorded_within_one_second_stay_apart_and_in_order(kept: History) -> None:
    for text in ("a\n", "b\n", "a\n"):
        kept.record("Nord/Cookies.md", text, MARCH)
    with opened(kept.folder) as repository:
        times = [recorded.at for recorded in history(repository) if recorded.document.terms == "Cookies"]
    assert times == [MARCH, MARCH + timedelta(milliseconds=1), MARCH + timedelta(milliseconds=2)]


def test_a_repository_that_lost_objects_is_a_clear_error(kept: History) -> None:
    for pack in (kept.folder / ".git" / "objects").rglob("*"):
        if pack.is_file():
            pack.chmod(0o644)
            pack.write_bytes(b"")
    with pytest.raises(HistoryError) as error, opened(kept.folder) as repository:
        history(repository)
    assert str(error.value).startswith(f"{kept.folder}: ")
    assert "Traceback" not in str(error.value)


def test_a_reader_that_git_leaves_is_a_clear_error(kept: History) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as questions, pytest.raises(HistoryError, match="git stopped while reading abc"):
        Blobs(questions, io.BytesIO(), str(kept.folder)).read("abc")


def test_files_that_are_no_terms_are_passed_over_whatever_their_names(kept: History) -> None:
    names = ("Nord/.md", "Nord/deep/Terms.md", "Nord/image.png", "line\nbreak/Ter\tms.md", "é/Vie privée.md")
    for number, path in enumerate(names):
        kept.record(path, f"# Odd {number}\n\nWe keep it.\n", MARCH + (20 + number) * DAY)
    with opened(kept.folder) as repository:
        found = [recorded.document for recorded in history(repository) if recorded.at >= MARCH + 20 * DAY]
    assert [(one.service, one.terms) for one in found] == [("line\nbreak", "Ter\tms"), ("é", "Vie privée")]


def test_a_history_can_be_read_one_document_after_the_other(kept: History) -> None:
    with opened(kept.folder) as repository:
        found = by_document(history(repository))
    assert [(recorded.document.service, recorded.at) for recorded in found] == [
        ("Nord", MARCH),
        ("Nord", MARCH + 9 * DAY),
        ("Nord", MARCH + 10 * DAY),
        ("Süd & Co", MARCH + DAY),
    ]
