"""A backup is whole and taken while the archive is in use; a restore overwrites nothing."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils

from diffing.archive import Archive, migrations, opening
from diffing.archive.backup import restore
from diffing.archive.errors import AlreadyThere, ArchiveError, DamagedArchive, NewerArchive, NotAnArchive, WriteFailed
from tests.support.archives import DOCUMENT, NEW, first, following, version


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clausewatch.db"


@pytest.fixture
def archive(file: Path) -> Iterator[Archive]:
    with Archive.open(file) as opened:
        opened.record(first(version()))
        yield opened


def test_a_backup_is_one_file_that_opens_as_the_archive_it_was_taken_from(archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    copied = archive.backup(target)
    assert (copied.versions, copied.size) == (1, target.stat().st_size)
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]
    with Archive.open(target) as copy:
        assert copy.current(DOCUMENT) == archive.current(DOCUMENT)


def test_another_process_may_write_before_and_after_a_backup_is_taken(archive: Archive, file: Path) -> None:
    with Archive.open(file) as other:
        archive.backup(file.with_name("copy.db"))
        other.record(following(version(), version(NEW, hours=1)))
    assert len(archive.versions(DOCUMENT)) == 2
    with Archive.open(file.with_name("copy.db")) as copy:
        assert len(copy.versions(DOCUMENT)) == 1


def test_a_backup_overwrites_nothing(archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("something else")
    with pytest.raises(AlreadyThere) as caught:
        archive.backup(target)
    assert str(caught.value) == f"{target}: is there already; name another file, or move it away first"
    assert target.read_text() == "something else"


def test_a_backup_into_a_folder_that_is_not_there_says_so_and_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed):
        archive.backup(tmp_path / "none" / "copy.db")
    assert not (tmp_path / "none").exists()


def test_a_restored_backup_is_the_archive_again(archive: Archive, tmp_path: Path) -> None:
    archive.backup(tmp_path / "copy.db")
    restored = restore(tmp_path / "copy.db", tmp_path / "again.db")
    assert restored.versions == 1
    with Archive.open(tmp_path / "again.db") as again:
        assert again.current(DOCUMENT) == archive.current(DOCUMENT)


def test_a_restore_overwrites_no_archive(archive: Archive, file: Path) -> None:
    copy = file.with_name("copy.db")
    archive.backup(copy)
    archive.record(following(version(), version(NEW, hours=1)))
    with pytest.raises(AlreadyThere):
        restore(copy, file)
    assert len(archive.versions(DOCUMENT)) == 2


def test_a_restore_does_not_lay_a_file_under_anothers_log(archive: Archive, file: Path) -> None:
    copy = file.with_name("copy.db")
    archive.backup(copy)
    target = file.with_name("gone.db")
    log = file.with_name("gone.db-wal")
    log.write_bytes(b"the log of an archive whose file was moved")
    with pytest.raises(AlreadyThere, match=r"gone\.db-wal"):
        restore(copy, target)
    assert not target.exists()


def damaged(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 :] = os.urandom(len(content) - len(content) // 2)
    copy.write_bytes(content)


def foreign(copy: Path) -> None:
    copy.unlink()
    with sqlite3.connect(copy) as database:
        database.execute("CREATE TABLE theirs (a)")
    database.close()


def newer(copy: Path) -> None:
    with sqlite3.connect(copy) as database:
        database.execute(f"PRAGMA user_version = {migrations.LATEST + 1}")
    database.close()


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:5000])


def text(copy: Path) -> None:
    copy.write_text("no database at all, " * 100)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (damaged, DamagedArchive),
        (cut, DamagedArchive),
        (foreign, NotAnArchive),
        (text, NotAnArchive),
        (newer, NewerArchive),
        (Path.unlink, WriteFailed),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_written(
    archive: Archive, tmp_path: Path, spoil: object, error: type[ArchiveError]
) -> None:
    copy = tmp_path / "copy.db"
    archive.backup(copy)
    assert callable(spoil)
    spoil(copy)
    with pytest.raises(error):
        restore(copy, tmp_path / "again.db")
    assert list(tmp_path.glob("again*")) == []


def test_a_schema_is_backed_up_before_it_is_migrated(
    archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.close()

    def step(database: sqlite_utils.Database) -> None:
        database.execute("CREATE TABLE added (a TEXT) STRICT")

    monkeypatch.setattr(opening, "STEPS", (*migrations.STEPS, step))
    monkeypatch.setattr(opening, "LATEST", migrations.LATEST + 1)
    with Archive.open(file) as migrated:
        assert migrated.database["added"].exists()
        assert migrated.current(DOCUMENT) == version()
    old = file.with_name(f"clausewatch.db.schema-{migrations.LATEST}")
    monkeypatch.undo()
    with Archive.open(old) as before:
        assert before.current(DOCUMENT) == version()


def test_a_migration_that_fails_leaves_the_old_schema_in_force(
    archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.close()

    def step(database: sqlite_utils.Database) -> None:
        database.execute("CREATE TABLE added (a TEXT) STRICT")
        database.execute("INSERT INTO added VALUES (x'00')")

    monkeypatch.setattr(opening, "STEPS", (*migrations.STEPS, step))
    monkeypatch.setattr(opening, "LATEST", migrations.LATEST + 1)
    with pytest.raises(sqlite3.IntegrityError):
        Archive.open(file)
    monkeypatch.undo()
    with Archive.open(file) as again:
        assert not again.database["added"].exists()
        assert again.record(following(version(), version(NEW, hours=1)))


def test_a_new_archive_needs_no_backup(file: Path) -> None:
    Archive.open(file).close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_document_of_another_name_is_in_the_backup_too(archive: Archive, tmp_path: Path) -> None:
    other = replace(DOCUMENT, service="Other")
    archive.record(first(version(document=other)))
    archive.backup(tmp_path / "copy.db")
    with Archive.open(tmp_path / "copy.db") as copy:
        assert copy.documents() == (DOCUMENT, other)
