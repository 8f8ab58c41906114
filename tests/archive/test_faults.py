"""What stands in the way is told as where, what and what to do; a failed write leaves nothing half."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from diffing.archive import Archive, migrations
from diffing.archive.errors import (
    ArchiveError,
    ArchiveReason,
    DamagedArchive,
    FullDisk,
    LockedArchive,
    NewerArchive,
    NotAnArchive,
    WriteFailed,
)
from diffing.archive.migrations import LATEST
from tests.support.archives import DOCUMENT, NEW, capture, first, following, version


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An archive with one version, closed."""
    path = tmp_path / "clausewatch.db"
    with Archive.open(path) as archive:
        archive.record(first(version()))
    return path


@pytest.fixture
def archive(file: Path) -> Iterator[Archive]:
    with Archive.open(file) as opened:
        yield opened


def test_an_archive_of_a_newer_version_is_refused_and_not_touched(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA user_version = {LATEST + 1}")
    database.close()
    before = file.read_bytes()
    with pytest.raises(NewerArchive) as error:
        Archive.open(file)
    assert str(error.value) == (
        f"{file}: written by a newer Clausewatch (schema {LATEST + 1}, this one knows {LATEST}); "
        "upgrade Clausewatch, or name another file"
    )
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE theirs (a)")
    database.close()
    before = file.read_bytes()
    with pytest.raises(NotAnArchive) as error:
        Archive.open(file)
    assert str(error.value) == f"{file}: this is another program's database; name another file"
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 100)
    with pytest.raises(NotAnArchive) as error:
        Archive.open(file)
    assert str(error.value) == f"{file}: this is not a Clausewatch archive; name another file"
    assert file.read_text() == "Dear diary, " * 100


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "clausewatch.db"
    file.touch()
    with Archive.open(file) as archive:
        assert archive.record(first(version())) is True


@pytest.mark.parametrize("name", [".", "missing/clausewatch.db"])
def test_a_place_where_no_file_can_be_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(WriteFailed) as error:
        Archive.open(tmp_path / name)
    assert str(error.value) == (
        f"{tmp_path / name}: the file cannot be opened; create its folder and make both readable and writable"
    )


def test_a_locked_archive_is_told_after_the_wait_and_still_read(file: Path) -> None:
    with Archive.open(file) as other, other.writing(), Archive.open(file, wait_ms=1) as waiting:
        with pytest.raises(LockedArchive) as error:
            waiting.record(following(version(), version(NEW, hours=1)))
        assert str(error.value) == (
            f"{file}: another process is writing to the archive; wait for it to end and run this again"
        )
        assert waiting.current(DOCUMENT) == version()


def test_a_full_disk_leaves_nothing_half_and_the_next_try_succeeds(archive: Archive, file: Path) -> None:
    bulky = following(version(), version("\n".join(f"{i} {i * i} {i**5}" for i in range(20_000)), hours=1))
    pages = archive.database.execute("PRAGMA page_count").fetchone()[0]
    archive.database.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(FullDisk) as error:
        archive.record(bulky)
    assert str(error.value) == (
        f"{file}: no room left to write; free some space and run this again; nothing stored so far is lost"
    )
    assert archive.versions(DOCUMENT) == (version(),)
    assert archive.database["changes"].count == 0
    archive.database.execute("PRAGMA max_page_count = 1000000")
    assert archive.record(bulky) is True
    assert archive.current(DOCUMENT) == bulky.version


def test_a_batch_that_meets_a_full_disk_keeps_nothing_of_itself(archive: Archive) -> None:
    def import_much() -> None:
        before = version()
        with archive.batch():
            for hour in range(1, 100):
                after = version("\n".join(f"{i} {i**5}" for i in range(hour * 1000, hour * 1000 + 1000)), hours=hour)
                archive.record(following(before, after))
                before = after

    pages = archive.database.execute("PRAGMA page_count").fetchone()[0]
    archive.database.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(FullDisk):
        import_much()
    assert archive.versions(DOCUMENT) == (version(),)


