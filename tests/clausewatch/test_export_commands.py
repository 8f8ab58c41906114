"""`clausewatch export` and resuming imports as a person types them."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command import Command, command
from tests.support.histories import History

run = pytest.fixture(command)

START = datetime(2025, 3, 1, 9, tzinfo=UTC)
KEEP = "We keep your posts while you have an account."
TRAIN = "From 3 November 2025 we use your posts to train our generative AI models."


@pytest.fixture
def here(tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "history").mkdir()
    made = History(tmp_path / "history")
    for day, text in enumerate((KEEP, f"{KEEP}\n\n{TRAIN}")):
        made.record("Nord/Privacy Policy.md", f"# Privacy\n\n{text}\n", START + timedelta(days=day))
    assert run("import", "ota", "history").code == 0
    return tmp_path


def test_a_git_repository_and_again_with_what_is_new(run: Command, here: Path) -> None:
    assert run("export", "ota", "out").out == "2 versions written to out.\n"
    made = History(here / "history")
    made.record("Nord/Privacy Policy.md", f"# Privacy\n\n{KEEP}\n", START + timedelta(days=9))
    assert run("import", "ota", "history").out.splitlines()[-1] == "1 of 3 versions read: 1 return. 2 were read before."
    assert run("export", "ota", "out").out == "1 version written to out, 2 were there already.\n"
    assert (here / "out" / "Nord" / "Privacy Policy.md").read_text() == f"# Privacy\n\n{KEEP}\n"


def test_json_lines_and_csv(run: Command, here: Path) -> None:
    ran = run("export", "jsonl", "out")
    assert (ran.code, ran.err) == (0, "")
    assert "1 row in out/flags.jsonl" in ran.out
    (flag,) = (json.loads(line) for line in (here / "out" / "flags.jsonl").read_text().splitlines())
    assert (flag["topic"], flag["after"]) == ("ai_training", TRAIN)
    assert run("export", "csv", "out", "--only", "passages", "--service", "nord").code == 0
    with (here / "out" / "passages.csv").open(newline="", encoding="utf-8-sig") as file:
        assert [row["text"] for row in csv.DictReader(file)] == ["Privacy", KEEP, TRAIN]
    assert not (here / "out" / "changes.csv").exists()


def test_a_table_without_rows_still_names_its_columns_and_spreadsheets_read_the_accents(
    run: Command, here: Path
) -> None:
    assert run("export", "csv", "out", "--since", "2030-01-01", "--only", "changes").code == 0
    written = (here / "out" / "changes.csv").read_bytes()
    assert written.startswith("\ufeffchange_id,service,terms,".encode())
    assert written.count(b"\n") == 1


def test_captures(run: Command, here: Path) -> None:
    assert run("export", "warc", "out.warc.gz").out == "0 captures written to out.warc.gz.\n"
    assert (here / "out.warc.gz").read_bytes()[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("ota", "history"), 1, "history: is there already and is no earlier export; name another folder"),
        (("ota", "out", "--service", "Nrod"), 1, "did you mean Nord?"),
        (("csv", "clausewatch.db"), 1, "clausewatch.db: cannot be written"),
        (("jsonl", "out", "--since", "03/11/2025"), 2, "is ambiguous"),
        (("jsonl", "out", "--only", "secrets"), 2, ""),
        (("warc", "clausewatch.db/x.warc.gz"), 1, "cannot be written"),
    ],
)
def test_what_cannot_be_exported_says_why(
    run: Command, here: Path, asked: tuple[str, ...], code: int, said: str
) -> None:
    ran = run("export", *asked)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_nothing_is_exported_of_an_archive_that_is_not_there(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for form in ("ota", "jsonl", "csv", "warc"):
        ran = run("export", form, "out")
        assert (ran.code, "there is no archive yet" in ran.err) == (1, True)
        assert not (tmp_path / "out").exists()


def test_what_the_repository_has_lost_and_what_was_held_back_is_told(run: Command, here: Path) -> None:
    made = History(here / "history")
    made.record("Nord/Cookies.md", f"{KEEP}\n", START)
    made.record("Nord/Cookies.md", f"{KEEP} Always.\n", START + timedelta(days=1))
    made.record("Nord/Cookies.md", "* * *\n", START + timedelta(days=2))
    lost = made.git("rev-parse", "HEAD~1:Nord/Cookies.md").strip()
    (here / "history" / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    ran = run("import", "ota", "history")
    assert (ran.code, ran.err) == (0, "")
    told = " ".join(ran.out.split())
    assert "2 of 5 versions read: 1 new, 1 fault (1 empty). 2 were read before." in told
    assert "1 could not be read, since the repository does not hold it: `git fsck` lists what is missing." in told


def test_a_past_that_is_older_than_what_is_kept_is_pointed_elsewhere(run: Command, here: Path) -> None:
    (here / "past").mkdir()
    made = History(here / "past")
    made.record("Nord/Privacy Policy.md", f"# Privacy\n\n{KEEP} Once.\n", START - timedelta(days=90))
    ran = run("import", "ota", "past")
    told = " ".join(ran.out.split())
    assert "1 of 1 versions read: 1 fault (1 clock)." in told
    assert "What is older than the versions that are kept cannot be put before them: add --collection NAME." in told
    assert "1 new" in run("import", "ota", "past", "--collection", "past").out
