"""The wire form of a change: its shape, its bounds, and that it is always valid JSON."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from alerts.event import MAX_BODY, Event, change_event, recovered_event, trial_event, unreachable_event
from alerts.note import note_of
from alerts.payload import change_data
from diffing.change import Change, ChangeKind
from diffing.fact import FactName
from diffing.fault import Fault, FaultReason
from diffing.version import Document
from tests.support import changes
from tests.support.schema import SCHEMA, problems

LINKS = {"change": "https://watch.example/changes/1", "diff": "https://watch.example/changes/1/diff"}
NOW = datetime(2025, 9, 18, 6, 1, tzinfo=UTC)
PLACE = Document(service="Platform", terms="Blog", post="https://platform.example/blog/1")


def body_of(change: Change) -> str:
    return change_event(change, change_data(change, links=LINKS), "fr").body()


def test_a_change_is_written_in_the_shape_of_the_design() -> None:
    data = change_data(changes.change(), links=LINKS)
    assert data["before"]["observed_at"] == "2025-09-11T06:00:00Z"
    assert data["after"]["observed_at"] == "2025-09-18T06:00:00Z"
    assert (data["kind"], data["severity"], data["topics"]) == ("substantive", "high", ["ai_training"])
    assert data["facts"] == {
        "effective_date": "2025-11-03",
        "opt_out_by": "2025-11-03",
        "legal_basis": "legitimate_interests",
        "default": "on",
        "regions": ["EEA", "UK"],
        "data_used": ["profile", "posts"],
        "data_excluded": ["private_messages"],
        "recipients": ["Microsoft"],
        "retroactive": None,
        "opt_out": {
            "path": ["Settings", "Data privacy", "Data for AI"],
            "also": [],
            "url": "https://platform.example/settings/ai",
        },
    }
    assert data["flags"] == [
        {
            "topic": "ai_training",
            "stance": "permits",
            "effect": "introduces",
            "edit": "reworded",
            "before": changes.OLD_SENTENCE,
            "after": changes.NEW_SENTENCE,
            "evidence": "train our AI models",
            "rule": "ai_training.en.test",
            "section": ["2. How we use data", "2.3 Models"],
        }
    ]
    assert data["counts"] == {"added": 1, "removed": 1, "reworded": 1, "moved": 0}
    assert data["links"] == LINKS


def test_a_fact_that_the_text_does_not_give_is_null_or_an_empty_list() -> None:
    facts = change_data(changes.change(facts=()), links={})["facts"]
    assert {key for key, value in facts.items() if value is None} == {
        "effective_date",
        "opt_out_by",
        "legal_basis",
        "default",
        "retroactive",
        "opt_out",
    }
    assert all(facts[key] == [] for key in ("regions", "data_used", "data_excluded", "recipients"))


def test_a_text_that_reaches_back_says_so() -> None:
    reaching = changes.change(facts=[changes.fact(FactName.RETROACTIVE, "yes")])
    assert change_data(reaching, links={})["facts"]["retroactive"] is True
    assert problems(json.loads(body_of(reaching))) == []


def test_a_new_blog_post_has_no_before_but_its_address_and_title() -> None:
    post = changes.change(kind=ChangeKind.POST, post=PLACE.post, title="Better models for all")
    data = change_data(post, links={})
    assert data["before"] is None
    assert (data["post"], data["title"]) == (PLACE.post, "Better models for all")


def test_an_opt_out_address_that_is_not_http_is_left_out() -> None:
    script = changes.fact(FactName.OPT_OUT_URL, "javascript:alert(1)")
    assert change_data(changes.change(facts=[script]), links={})["facts"]["opt_out"] is None


FAULT = Fault(reason=FaultReason.BLOCKED, where="https://platform.example/", what="a block page", todo="wait")


@pytest.mark.parametrize(
    "event",
    [
        change_event(changes.change(), change_data(changes.change(), links=LINKS), "fr"),
        change_event(changes.change(facts=(), flags=()), change_data(changes.change(facts=(), flags=()), links={})),
        unreachable_event(PLACE, FAULT, url=PLACE.post, since=NOW, at=NOW),
        recovered_event(PLACE, url=PLACE.post, since=NOW, at=NOW),
        trial_event("hook", NOW),
    ],
    ids=lambda event: event.type.value,
)
def test_every_event_keeps_to_the_published_schema(event: Event) -> None:
    assert problems(json.loads(event.body())) == []


def test_the_published_schema_is_one_and_refuses_what_is_not_ours() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    body = json.loads(body_of(changes.change()))
    assert problems(body | {"type": "test"})
    assert problems(body | {"timestamp": "yesterday"})
    del body["data"]["flags"][0]["effect"]
    assert problems(body)


def test_the_same_change_gives_the_same_bytes() -> None:
    assert body_of(changes.change()) == body_of(changes.change())


def test_long_sentences_are_cut_between_words_around_the_evidence() -> None:
    words = "some words that say little "
    long = words * 150 + "we train our AI models on posts " + words * 150
    flags = [changes.flag(before=None, after=long) for _ in range(8)]
    data = change_data(changes.change(flags=flags), links=LINKS)
    assert len(data["flags"]) == 8
    assert "flags_omitted" not in data
    told = data["flags"][0]["after"]
    assert told.startswith("… ")
    assert told.endswith("…")
    assert "train our AI models" in told
    assert set(told.strip("… ").split()) <= set(long.split())


def test_flags_that_do_not_fit_are_dropped_from_the_end_and_counted() -> None:
    flags = [changes.flag(topic=f"topic_{number}") for number in range(300)]
    change = changes.change(flags=flags)
    body = json.loads(body_of(change))
    kept = body["data"]["flags"]
    assert [flag["topic"] for flag in kept] == [f"topic_{number}" for number in range(len(kept))]
    assert len(kept) + body["data"]["flags_omitted"] == 300
    assert problems(body) == []
    assert len(body_of(change).encode()) <= MAX_BODY


HOSTILE = st.text(alphabet=st.characters(), max_size=60).map(lambda text: text * 40)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(HOSTILE, min_size=6, max_size=6), count=st.integers(0, 40))
def test_whatever_the_page_says_the_body_is_valid_and_under_20_kb(texts: list[str], count: int) -> None:
    edits = [changes.edit(None, texts[0], texts[1], texts[1])]
    facts = [changes.fact(name, texts[2] + str(number)) for name in FactName for number in range(30)]
    facts = [fact for fact in facts if fact.name not in (FactName.LEGAL_BASIS, FactName.DEFAULT)]
    flags = [changes.flag(before=texts[3], after=texts[4], evidence=texts[4][:50]) for _ in range(count)]
    change = changes.change(
        service=texts[5], edits=edits, facts=facts, flags=flags, url=texts[0], post="https://x.example/", title=texts[1]
    )
    body = body_of(change)
    assert len(body.encode()) <= MAX_BODY
    assert json.loads(body)["data"]["change_id"] == change.id


def test_each_way_out_is_told_where_there_are_several() -> None:
    ways = ("Settings > Data privacy > Data for AI", "Settings > Advertising data > Microsoft")
    change = changes.change(facts=tuple(changes.fact(FactName.OPT_OUT_PATH, way) for way in ways))
    data = change_data(change, links={})
    assert data["facts"]["opt_out"] == {
        "path": ["Settings", "Data privacy", "Data for AI"],
        "also": [["Settings", "Advertising data", "Microsoft"]],
        "url": None,
    }
    assert problems(json.loads(body_of(change))) == []
    told = note_of(body_of(change), "en", NOW.date()).opt_out
    assert told == "Settings › Data privacy › Data for AI; Settings › Advertising data › Microsoft"
