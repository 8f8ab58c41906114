"""Who says it, since when, until when: full text over all passages ever seen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data import folder
from diffing.archive import Archive
from diffing.archive.errors import EmptyQuestion
from diffing.archive.excerpt import excerpt
from diffing.archive.question import question
from diffing.archive.search import Found, Within
from diffing.edit import EditKind
from diffing.flag import Effect, Flag, Stance
from diffing.topics.speaking import Speaking
from diffing.version import Document, Version
from tests.support.archives import DOCUMENT, START, first, following, version

OTHER = Document(service="Nord", terms="Terms of Service", collection="abroad")
KEEP = "We keep your posts for a year."
TRAIN = "We train models on your posts, relying on our legitimate interest."
FRENCH = "Nous entraînons nos modèles d'IA sur vos données, sauf opposition."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """DOCUMENT takes training up after a day and gives it up after three; Nord takes it up after two."""
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        store(opened, DOCUMENT, {0: KEEP, 1: f"{KEEP}\n\n{TRAIN}", 3: f"{KEEP}\n\nWe never train."})
        store(opened, OTHER, {0: "Hello.", 2: f"1. {TRAIN}\n\n{FRENCH}"})
        yield opened


def store(archive: Archive, document: Document, texts: dict[int, str], language: str = "en") -> list[Version]:
    stored: list[Version] = []
    for day, text in texts.items():
        made = replace(version(text + "\n", hours=24 * day, document=document), language=language)
        assert archive.record(following(stored[-1], made) if stored else first(made))
        stored.append(made)
    return stored


def texts(found: Found) -> list[str]:
    return [hit.text for hit in found.hits]


def test_a_hit_says_who_says_it_since_when_and_until_when(archive: Archive) -> None:
    (hit,) = archive.asking.search("train models").hits
    assert [(one.document, (one.since - START).days, one.until, one.current) for one in hit.holdings] == [
        (OTHER, 2, None, True),
        (DOCUMENT, 1, START + timedelta(days=3), False),
    ]


def test_a_phrase_must_stand_as_it_is(archive: Archive) -> None:
    assert texts(archive.asking.search('"legitimate interest"')) == [TRAIN]
    assert texts(archive.asking.search('"interest legitimate"')) == []
    assert texts(archive.asking.search("interest legitimate")) == [TRAIN]


@pytest.mark.parametrize(
    "asked", ["DONNÉES", "donnees", "Données", "entrain*", "entraîn*", "l'IA OR ia", "modèles d’IA"]
)
def test_accents_case_and_apostrophes_do_not_matter(archive: Archive, asked: str) -> None:
    assert texts(archive.asking.search(asked)) == [FRENCH]


def test_what_must_not_be_there_is_left_out(archive: Archive) -> None:
    assert texts(archive.asking.search("train -models")) == ["We never train."]
    assert texts(archive.asking.search('posts -"legitimate interest"')) == [KEEP]


def test_either_of_two_words(archive: Archive) -> None:
    assert set(texts(archive.asking.search("year OR opposition"))) == {KEEP, FRENCH}


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (Within(service="Nord"), [TRAIN]),
        (Within(service="Nobody"), []),
        (Within(terms="Privacy Policy"), ["We never train.", TRAIN]),
        (Within(collection=""), ["We never train.", TRAIN]),
        (Within(collection="abroad"), [TRAIN]),
        (Within(current=True), ["We never train.", TRAIN]),
        (Within(service=DOCUMENT.service, current=True), ["We never train."]),
        (Within(since=START + timedelta(days=2)), ["We never train.", TRAIN]),
        (Within(since=START + timedelta(days=2), service=DOCUMENT.service), ["We never train."]),
        (Within(since=START + timedelta(days=4)), []),
    ],
)
def test_it_looks_only_where_it_is_told_to(archive: Archive, within: Within, expected: list[str]) -> None:
    assert texts(archive.asking.search("train", within)) == expected


def test_only_holdings_within_what_was_asked_for_are_told(archive: Archive) -> None:
    (hit,) = archive.asking.search("models", Within(service=DOCUMENT.service)).hits
    assert [holding.document for holding in hit.holdings] == [DOCUMENT]


def test_a_topic_limits_it_to_passages_that_a_change_was_flagged_in(archive: Archive) -> None:
    current = archive.current(OTHER)
    assert current is not None
    flag = Flag(
        topic="ai_training",
        stance=Stance.PERMITS,
        effect=Effect.INTRODUCES,
        edit=0,
        before=None,
        after="We train on them.",
        evidence="train",
        rule="r",
    )
    new = version(f"{current.text}\nWe train on them.\n", hours=99, document=OTHER)
    record = following(current, new, flags=(flag,))
    assert record.change is not None
    assert record.change.judgement.edits[0].kind is EditKind.ADDED
    archive.record(record)
    assert texts(archive.asking.search("train", Within(topic="ai_training"))) == ["We train on them."]
    assert texts(archive.asking.search("train", Within(topic="microsoft_ads"))) == []


def test_a_topic_finds_what_was_said_from_the_first_version_on(tmp_path: Path) -> None:
    speaking = Speaking([folder("topics")])
    with Archive.open(tmp_path / "a.db", speaking=speaking) as archive:
        store(archive, DOCUMENT, {0: "# Privacy\n\nWe use your posts to train our AI models.\n\nTrains run at night."})
        french = replace(DOCUMENT, service="Sud")
        said = "Nous utilisons vos publications pour entraîner nos modèles d’IA."
        store(archive, french, {0: f"{said}\n\nNos trains roulent la nuit."}, language="fr")
        assert texts(archive.asking.search("train", Within(topic="ai_training"))) == [
            "We use your posts to train our AI models."
        ]
        found = archive.asking.search("", Within(topic="ai_training"))
        assert texts(found) == [said, "We use your posts to train our AI models."]
        assert [part.text for part in found.hits[1].excerpt if part.found][:1] == ["train"]
        assert texts(archive.asking.search("", Within(topic="ai_training", service="Sud", current=True))) == [said]
        assert texts(archive.asking.search("", Within(topic="microsoft_ads"))) == []
        page = archive.asking.search(" ", Within(topic="ai_training"), limit=1, offset=1)
        assert (texts(page), page.more) == (["We use your posts to train our AI models."], False)


def test_what_speaks_of_a_topic_is_listed_newest_first_whenever_it_was_recorded(tmp_path: Path) -> None:
    said = ["We use your posts to train our AI models.", "We train AI models on your messages."]
    with Archive.open(tmp_path / "a.db", speaking=Speaking([folder("topics")])) as archive:
        store(archive, DOCUMENT, {9: said[0]})
        store(archive, OTHER, {0: said[1]})
        assert texts(archive.asking.search("", Within(topic="ai_training"))) == said


def test_an_index_made_by_other_topics_is_made_anew(tmp_path: Path) -> None:
    topics = tmp_path / "topics"
    topics.mkdir()
    with Archive.open(tmp_path / "a.db", speaking=Speaking([topics])) as archive:
        store(archive, DOCUMENT, {0: "We use your posts to train our AI models."})
        assert texts(archive.asking.search("", Within(topic="ai_training"))) == []
    for path in folder("topics").glob("ai_training*.yaml"):
        (topics / path.name).write_bytes(path.read_bytes())
    with Archive.open(tmp_path / "a.db", speaking=Speaking([topics])) as archive:
        assert archive.asking.behind() == 1
        assert len(archive.asking.search("", Within(topic="ai_training")).hits) == 1
    with Archive.open(tmp_path / "a.db") as archive:  # who gives no topics finds it as it is
        assert archive.asking.behind() == 0


def test_topics_that_cannot_be_read_leave_the_index_as_it_is_until_they_can(tmp_path: Path) -> None:
    topics = tmp_path / "topics"
    topics.mkdir()
    shipped = folder("topics") / "ai_training.yaml"
    (topics / "ai_training.yaml").write_bytes(shipped.read_bytes())
    with Archive.open(tmp_path / "a.db", speaking=Speaking([topics])) as archive:
        one, other = "We use your posts to train our AI models.", "We use your mails to train our AI models."
        store(archive, DOCUMENT, {0: one})
        assert texts(archive.asking.search("", Within(topic="ai_training"))) == [one]
        (topics / "cats.yaml").write_text("name: cats\nlanguages: {}\n")
        store(archive, OTHER, {1: other})
        assert texts(archive.asking.search("", Within(topic="ai_training"))) == [one]
        assert texts(archive.asking.search("mails")) == [other]
        (topics / "cats.yaml").unlink()
        assert texts(archive.asking.search("", Within(topic="ai_training"))) == [other, one]


def test_an_open_archive_can_be_given_other_topics(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with Archive.open(tmp_path / "a.db", speaking=Speaking([tmp_path / "none"])) as archive:
        store(archive, DOCUMENT, {0: "We use your posts to train our AI models."})
        assert texts(archive.asking.search("", Within(topic="ai_training"))) == []
        archive.asking.read_by(Speaking([folder("topics")]))
        assert len(archive.asking.search("", Within(topic="ai_training")).hits) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("training", ["We train models.", "A trained model."]),
        ("sharing", ["We share data."]),
        ("policies", ["Our policy."]),
        ("entraînons", []),
        ("entraîner", ["L’entraînement de modèles."]),
        ('"training"', []),
        ('"model"', ["A trained model."]),
        ("person", []),
        ("models -trained", ["L’entraînement de modèles.", "We train models."]),
        ("note", []),
    ],
)
def test_a_word_finds_its_other_forms_unless_it_is_quoted(archive: Archive, asked: str, found: list[str]) -> None:
    said = ["We train models.", "A trained model.", "We share data.", "Our policy.", "Not here."]
    one = replace(DOCUMENT, service="Forms")
    store(archive, one, {0: "\n\n".join([*said, "L’entraînement de modèles.", "Trainees and personal matters."])})
    assert sorted(texts(archive.asking.search(asked, Within(service="Forms")))) == sorted(found)


def test_words_as_they_were_typed_come_first(archive: Archive) -> None:
    said = [
        "Trained, trained and trained again by robots.",
        "Robots train on very many other things, now and then too.",
    ]
    store(archive, replace(DOCUMENT, service="Forms"), {0: "\n\n".join(said)})
    assert texts(archive.asking.search("train robots")) == [said[1], said[0]]
    assert texts(archive.asking.search("trained robots")) == said


def test_an_excerpt_shows_as_many_different_words_as_it_can() -> None:
    long = "generative generative generative " + "word " * 80 + "we train a generative model " + "word " * 80
    parts = excerpt(long, question("train generative").terms, long=20)
    assert [part.text for part in parts if part.found] == ["train", "generative"]


def test_pages_follow_one_another(archive: Archive) -> None:
    store(archive, replace(DOCUMENT, service="Long"), {0: "\n\n".join(f"Rule {n} on robots." for n in range(25))})
    pages = [archive.asking.search("robots", limit=10, offset=at) for at in (0, 10, 20)]
    assert [(len(page.hits), page.more) for page in pages] == [(10, True), (10, True), (5, False)]
    assert len({text for page in pages for text in texts(page)}) == 25


def test_the_excerpt_marks_what_was_found(archive: Archive) -> None:
    (hit,) = archive.asking.search('"legitimate interest" mod*').hits
    assert [part.text for part in hit.excerpt if part.found] == ["models", "legitimate", "interest"]
    assert "".join(part.text for part in hit.excerpt) == TRAIN


def test_an_excerpt_of_a_long_passage_is_the_stretch_with_the_most_of_it() -> None:
    long = "before " * 200 + "we train models here " + "after " * 200
    parts = excerpt(long, question("train models").terms, long=20)
    assert [part.text for part in parts if part.found] == ["train", "models"]
    told = "".join(part.text for part in parts)
    assert told.startswith("… before")
    assert told.endswith("after …")
    assert len(told.split()) == 22


@pytest.mark.parametrize("asked", ["", "   ", "—", '"', "-cookies", "*", "OR", '""', "()"])
def test_a_question_without_a_word_says_so(archive: Archive, asked: str) -> None:
    with pytest.raises(EmptyQuestion, match="names no word to look for"):
        archive.asking.search(asked)


@pytest.mark.parametrize(
    "asked",
    [
        'train"',
        "train AND NOT",
        "words:train",
        "NEAR(train models)",
        "train*)",
        "^train",
        "train\0",
        "\ud800train",
    ],
)
def test_nothing_that_is_typed_is_taken_for_a_command(archive: Archive, asked: str) -> None:
    archive.asking.search(asked)


def test_a_question_is_read_only_so_far(archive: Archive) -> None:
    assert len(question("word " * 10_000).terms) == 16


def test_who_holds_a_passage_is_told_by_its_words(archive: Archive) -> None:
    assert [one.document for one in archive.asking.holdings(f"(a) {TRAIN.upper()}")] == [OTHER, DOCUMENT]
    assert archive.asking.holdings("Nobody said this.") == ()


def test_a_passage_that_came_back_is_told_with_how_often_it_came(archive: Archive) -> None:
    one = replace(DOCUMENT, service="Flip")
    store(archive, one, {0: "Fliptext.\n\nother", 1: "other", 2: "Fliptext.\n\nother", 5: "other"})
    ((holding,),) = (hit.holdings for hit in archive.asking.search("fliptext").hits)
    assert (holding.times, holding.since, holding.until) == (2, START, START + timedelta(days=5))


def test_of_many_that_fit_the_newest_come_first(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diffing.archive.search.RANKED", 3)
    store(archive, replace(DOCUMENT, service="Long"), {0: "\n\n".join(f"Rule {n} on robots." for n in range(5))})
    assert texts(archive.asking.search("robots"))[:2] == ["Rule 4 on robots.", "Rule 3 on robots."]
