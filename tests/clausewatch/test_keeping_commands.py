"""backup, restore and vacuum, as typed."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.outbox import Outbox
from clausewatch.lock import held
from diffing.archive import Archive
from tests.support.archives import DOCUMENT, START, capture, first, following, message, version
from tests.support.command import Command, command

run = pytest.fixture(command)
LONG_AGO = START - timedelta(days=2000)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an archive of two versions, the first made from a capture of last year."""
    (tmp_path / "clausewatch.toml").write_text('[keeping]\ncaptures_for = "30d"\n')
    old = version("# Privacy\n\nWe keep it.\n")
    with Archive.open(tmp_path / "clausewatch.db") as archive:
        archive.record(first(old, [capture(b"<p>We keep it.</p>" * 100)]))
        record = following(old, version(hours=1))
        archive.record(record)
        archive.attempt(record.attempt, [capture(b"<p>We keep your posts.</p>", hours=1)])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_backup_says_what_it_holds(here: Path, run: Command) -> None:
    said = run("backup", "copy.db")
    size = (here / "copy.db").stat().st_size
    assert (said.code, said.out) == (0, f"copy.db: 2 versions, {size / 1000:.1f} kB, checked.\n")


def test_a_backup_over_a_file_that_is_there_is_one_line(here: Path, run: Command) -> None:
    (here / "copy.db").write_text("mine")
    said = run("backup", "copy.db")
    assert (said.code, said.err) == (
        1,
        "clausewatch: copy.db: is there already; name another file, or move it away first\n",
    )


def test_there_is_nothing_to_back_up_before_the_first_crawl(
    tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("backup", "copy.db")
    assert (said.code, said.err) == (
        1,
        f"clausewatch: {tmp_path}/clausewatch.db: there is no archive yet; crawl or import something first\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_restore_brings_back_what_was_lost(here: Path, run: Command) -> None:
    run("backup", "copy.db")
    for path in here.glob("clausewatch.db*"):
        path.unlink()
    said = run("restore", "copy.db")
    assert (said.code, said.out.splitlines()[-1].endswith("restored and checked.")) == (0, True)
    with Archive.open(here / "clausewatch.db") as archive:
        assert len(archive.versions(DOCUMENT)) == 2


def test_a_restore_over_an_archive_is_refused(here: Path, run: Command) -> None:
    run("backup", "copy.db")
    said = run("restore", "copy.db")
    assert (said.code, "clausewatch.db: is there already" in said.err) == (1, True)


def test_a_restore_beside_a_running_daemon_is_refused(here: Path, run: Command) -> None:
    run("backup", "copy.db")
    (here / "clausewatch.db").rename(here / "old.db")
    with held(here / "clausewatch.db", START):
        said = run("restore", "copy.db")
    assert said.code == 1
    assert said.err == (
        f"clausewatch: {here}/clausewatch.db: a daemon runs on this archive already (process {os.getpid()}, since"
        " 2025-09-18 08:00 UTC); stop that one first, or name another archive\n"
    )
    assert not (here / "clausewatch.db").exists()


@pytest.mark.parametrize("place", [".", "/"])
def test_a_backup_to_a_folder_is_one_line(here: Path, run: Command, place: str) -> None:
    said = run("backup", place)
    told = f"clausewatch: {place}: is there already; name another file, or move it away first\n"
    assert (said.code, said.err) == (1, told)


def test_a_vacuum_drops_what_the_configuration_calls_old(here: Path, run: Command) -> None:
    said = run("vacuum")
    assert (said.code, said.out.startswith("1 capture (1.8 kB of pages) and 0 deliveries dropped.")) == (0, True)
    with Archive.open(here / "clausewatch.db") as archive:
        assert [archive.captures(each.id) for each in archive.versions(DOCUMENT)] == [(), ()]
        assert archive.validators(DOCUMENT, capture().source) is not None


def test_a_vacuum_drops_deliveries_only_where_the_configuration_says_so(here: Path, run: Command) -> None:
    with Archive.open(here / "clausewatch.db") as archive:
        outbox = Outbox(archive)
        outbox.add([message("0123", "hook")], LONG_AGO)
        (delivery,) = outbox.lease(START, "worker", limit=1, seconds=60)
        outbox.succeeded(delivery, LONG_AGO)
    assert "and 0 deliveries dropped." in run("vacuum").out
    (here / "clausewatch.toml").write_text('[keeping]\ndeliveries_for = "52w"\n')
    assert run("vacuum").out.startswith("0 captures (0 bytes of pages) and 1 delivery dropped.")
    with Archive.open(here / "clausewatch.db") as archive:
        assert Outbox(archive).list() == ()


def test_deliveries_of_the_last_month_always_stay(here: Path, run: Command) -> None:
    (here / "clausewatch.toml").write_text('[keeping]\ndeliveries_for = "7d"\n')
    said = run("vacuum")
    assert (said.code, said.err) == (
        1,
        "clausewatch: keeping.deliveries_for: '7d' is less than 30 days; write 30d or more: 52w\n",
    )


def test_a_wrong_age_names_its_key(here: Path, run: Command) -> None:
    (here / "clausewatch.toml").write_text('[keeping]\ncaptures_for = "old"\n')
    said = run("vacuum")
    assert said.code == 1
    assert said.err == (
        "clausewatch: keeping.captures_for: 'old' is no interval;"
        " write a number and s, m, h, d or w, at least 10s: 6h\n"
    )
