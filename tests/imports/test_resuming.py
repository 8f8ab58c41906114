"""An import that was stopped, or whose history has grown, goes on where it stopped and ends where one go would."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.imports.ota import history
from crawler.imports.replay import replay, unseen
from crawler.imports.repository import opened
from crawler.recorder import Recorder
from diffing.archive import Archive
from diffing.outcome import Outcome
from diffing.version import Document
from tests.support.histories import History
from tests.support.shared import CORPUS, needs_corpus

MARCH = datetime(2025, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NORD = Document(service="Nord", terms="Privacy Policy")
LONG = "\n\n".join(f"Clause {number}: we keep what you write here for as long as you like." for number in range(20))


@pytest.fixture
def kept(tmp_path: Path) -> History:
    (tmp_path / "kept").mkdir()
    return History(tmp_path / "kept")


def run(archive: Archive, path: Path, *, stop_after: int | None = None) -> list[Outcome]:
    """Import what is new, at most so many versions; what came of each."""
    with opened(path) as repository:
        new = unseen(archive, history(repository))[:stop_after]
        return [visit.outcome for visit in replay(repository, new, Recorder(archive, ()))]


def outcome(archive: Archive) -> dict[Document, Sequence[object]]:
    return {document: archive.stays(document) for document in archive.documents()}


def test_a_second_import_reads_nothing_again(kept: History, tmp_path: Path) -> None:
    for day, text in enumerate(("", LONG, LONG + "\nmore", "gone", LONG)):
        kept.record("Nord/Privacy Policy.md", text, MARCH + day * timedelta(hours=1))
    with Archive.open(tmp_path / "a.db") as archive:
        assert run(archive, kept.folder) == [
            Outcome.FAULT, Outcome.NEW, Outcome.CHANGED, Outcome.FAULT, Outcome.RETURN,
        ]  # fmt: skip
        assert run(archive, kept.folder) == []


def test_a_history_that_has_grown_gives_only_what_is_new(kept: History, tmp_path: Path) -> None:
    kept.record("Nord/Privacy Policy.md", LONG, MARCH)
    with Archive.open(tmp_path / "a.db") as archive:
        assert run(archive, kept.folder) == [Outcome.NEW]
        kept.record("Nord/Privacy Policy.md", LONG + "\nmore", MARCH + DAY)
        kept.record("Nord/Cookies.md", LONG, MARCH - DAY)
        assert sorted(run(archive, kept.folder)) == [Outcome.CHANGED, Outcome.NEW]


def test_a_text_held_back_as_odd_is_read_again_once_it_has_stood(kept: History, tmp_path: Path) -> None:
    kept.record("Nord/Privacy Policy.md", LONG, MARCH)
    kept.record("Nord/Privacy Policy.md", "Short now.", MARCH + DAY)
    with Archive.open(tmp_path / "a.db") as archive:
        assert run(archive, kept.folder) == [Outcome.NEW, Outcome.FAULT]
        assert run(archive, kept.folder) == []
        kept.record("Nord/Cookies.md", LONG, MARCH + 9 * DAY)
        assert run(archive, kept.folder) == [Outcome.CHANGED, Outcome.NEW]
        assert run(archive, kept.folder) == []


def test_a_version_dated_before_what_is_kept_is_a_fault_told_once(kept: History, tmp_path: Path) -> None:
    kept.record("Nord/Privacy Policy.md", LONG, MARCH)
    with Archive.open(tmp_path / "a.db") as archive:
        run(archive, kept.folder)
        kept.record("Nord/Privacy Policy.md", LONG + "\nearlier", MARCH - DAY)
        assert run(archive, kept.folder) == [Outcome.FAULT]
        assert run(archive, kept.folder) == []
        assert len(archive.stays(NORD)) == 1


def test_links_and_other_repositories_are_no_texts(kept: History) -> None:
    kept.record("Nord/Privacy Policy.md", LONG, MARCH)
    (kept.folder / "Nord" / "Link.md").symlink_to("/etc/passwd")
    kept.git("update-index", "--add", "--cacheinfo", f"160000,{kept.git('rev-parse', 'HEAD').strip()},Nord/Module.md")
    kept.git("add", "Nord/Link.md")
    kept.git("commit", "--quiet", "--message", "odd")
    with opened(kept.folder) as repository:
        assert [recorded.document.terms for recorded in history(repository)] == ["Privacy Policy"]


@pytest.mark.parametrize(
    "path", ["Nord/caf\udce9.md", "Nord/a\nb.md", 'Nord/"q" \\.md', "Nord/-x.md", "N\u202eord/P.md"]
)
def test_odd_paths_are_read_like_others(kept: History, tmp_path: Path, path: str) -> None:
    kept.record(path, LONG, MARCH)
    with Archive.open(tmp_path / "a.db") as archive:
        assert run(archive, kept.folder) == [Outcome.NEW]


ODD = "a\0b c\u202e\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
MANY = "\n".join(f"Clause {number} stands." for number in range(100_000))


@pytest.mark.parametrize(
    "text", ["word " * 2_000_000, MANY, ODD], ids=["one line of 10 MB", "100,000 passages", "odd signs"]
)
def test_a_text_of_any_kind_is_read(kept: History, tmp_path: Path, text: str) -> None:
    kept.record("Nord/Privacy Policy.md", text, MARCH)
    with Archive.open(tmp_path / "a.db") as archive:
        assert run(archive, kept.folder) == [Outcome.NEW]
        version = archive.current(NORD)
        assert version is not None
        assert version.text == text


@needs_corpus
def test_a_real_history_read_in_parts_gives_what_it_gives_in_one_go(tmp_path: Path) -> None:
    bundle = CORPUS / "genai-eu.bundle"
    with Archive.open(tmp_path / "whole.db") as whole, Archive.open(tmp_path / "parts.db") as parts:
        run(whole, bundle)
        while run(parts, bundle, stop_after=120):
            pass
        assert outcome(parts) == outcome(whole)
