"""A git repository in the layout of the Open Terms Archive: what was imported comes back byte for byte."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.errors import ExportError
from crawler.exports import ota
from crawler.exports.ota import Exported, export, path_of
from crawler.imports.ota import history
from crawler.imports.replay import replay, unseen
from crawler.imports.repository import opened
from crawler.recorder import Recorder
from diffing.archive import Archive
from diffing.version import Document
from tests.support.archives import DOCUMENT, first, following, version
from tests.support.histories import History

MARCH = datetime(2025, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WORDS = "We keep the posts that you write for as long as you have an account with us."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        yield opened


@pytest.fixture
def kept(tmp_path: Path) -> History:
    """Bytes that are no UTF-8, line ends of every kind, a text that comes back, an upgrade, two texts in one second."""
    (tmp_path / "kept").mkdir()
    made = History(tmp_path / "kept")
    for number, (text, subject) in enumerate(
        [
            (f"# Privacy\r\n\r\n{WORDS}\r\n", "First record of Nord Privacy Policy"),
            (f"# Privacy\n\n{WORDS} caf\udce9\n\0 end without a break", "Record new changes of Nord Privacy Policy"),
            (f"# Privacy\n\n{WORDS} Twice.\n", "Apply technical or declaration upgrade on Nord Privacy Policy"),
            (f"# Privacy\r\n\r\n{WORDS}\r\n", "Record new changes of Nord Privacy Policy"),
        ]
    ):
        made.record("Nord/Privacy Policy.md", text, MARCH + number * 3 * DAY, subject)
    made.record('Süd & "Co"/Terms\\of Service.md', f"{WORDS}\n", MARCH + DAY, "First record of it")
    made.record("Nord/Cookies.md", f"{WORDS} One.\n", MARCH + 2 * DAY, "First record of Nord Cookies")
    made.record("Nord/Cookies.md", f"{WORDS} Two.\n", MARCH + 2 * DAY, "Record new changes of Nord Cookies")
    return made


def imported(archive: Archive, folder: Path) -> int:
    with opened(folder) as repository:
        versions = unseen(archive, history(repository))
        return len(list(replay(repository, versions, Recorder(archive, ()))))


def told(folder: Path) -> list[tuple[str, str, int, str]]:
    """Each recorded version: path, blob, seconds, subject."""
    log = ("log", "--reverse", "--format=%x01%at %s", "--raw", "-z", "--no-abbrev", "--root", "--no-renames", "-m")
    done = subprocess.run(["git", "-C", str(folder), *log], check=True, capture_output=True)
    found, at, subject = [], 0, ""
    records = iter(done.stdout.decode().split("\0"))
    for record in records:
        if record.startswith("\x01"):
            seconds, _, subject = record[1:].partition(" ")
            at = int(seconds)
        elif record.lstrip("\n").startswith(":"):
            found.append((next(records), record.split()[3], at, subject))
    return sorted(found, key=lambda one: (one[2], one[0]))


def test_what_was_imported_comes_back_byte_for_byte_with_its_dates(
    archive: Archive, kept: History, tmp_path: Path
) -> None:
    imported(archive, kept.folder)
    assert export(archive, tmp_path / "out") == Exported(versions=7, before=0, posts=0)
    ours, theirs = told(tmp_path / "out"), told(kept.folder)
    assert [one[:3] for one in ours] == [one[:3] for one in theirs]
    assert ours[0][3] == theirs[0][3]
    assert (tmp_path / "out" / "Nord" / "Privacy Policy.md").read_bytes().startswith(b"# Privacy\r\n")


def test_subjects_say_first_record_changes_and_our_own_doing(archive: Archive, kept: History, tmp_path: Path) -> None:
    imported(archive, kept.folder)
    export(archive, tmp_path / "out", service="Nord")
    assert [one[3] for one in told(tmp_path / "out") if one[0].startswith("Nord/P")] == [
        "First record of Nord Privacy Policy",
        "Record new changes of Nord Privacy Policy",
        "Apply technical or declaration upgrade on Nord Privacy Policy",
        "Record new changes of Nord Privacy Policy",
    ]


def test_an_export_imported_again_is_the_same_archive(archive: Archive, kept: History, tmp_path: Path) -> None:
    imported(archive, kept.folder)
    export(archive, tmp_path / "out")
    with Archive.open(tmp_path / "second.db") as second:
        assert imported(second, tmp_path / "out") == 7
        for document in archive.documents():
            assert second.stays(document) == archive.stays(document)


def test_a_second_export_adds_only_what_is_new(archive: Archive, kept: History, tmp_path: Path) -> None:
    imported(archive, kept.folder)
    export(archive, tmp_path / "out")
    before = told(tmp_path / "out")
    assert export(archive, tmp_path / "out") == Exported(versions=0, before=7, posts=0)
    kept.record("Nord/Cookies.md", f"{WORDS} Three.\n", MARCH + 30 * DAY)
    imported(archive, kept.folder)
    assert export(archive, tmp_path / "out") == Exported(versions=1, before=7, posts=0)
    assert told(tmp_path / "out")[:-1] == before
    assert (tmp_path / "out" / "Nord" / "Cookies.md").read_text() == f"{WORDS} Three.\n"


def test_a_past_that_came_later_is_put_where_it_belongs(archive: Archive, tmp_path: Path) -> None:
    now, older, old = version("Now.\n", hours=100), version("Older.\n", hours=1), version("Old.\n", hours=2)
    archive.record(first(now))
    export(archive, tmp_path / "out")
    archive.record(first(older))
    archive.record(following(older, old))
    assert export(archive, tmp_path / "out") == Exported(versions=3, before=0, posts=0)
    assert (tmp_path / "out" / path_of(DOCUMENT)).read_text() == "Now.\n"
    times = [at for _, _, at, _ in told(tmp_path / "out")]
    assert times == sorted(times)
    assert len(times) == 3
    assert export(archive, tmp_path / "out") == Exported(versions=0, before=3, posts=0)


def test_the_same_archive_gives_the_same_commits(archive: Archive, kept: History, tmp_path: Path) -> None:
    imported(archive, kept.folder)
    heads = []
    for name in ("one", "two"):
        export(archive, tmp_path / name)
        heads.append((tmp_path / name / ".git" / "refs" / "heads" / "main").read_text())
    assert heads[0] == heads[1]


def test_an_export_that_is_cut_off_is_finished_by_the_next(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ota, "CHECKPOINT", 5)
    before = version(f"{WORDS} 0\n")
    archive.record(first(before))
    for hour in range(1, 30):
        after = version(f"{WORDS} {hour}\n", hours=hour)
        archive.record(following(before, after))
        before = after

    def stop(done: int, total: int) -> None:
        if done > 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(archive, tmp_path / "out", on_progress=stop)
    done = export(archive, tmp_path / "out")
    assert (done.versions + done.before, len(told(tmp_path / "out"))) == (30, 30)


def test_blog_posts_are_left_out_and_counted(archive: Archive, tmp_path: Path) -> None:
    archive.record(first(version(document=replace(DOCUMENT, terms="Blog", post="https://examplar.test/post"))))
    archive.record(first(version()))
    assert export(archive, tmp_path / "out") == Exported(versions=1, before=0, posts=1)


@pytest.mark.parametrize(
    ("service", "terms", "path"),
    [
        ("Nord", "Privacy Policy", "Nord/Privacy Policy.md"),
        ("..", "a/../b", "_../a_.._b.md"),
        (".git", "hooks", "_.git/hooks.md"),
    ],
)
def test_no_name_leads_out_of_the_repository(
    archive: Archive, tmp_path: Path, service: str, terms: str, path: str
) -> None:
    document = Document(service=service, terms=terms)
    assert path_of(document) == path
    archive.record(first(version(document=document)))
    export(archive, tmp_path / "out")
    assert [one[0] for one in told(tmp_path / "out")] == [path]


def test_names_that_differ_only_in_case_are_two_files(archive: Archive, tmp_path: Path) -> None:
    for service in ("Tp-link", "TP-Link"):
        archive.record(first(version(document=Document(service=service, terms="Cookies"))))
    export(archive, tmp_path / "out")
    assert {one[0] for one in told(tmp_path / "out")} == {"TP-Link/Cookies.md", "Tp-link/Cookies.md"}


def test_two_terms_that_would_share_a_file_are_refused(archive: Archive, tmp_path: Path) -> None:
    for terms in ("a/b", "a_b"):
        archive.record(first(version(document=Document(service="Nord", terms=terms))))
    with pytest.raises(ExportError, match="would stand in the same file as"):
        export(archive, tmp_path / "out")


def test_a_folder_that_is_no_export_is_not_touched(archive: Archive, kept: History, tmp_path: Path) -> None:
    archive.record(first(version()))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for folder in (kept.folder, tmp_path / "full", tmp_path / "file"):
        with pytest.raises(ExportError, match="is there already and is no earlier export"):
            export(archive, folder)
    assert (tmp_path / "full" / "thesis.txt").read_text() == "mine"
