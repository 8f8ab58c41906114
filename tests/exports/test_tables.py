"""Changes, flags, facts and passages as JSON lines and CSV."""

import csv
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.errors import ExportError
from crawler.exports.tables import Shape, Table, csv_cell, write
from diffing.archive import Archive
from diffing.archive.listing import ALL, Wanted
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance
from tests.support.archives import START, first, following, version

EVIL = '=HYPERLINK("https://evil.test","click")'


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """One change that is flagged, with foreign words that a spreadsheet would run."""
    flag = Flag(
        topic="ai_training",
        stance=Stance.PERMITS,
        effect=Effect.INTRODUCES,
        edit=0,
        before=None,
        after=EVIL,
        evidence="+train",
        rule="r",
    )
    fact = Fact(name=FactName.RECIPIENT, value="@Partner", quote="-1+1", passage=0, start=0, end=1)
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        old, new = version("Old.\n\nKept.\n"), version(f"{EVIL}\n\nKept.\n\nlone \ud800\n", hours=24)
        opened.record(first(old))
        opened.record(following(old, new, flags=(flag,), facts=(fact,)))
        yield opened


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_json_lines_hold_what_the_archive_holds(archive: Archive, tmp_path: Path) -> None:
    written = write(archive, tmp_path / "out", tuple(Table), Shape.JSONL, ALL)
    assert {path.name: count for path, count in written.items()} == {
        "changes.jsonl": 1, "flags.jsonl": 1, "facts.jsonl": 1, "passages.jsonl": 4,
    }  # fmt: skip
    (change,) = lines(tmp_path / "out" / "changes.jsonl")
    assert (change["kind"], change["topics"], change["added"]) == ("substantive", ["ai_training"], 2)
    (flag,) = lines(tmp_path / "out" / "flags.jsonl")
    assert (flag["after"], flag["effect"], flag["change_id"]) == (EVIL, "introduces", change["change_id"])
    (fact,) = lines(tmp_path / "out" / "facts.jsonl")
    assert (fact["name"], fact["value"], fact["quote"]) == ("recipient", "@Partner", "-1+1")
    passages = {row["text"]: row for row in lines(tmp_path / "out" / "passages.jsonl")}
    assert passages["Kept."]["first_seen"] == "2025-09-18T08:00:00Z"
    assert (passages["Old."]["current"], passages["Old."]["gone_since"]) == (False, "2025-09-19T08:00:00Z")
    assert "lone ?" in passages


def test_no_cell_of_a_csv_begins_like_a_formula(archive: Archive, tmp_path: Path) -> None:
    write(archive, tmp_path / "out", tuple(Table), Shape.CSV, ALL)
    for table in Table:
        with (tmp_path / "out" / f"{table.value}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
        assert [cell for row in rows for cell in row if cell.strip()[:1] in tuple("=+-@|%")] == []
    with (tmp_path / "out" / "flags.csv").open(encoding="utf-8", newline="") as file:
        (flag,) = csv.DictReader(file)
    assert (flag["after"], flag["evidence"], flag["rule"]) == (f"'{EVIL}", "'+train", "r")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "|cmd", "%0A", "=cmd|' /C calc'!A0"])
def test_a_formula_is_made_text(text: str) -> None:
    assert csv_cell(text) == "'" + text


def test_filters_and_single_tables(archive: Archive, tmp_path: Path) -> None:
    wanted = Wanted(since=START + timedelta(days=2))
    written = write(archive, tmp_path / "out", [Table.CHANGES], Shape.JSONL, wanted)
    assert list(written.values()) == [0]
    assert (tmp_path / "out" / "changes.jsonl").read_text() == ""
    assert not (tmp_path / "out" / "flags.jsonl").exists()


def test_an_earlier_file_is_replaced_whole_or_not_at_all(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "changes.jsonl").write_text("earlier\n" * 100)

    def stop(table: Table, count: int) -> None:
        raise KeyboardInterrupt

    for number in range(600):
        before = archive.current(version().document)
        assert before is not None
        archive.record(following(before, version(f"{number}\n", hours=100 + number)))
    with pytest.raises(KeyboardInterrupt):
        write(archive, tmp_path / "out", [Table.CHANGES], Shape.JSONL, ALL, stop)
    assert (tmp_path / "out" / "changes.jsonl").read_text() == "earlier\n" * 100
    write(archive, tmp_path / "out", [Table.CHANGES], Shape.JSONL, ALL)
    assert len(lines(tmp_path / "out" / "changes.jsonl")) == 601


def test_a_folder_that_cannot_be_written_says_so(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        write(archive, tmp_path / "file", [Table.CHANGES], Shape.JSONL, ALL)
