"""Any text comes back byte for byte, whatever it shares with others."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diffing.archive import Archive
from diffing.archive.codec import cell, from_cell, pack_ids, unpack_ids
from diffing.archive.sheaves import MAX_BYTES, MAX_TEXTS
from diffing.archive.texts import Numbered
from diffing.fault import Fault, FaultReason
from diffing.outcome import Outcome
from diffing.version import Version
from tests.support.archives import DOCUMENT, START, attempt, capture, first, following, version

ODD = {
    "empty": "",
    "a line break": "\n",
    "blank lines": "\n\n\n",
    "spaces": " \n\t\n ",
    "NUL": "a\0b\n\0\n",
    "lone surrogates": "\ud800\n\udfff text \udc80",
    "last letter of Latin 1": "\xff\n\xff\xff",
    "right-to-left marks": "\u200fabc\u202e\u2066\n",
    "carriage returns": "a\r\nb\rc\x0bd\x85e\u2028f",
    "underlined headings": "Title\n=====\n\nSub\n---\n---\n",
    "no end": "one\ntwo",
    "repeated": "same\n" * 500,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clausewatch.db"


@pytest.fixture
def archive(file: Path) -> Iterator[Archive]:
    with Archive.open(file) as opened:
        yield opened


def store(archive: Archive, texts: list[str]) -> tuple[Version, ...]:
    """Record texts that follow one another."""
    before: Version | None = None
    stored = []
    for hour, text in enumerate(texts):
        after = version(text, hours=hour)
        archive.record(following(before, after) if before else first(after))
        before = after
        stored.append(after)
    return tuple(stored)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_text_comes_back_byte_for_byte(file: Path, text: str) -> None:
    with Archive.open(file) as archive:
        stored = store(archive, ["before\n", text, "after\n", text + "more\n"])
    with Archive.open(file) as archive:
        assert archive.versions(DOCUMENT) == stored


def test_a_line_of_ten_megabytes_comes_back(file: Path) -> None:
    chance = random.Random(1)
    line = " ".join(str(chance.random()) for _ in range(530_000))
    assert len(line) > 10_000_000
    with Archive.open(file) as archive:
        archive.record(first(version(line)))
        archive.record(following(version(line), version("short\n", hours=1), edits=()))
    with Archive.open(file) as archive:
        assert archive.at(DOCUMENT, START) == version(line)
        assert archive.current(DOCUMENT) == version("short\n", hours=1)


def test_a_hundred_thousand_passages_come_back(file: Path) -> None:
    text = "\n".join(f"Clause {number}" for number in range(100_000))
    with Archive.open(file) as archive:
        archive.record(first(version(text)))
        archive.record(following(version(text), version("Preface\n" + text, hours=1), edits=()))
    with Archive.open(file) as archive:
        current = archive.current(DOCUMENT)
        assert current is not None
        assert current.text == "Preface\n" + text


def test_passages_are_stored_once(archive: Archive) -> None:
    store(archive, ["One.\n\nTwo.\n", "Two.\n\nThree.\n", "One.\n\nTwo.\n", "Three.\n\nOne.\n\nTwo.\n"])
    assert archive.database["passages"].count == 3
    assert archive.database["texts"].count == 3
    assert archive.database["versions"].count == 4


def test_a_history_longer_than_a_sheaf_comes_back(file: Path) -> None:
    clauses = [f"Clause {number} says this." for number in range(50)]
    texts = []
    for edition in range(2 * MAX_TEXTS + 5):
        clauses[edition % 50] = f"Clause {edition % 50} says that, as of edition {edition}."
        texts.append("\n\n".join(clauses))
    with Archive.open(file) as archive:
        stored = store(archive, texts)
        assert archive.versions(DOCUMENT) == stored
    with Archive.open(file) as archive:
        assert archive.database.execute("SELECT count(DISTINCT sheaf) FROM texts").fetchone()[0] == 3
        assert [archive.version(each.id) for each in reversed(stored)] == list(reversed(stored))


def test_texts_larger_than_a_sheaf_come_back(file: Path) -> None:
    big = "\n".join(f"{number} {number**7}" for number in range(MAX_BYTES // 16))
    with Archive.open(file) as archive:
        stored = store(archive, [big, "0\n" + big, big + "\n1"])
    with Archive.open(file) as archive:
        assert archive.versions(DOCUMENT) == stored


def test_documents_that_share_passages_come_back(file: Path) -> None:
    documents = [replace(DOCUMENT, service=f"Service {number}") for number in range(8)]
    with Archive.open(file) as archive:
        for number, document in enumerate(documents):
            shared = "\n".join(f"Shared clause {part}." for part in range(number, number + 20))
            archive.record(first(version(shared, document=document)))
    with Archive.open(file) as archive:
        assert archive.database["passages"].count == 27
        for number, document in enumerate(documents):
            current = archive.current(document)
            assert current is not None
            assert current.text.splitlines()[0] == f"Shared clause {number}."
            assert len(current.text.splitlines()) == 20


def test_two_open_archives_build_on_one_anothers_texts(file: Path) -> None:
    with Archive.open(file) as one, Archive.open(file) as two:
        before = version("Clause 0\n")
        one.record(first(before))
        for hour in range(1, 20):
            after = version(before.text + f"Clause {hour}\n", hours=hour)
            (one if hour % 3 else two).record(following(before, after))
            before = after
        assert one.versions(DOCUMENT) == two.versions(DOCUMENT)
        assert one.stays(DOCUMENT) == two.stays(DOCUMENT)
        assert one.current(DOCUMENT) == before


def test_what_was_undone_is_not_remembered(archive: Archive) -> None:
    class UndoneError(Exception):
        pass

    def undone() -> None:
        with archive.batch():
            archive.record(following(version(), version("Undone.\n", hours=1)))
            assert len(archive.stays(DOCUMENT)) == 2
            raise UndoneError

    archive.record(first(version()))
    with pytest.raises(UndoneError):
        undone()
    assert len(archive.stays(DOCUMENT)) == 1
    archive.record(following(version(), version("Kept.\n\nUndone.\n", hours=2)))
    current = archive.current(DOCUMENT)
    assert current is not None
    assert current.text == "Kept.\n\nUndone.\n"
    assert len(archive.stays(DOCUMENT)) == 2


def test_a_part_that_is_undone_leaves_the_rest_of_the_batch(archive: Archive) -> None:
    with archive.batch():
        archive.record(first(version()))
        with pytest.raises(KeyError):
            archive.attempt(replace(attempt(version()), version_id="0" * 16))
        archive.record(following(version(), version("Kept.\n", hours=1)))
    assert [each.text for each in archive.versions(DOCUMENT)] == [version().text, "Kept.\n"]
    assert archive.database["attempts"].count == 2


def test_any_thread_may_use_an_archive(archive: Archive) -> None:
    def work(service: str) -> None:
        document = replace(DOCUMENT, service=service)
        before = version("Clause 0\n", document=document)
        archive.record(first(before))
        for hour in range(1, 15):
            after = version(before.text + f"Clause {hour} of {service}\n", hours=hour, document=document)
            archive.record(following(before, after))
            assert archive.current(document) == after
            before = after
        finished.append(service)

    finished: list[str] = []
    threads = [Thread(target=work, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(finished) == ["one", "three", "two"]
    assert archive.database["versions"].count == 45


def test_odd_words_around_a_version_come_back_too(archive: Archive) -> None:
    odd = "\ud800 \0 \xff"
    seen = replace(version(), document=replace(DOCUMENT, post=odd), url=odd, title=odd)
    got = replace(capture(odd.encode("utf-8", "surrogatepass"), etag=odd), source=odd, url=odd)
    archive.record(first(seen, [got]))
    assert archive.current(seen.document) == seen
    assert archive.captures(seen.id) == (got,)
    assert archive.validators(seen.document, odd) == got
    fault = Fault(reason=FaultReason.BLOCKED, where=odd, what=odd, todo=odd)
    failed = replace(attempt(seen), outcome=Outcome.FAULT, fault=fault, version_id=None)
    archive.attempt(failed)
    assert archive.last_attempt(seen.document) == failed


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(["", "a", "b", "c", "===", "---", "ü\0", "\ud83d"]), max_size=8), max_size=8))
def test_any_history_comes_back(tmp_path_factory: pytest.TempPathFactory, history: list[list[str]]) -> None:
    texts = ["\n".join(lines) for lines in history]
    texts = [text for at, text in enumerate(texts) if at == 0 or text != texts[at - 1]]
    file = tmp_path_factory.mktemp("history") / "clausewatch.db"
    with Archive.open(file) as archive, archive.batch():
        stored = store(archive, texts)
    with Archive.open(file) as archive:
        assert archive.versions(DOCUMENT) == stored


@given(st.lists(st.integers(min_value=0, max_value=1 << 40) | st.integers(min_value=0, max_value=5)))
def test_any_list_of_numbers_comes_back(numbers: list[int]) -> None:
    assert unpack_ids(pack_ids(numbers)) == numbers


@given(st.text() | st.text(st.characters(categories=["Cs", "Cc", "Lu"])))
def test_any_text_survives_a_cell(text: str) -> None:
    assert from_cell(cell(text)) == text


@given(
    st.lists(st.integers(0, 1 << 20), max_size=12),
    st.lists(st.integers(0, 1 << 20), max_size=4),
    st.lists(st.integers(0, 1 << 20), max_size=12),
    st.lists(st.integers(0, 1 << 20), max_size=4),
)
def test_a_list_that_shares_its_ends_with_the_last_one_is_packed_as_alone(
    head: list[int], one: list[int], tail: list[int], other: list[int]
) -> None:
    first = Numbered((), [], []).next((), 0, [*head, *one, *tail], 0)

    second = first.next((), len(head), other, len(tail))

    assert b"".join(first.spelled) == pack_ids([*head, *one, *tail])
    assert b"".join(second.spelled) == pack_ids([*head, *other, *tail])
    assert second.ids == [*head, *other, *tail]