def test_going_on_after_sqlite_undid_everything_is_an_error_and_keeps_nothing(archive: Archive) -> None:
    def go_on() -> None:
        with archive.batch() as database:
            archive.record(following(version(), version(NEW, hours=1)))
            database.conn.execute("ROLLBACK")  # as SQLite itself may after an I/O error
            archive.record(following(version(), version("Other\n", hours=2)))

    with pytest.raises(WriteFailed) as error:
        go_on()
    assert error.value.what == "a write that failed has undone all of this"
    assert archive.versions(DOCUMENT) == (version(),)


def test_an_archive_that_cannot_be_written_is_told_and_still_read(archive: Archive, file: Path) -> None:
    archive.database.execute("PRAGMA query_only = ON")
    with pytest.raises(WriteFailed) as error:
        archive.record(following(version(), version(NEW, hours=1)))
    assert str(error.value) == f"{file}: the file is read-only; make it and its folder writable"
    assert archive.current(DOCUMENT) == version()


def test_a_text_that_is_not_what_was_stored_is_never_given_back(file: Path) -> None:
    with Archive.open(file) as archive, archive.writing() as database:
        database.execute("UPDATE texts SET hash = zeroblob(32)")
    with Archive.open(file) as archive, pytest.raises(DamagedArchive) as error:
        archive.current(DOCUMENT)
    assert str(error.value) == f"{file}: text 1 is not what was stored; restore a backup of this file"


@pytest.mark.parametrize("body", [b"", b"garbage", b"\x28\xb5\x2f\xfd\x20\x01\x09\x00\x00\x01"])
def test_a_body_that_cannot_be_unpacked_is_damage(file: Path, body: bytes) -> None:
    with Archive.open(file) as archive, archive.writing() as database:
        database.execute("UPDATE texts SET body = ?", (body,))
    with Archive.open(file) as archive, pytest.raises(DamagedArchive):
        archive.current(DOCUMENT)


def test_a_capture_that_cannot_be_unpacked_is_damage(archive: Archive, file: Path) -> None:
    seen = version(NEW, hours=1)
    record = following(version(), seen)
    archive.record(record)
    archive.attempt(record.attempt, [capture()])
    with archive.writing() as database:
        database.execute("UPDATE bodies SET body = x'00'")
    with pytest.raises(DamagedArchive) as error:
        archive.validators(DOCUMENT, capture().source)
    assert str(error.value) == f"{file}: something stored cannot be unpacked; restore a backup of this file"


def test_a_file_with_torn_pages_is_damage(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xee" * (len(raw) - 4096)
    file.write_bytes(raw)
    with pytest.raises(DamagedArchive) as error, Archive.open(file) as archive:
        archive.current(DOCUMENT)
    assert str(error.value) == f"{file}: the file is damaged; restore a backup"


def test_our_own_mistakes_are_not_told_as_the_files(archive: Archive) -> None:
    with pytest.raises(sqlite3.OperationalError), archive.reading() as database:
        database.execute("SELECT nothing FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError), archive.writing() as database:
        database.execute("INSERT INTO attempts (document_id, at, outcome) VALUES (99, 0, 'new')")


def test_every_reason_has_an_error() -> None:
    reasons = [error.reason for error in ArchiveError.__subclasses__()]
    assert sorted(reasons) == sorted(ArchiveReason)


def test_every_migration_file_is_a_step_in_the_order_of_its_number() -> None:
    files = sorted(path.stem for path in Path(migrations.__file__).parent.glob("m*.py"))
    assert [step.__module__.rpartition(".")[2] for step in migrations.STEPS] == files


def test_a_migration_is_one_transaction_so_that_a_kill_leaves_no_half_step() -> None:
    database = sqlite_utils.Database(sqlite3.connect(":memory:", isolation_level=None))
    database.execute("BEGIN IMMEDIATE")
    for step in migrations.STEPS:
        step(database)
        assert database.conn.in_transaction, step.__module__
    database.execute("ROLLBACK")
    assert database.table_names() == []
    database.close()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("application_id", 0x436C7768)],
)
def test_every_connection_is_set_so_that_nothing_reported_is_lost(
    archive: Archive, setting: str, value: str | int
) -> None:
    assert archive.database.execute(f"PRAGMA {setting}").fetchone()[0] == value
