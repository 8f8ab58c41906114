"""Who is told of what."""

import json
from typing import Any

import pytest

from alerts.event import recovered_event
from alerts.routing import Subscription, fan_out, fault_messages, messages, wants
from diffing.change import Change, ChangeKind, Severity
from diffing.flag import Effect
from diffing.version import Document
from tests.support import changes

NOW = changes.AFTER_AT
ADS_LIMITED = changes.flag(topic="microsoft_ads", effect=Effect.LIMITS)
PLACE = Document(service="Platform", terms="Privacy Policy")
UNFLAGGED = changes.change(flags=(), severity=Severity.LOW)


def channels(change: Change, *subscriptions: Subscription) -> list[str]:
    return [message.channel for message in messages(change, subscriptions, NOW)]


def test_a_flagged_change_is_told_to_every_channel_that_asks_for_nothing_in_particular() -> None:
    assert channels(changes.change(), Subscription(channel="a"), Subscription(channel="b")) == ["a", "b"]


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_what_is_no_news_is_told_to_nobody(kind: ChangeKind) -> None:
    everything = Subscription(channel="a", unflagged=True)
    assert channels(changes.change(kind=kind, news=False), everything) == []
    assert channels(changes.change(kind=kind, news=True), everything) == ["a"]


def test_a_change_without_a_flag_is_told_only_where_that_is_asked_for() -> None:
    assert channels(UNFLAGGED, Subscription(channel="a"), Subscription(channel="b", unflagged=True)) == ["b"]
    assert not wants(Subscription(channel="a", unflagged=True, topics=("ai_training",)), UNFLAGGED)


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        ({"topics": ("ai_training",)}, True),
        ({"topics": ("microsoft_ads", "ai_training")}, True),
        ({"topics": ("other",)}, False),
        ({"effects": ("introduces",)}, True),
        ({"effects": ("withdraws",)}, False),
        ({"severities": ("high",)}, True),
        ({"severities": ("medium",)}, False),
        ({"services": ("plat*",)}, True),
        ({"services": ("Meta*", "platform")}, True),
        ({"services": ("Plat",)}, False),
        ({"terms": ("*policy",)}, True),
        ({"terms": ("Terms*",)}, False),
        ({"kinds": ("substantive",)}, True),
        ({"kinds": ("post",)}, False),
        ({"services": ("plat*",), "terms": ("Terms*",)}, False),
        ({"regions": ("FR",)}, True),
        ({"regions": ("UK", "US")}, True),
        ({"regions": ("US",)}, False),
        ({"text_languages": ("en", "fr")}, True),
        ({"text_languages": ("fr",)}, False),
        ({"changes": False, "faults": True}, False),
    ],
)
def test_each_filter_lets_through_what_it_names(wanted: dict[str, Any], passes: bool) -> None:
    assert wants(Subscription(channel="a", **wanted), changes.change()) is passes


def test_a_text_that_names_no_place_concerns_everybody() -> None:
    assert wants(Subscription(channel="a", regions=("BR",)), changes.change(facts=()))


def test_faults_are_told_to_who_asked_for_them_of_that_service() -> None:
    event = recovered_event(PLACE, url="https://platform.example/", since=NOW, at=NOW)
    wanted = (
        Subscription(channel="none"),
        Subscription(channel="all", faults=True, language="fr"),
        Subscription(channel="other", faults=True, services=("Meta*",)),
        Subscription(channel="only", faults=True, changes=False, services=("plat*",)),
    )
    told = fault_messages(event, PLACE, wanted, NOW)
    assert [(message.channel, message.event) for message in told] == [
        ("all", "document.recovered"),
        ("only", "document.recovered"),
    ]
    assert json.loads(told[0].body)["reader_language"] == "fr"


def test_topic_and_effect_must_be_of_one_flag() -> None:
    both = changes.change(flags=(changes.flag(), ADS_LIMITED))
    assert wants(Subscription(channel="a", topics=("microsoft_ads",), effects=("limits",)), both)
    assert not wants(Subscription(channel="a", topics=("microsoft_ads",), effects=("introduces",)), both)


def test_a_channel_is_told_once_in_the_words_of_its_first_subscription_that_matches() -> None:
    wanted = (
        Subscription(channel="a", topics=("other",), language="en"),
        Subscription(channel="a", language="fr"),
        Subscription(channel="a", language="en"),
    )
    (message,) = messages(changes.change(), wanted, NOW)
    assert json.loads(message.body)["reader_language"] == "fr"
    assert (message.event, message.due_at) == ("policy.change", NOW)


def test_the_id_is_that_of_the_change_on_every_channel_and_at_every_time() -> None:
    change = changes.change()
    told = messages(change, (Subscription(channel="a"), Subscription(channel="b")), NOW)
    assert {message.id for message in told} == {f"evt_{change.id}"}


def test_a_group_is_fanned_out_to_its_endpoints_and_to_no_namesake() -> None:
    made = fan_out([Subscription(channel="mail", language="fr")], ["mail", "mail/a@x.example", "mailing", "mailing/b"])
    assert [subscription.channel for subscription in made] == ["mail", "mail/a@x.example"]
    assert {subscription.language for subscription in made} == {"fr"}
