"""The index says what the versions say, however it was cut off, and catches up."""

import hashlib
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from threading import Thread

import pytest

from diffing.archive import Archive, index
from diffing.archive.stands import turns
from diffing.archive.wordings import FORM
from diffing.block import read
from diffing.normalise import skeleton
from diffing.passages import passages
from tests.support.archives import DOCUMENT, first, following, version

SENTENCES = [f"We may use item {number} to improve service {number * 7}." for number in range(40)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        yield opened


def fill(archive: Archive, *, versions: int, seed: int = 0, hours: int = 0) -> None:
    """Two documents that share sentences, flip, and go back."""
    chance = random.Random(seed)
    for document in (DOCUMENT, replace(DOCUMENT, service="Other")):
        before = archive.current(document)
        for number in range(versions):
            chosen = sorted(chance.sample(range(40), 12))
            text = "\n\n".join(SENTENCES[one] for one in chosen) + "\n"
            if before is not None and text == before.text:
                continue
            made = version(text, hours=hours + number, document=document)
            archive.record(following(before, made) if before else first(made))
            before = made


def told(archive: Archive) -> dict[tuple[str, str], list[tuple[str, str | None]]]:
    """What the index says: for each document and sentence the versions it came with and was gone with."""
    found: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
    with archive.reading() as database:
        names = dict(database.execute("SELECT id, name FROM versions").fetchall())
        rows = database.execute(
            "SELECT wording, service, first, until, stays FROM holdings JOIN documents ON documents.id = document_id"
        ).fetchall()
    words = archive.asking._texts.passages({row[0] for row in rows})
    for wording, service, *row in rows:
        named = [names[version] for version in turns(*row)]
        found[(service, words[wording])] = list(zip_longest(named[::2], named[1::2]))
    return found


def true(archive: Archive) -> dict[tuple[str, str], list[tuple[str, str | None]]]:
    """The same, read from the versions one by one."""
    found: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
    for document in archive.documents():
        stood: set[str] = set()
        for one in archive.versions(document):
            stands = {passage.text for passage in passages(one.text)}
            for text in stood - stands:
                since, _ = found[(document.service, text)][-1]
                found[(document.service, text)][-1] = (since, one.id)
            for text in stands - stood:
                found.setdefault((document.service, text), []).append((one.id, None))
            stood = stands
    return found


def test_it_says_what_the_versions_say(archive: Archive) -> None:
    fill(archive, versions=60)
    archive.asking.catch_up()
    assert told(archive) == true(archive)
    assert archive.asking.behind() == 0


def test_it_says_the_same_when_it_was_made_in_pieces(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "PORTION", 7)
    for round_ in range(4):
        fill(archive, versions=20, seed=round_, hours=100 * round_)
        archive.asking.catch_up()
    assert told(archive) == true(archive)


def test_it_goes_on_where_it_was_cut_off(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "PORTION", 7)
    fill(archive, versions=40)
    with pytest.raises(KeyboardInterrupt):
        archive.asking.catch_up(Stop(3))
    behind = archive.asking.behind()
    assert 0 < behind < 80
    lefts: list[int] = []
    archive.asking.catch_up(lefts.append)
    assert lefts[0] < behind
    assert lefts[-1] == 0
    assert told(archive) == true(archive)


class Stop:
    """Presses Ctrl-C after so many portions."""

    def __init__(self, portions: int) -> None:
        self.left = portions

    def __call__(self, left: int) -> None:
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


def test_a_killed_process_leaves_a_sound_index_that_the_next_one_finishes(tmp_path: Path) -> None:
    file = tmp_path / "clausewatch.db"
    with Archive.open(file) as archive:
        fill(archive, versions=150)
    killing = (
        "import os, sys; from pathlib import Path; from diffing.archive import Archive, index; index.PORTION = 20\n"
        "Archive.open(Path(sys.argv[1])).asking.catch_up(lambda left: os.kill(os.getpid(), 9) if left < 200 else None)"
    )
    done = subprocess.run([sys.executable, "-c", killing, str(file)], check=False)
    assert done.returncode == -9
    with Archive.open(file) as archive:
        assert 0 < archive.asking.behind() < 200
        archive.asking.catch_up()
        assert told(archive) == true(archive)
        with archive.reading() as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            database.execute("INSERT INTO wording_index (wording_index) VALUES ('integrity-check')")


def test_two_that_catch_up_at_once_add_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "PORTION", 5)
    file = tmp_path / "clausewatch.db"
    with Archive.open(file) as archive, Archive.open(file) as other:
        fill(archive, versions=60)
        threads = [Thread(target=one.asking.catch_up) for one in (archive, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told(archive) == true(archive)
        assert archive.asking.behind() == 0


def test_a_question_is_answered_while_another_process_writes_and_says_what_it_does_not_know(tmp_path: Path) -> None:
    file = tmp_path / "clausewatch.db"
    with Archive.open(file) as archive, Archive.open(file) as other:
        fill(archive, versions=3)
        archive.asking.catch_up()
        fill(archive, versions=2, seed=9, hours=50)
        with other.batch():
            found = archive.asking.search("improve")
            assert (len(found.hits) > 0, found.behind) == (True, 4)
        assert archive.asking.search("improve").behind == 0


def test_an_index_made_by_another_reading_of_passages_is_made_anew(archive: Archive) -> None:
    fill(archive, versions=10)
    archive.asking.catch_up()
    with archive.writing() as database:
        database.conn.execute("UPDATE settings SET value = ? WHERE name = 'index_form'", (FORM - 1,))
        database.conn.execute("UPDATE holdings SET until = NULL")
    assert archive.asking.behind() == 20
    archive.asking.catch_up()
    assert told(archive) == true(archive)
    assert len(archive.asking.search("improve", limit=100).hits) == len({text for _, text in true(archive)})


@pytest.mark.parametrize(
    "text",
    ["a " * 200_000, "\n".join(f"clause {n}" for n in range(5_000)), "a\0b\n\ud800 lone\n\u202eright to left\u200f\n"],
    ids=["one long line", "many passages", "odd signs"],
)
def test_odd_texts_are_indexed_and_found(archive: Archive, text: str) -> None:
    archive.record(first(version(text)))
    asked = "clause 4999" if "4999" in text else "lone" if "lone" in text else "a"
    (hit,) = archive.asking.search(asked).hits
    assert hit.holdings[0].document == DOCUMENT
    blame = archive.asking.blame(DOCUMENT)
    assert blame is not None
    assert len(blame.passages) == len(passages(text))


SAMPLES = (
    "# 2. What we *collect*", "1.  your **posts**, e.g. photos & films", "| a | b [c](https://d.test) |",
    "Nous n’avons pas", "(b) At 50 % of $10 — “or more”", "Article 3 – Données", "III. Ihre Rechte",
    "   > quoted \\*text\\*", "***", "5.",
)  # fmt: skip


def test_passages_are_read_as_when_the_form_of_the_index_was_last_raised() -> None:
    """When this fails, `skeleton` or `read` changed: raise `wordings.FORM` and put the new digest here."""
    seen = [(block.kind, block.text, skeleton(block.text)) for block in map(read, SAMPLES)]
    assert (FORM, hashlib.sha256(repr(seen).encode()).hexdigest()[:16]) == (1, "ba76bbcc5499c194")
