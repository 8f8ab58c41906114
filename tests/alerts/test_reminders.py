"""Reminders before a date an alert named: once each, on time, and not of what was taken back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alerts.delivery import Delivery
from alerts.note import note_of
from alerts.reminders import Ahead, Later, Named, reminders
from alerts.retention import drop_deliveries
from clausewatch import wiring
from clausewatch.config import Alerting, Config, File, Subscribe
from diffing.archive import Archive
from diffing.archive.record import Attempt, Message, Record
from diffing.change import Change, ChangeKind
from diffing.fact import FactName
from diffing.flag import Effect
from diffing.outcome import Outcome
from tests.support import changes
from tests.support.deliveries import change_delivery
from tests.support.schema import problems

PARIS = ZoneInfo("Europe/Paris")
AHEAD = Ahead(days=(7, 1), at=time(9), zone=PARIS)
MADE = datetime(2025, 9, 18, 6, tzinfo=UTC)
ALERT = replace(change_delivery(changes.change()), created_at=MADE)
"""Names 3 November 2025, as the day it takes effect and as the deadline."""


def due(moment: str, alert: Delivery = ALERT, *later: Later) -> list[Message]:
    now = datetime.fromisoformat(moment).replace(tzinfo=PARIS).astimezone(UTC)
    return list(reminders([Named(alert=alert, later=later)], now, AHEAD))


def later(kind: ChangeKind = ChangeKind.SUBSTANTIVE, date: str = "", flags: tuple[Effect, ...] = ()) -> Later:
    dates = {"opt_out_by": frozenset({date}), "effective_date": frozenset({date})} if date else {}
    return Later(kind=kind.value, dates=dates, flags=frozenset(("ai_training", effect.value) for effect in flags))


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("2025-10-27T08:59", None),
        ("2025-10-27T09:00", 7),
        ("2025-11-01T12:00", 7),
        ("2025-11-02T08:59", 7),
        ("2025-11-02T09:00", 1),
        ("2025-11-03T23:59", 1),
        ("2025-11-04T00:00", None),
    ],
)
def test_it_is_due_from_its_hour_until_the_day_is_over(moment: str, days: int | None) -> None:
    found = due(moment)
    assert len(found) == (days is not None)
    assert all(f'"days":{days}' in message.body for message in found)


def test_two_dates_of_one_day_are_one_reminder_of_the_deadline() -> None:
    (found,) = due("2025-10-27T09:00")
    assert '"of":"opt_out_by"' in found.body


def test_a_reminder_is_the_same_message_whenever_it_is_written() -> None:
    (first,), (second,) = due("2025-10-27T09:00"), due("2025-10-30T12:00")
    assert (first.id, first.body) == (second.id, second.body)
    assert first.id != due("2025-11-02T09:00")[0].id


def test_an_alert_made_as_late_as_its_reminder_needs_none() -> None:
    late = replace(ALERT, created_at=datetime(2025, 10, 30, tzinfo=UTC))
    assert due("2025-10-31T12:00", late) == []
    assert len(due("2025-11-02T12:00", late)) == 1


@pytest.mark.parametrize(
    ("what", "reminded"),
    [
        (later(), True),
        (later(date="2025-11-03"), True),
        (later(date="2025-12-01"), False),
        (later(ChangeKind.RETURN), False),
        (later(flags=(Effect.WITHDRAWS,)), False),
        (later(flags=(Effect.WITHDRAWS, Effect.INTRODUCES)), True),
        (later(flags=(Effect.REWORDS,)), True),
    ],
)
def test_what_a_later_change_moved_or_took_back_is_not_reminded_of(what: Later, reminded: bool) -> None:
    assert bool(due("2025-10-27T09:00", ALERT, what)) is reminded


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        (
            "en",
            "Reminder (7 days left) · Platform · Privacy Policy · AI training introduced",
            "One can object until 3 November 2025: 7 days left.",
        ),
        (
            "fr",
            "Rappel (encore 7 jours) · Platform · Privacy Policy · Entraînement d’IA\u00a0: introduction",
            "On peut s’y opposer jusqu’au 3 novembre 2025\u00a0: encore 7 jours.",
        ),
    ],
)
def test_it_says_how_many_days_are_left_on_the_day_it_is_read(language: str, title: str, lead: str) -> None:
    alert = replace(change_delivery(changes.change(), language), created_at=MADE)
    (found,) = due("2025-10-27T09:00", alert)
    assert problems(json.loads(found.body)) == []
    note = note_of(found.body, "en", datetime(2025, 10, 27).date())
    assert note.title == title
    assert note.lead.startswith(lead)


class Clocked:
    """A daemon's day: an archive, and rounds of deliveries at given times."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "alerts.jsonl"
        self.config = Config(
            archive=folder / "a.db",
            alerts=Alerting(timezone="Europe/Paris"),
            channels={"log": File(type="file", path=self.path)},
            subscriptions=(Subscribe(channel="log"),),
        )

    def keep(self, kept: Archive, change: Change) -> None:
        assert change.before is not None
        attempt = Attempt(document=change.after.document, at=change.after.observed_at, outcome=Outcome.CHANGED)
        if kept.current(change.after.document) is None:
            kept.record(Record(version=change.before, attempt=replace(attempt, at=change.before.observed_at)))
        told = wiring.recorder(self.config, kept)._notify(change)
        kept.record(Record(version=change.after, attempt=attempt, change=change, messages=tuple(told)))

    def told(self, kept: Archive, until: datetime, *, dropping: bool = False) -> list[str]:
        """Deliver every six hours from the change on, with a new deliverer each day, as after restarts.

        dropping: drop each time all that may be dropped, whatever its age.
        """
        now = MADE
        while now < until:
            send = wiring.deliverer(self.config, kept, now=lambda: now)  # noqa: B023
            for _ in range(4):
                send()
                now += timedelta(hours=6)
                if dropping:
                    drop_deliveries(kept, before=now, today=now.date())
        return [line.split('"type": "')[1].split('"')[0] for line in self.path.read_text().splitlines()]


def test_in_the_archive_each_is_told_once_whatever_restarts(tmp_path: Path) -> None:
    clocked = Clocked(tmp_path)
    with wiring.archive(clocked.config) as kept:
        clocked.keep(kept, changes.change())
        assert clocked.told(kept, MADE + timedelta(days=60)) == ["policy.change", "reminder", "reminder"]


def test_dropping_old_deliveries_neither_loses_nor_doubles_a_reminder(tmp_path: Path) -> None:
    clocked = Clocked(tmp_path)
    with wiring.archive(clocked.config) as kept:
        clocked.keep(kept, changes.change())
        told = clocked.told(kept, MADE + timedelta(days=60), dropping=True)
        left = wiring.outbox(clocked.config, kept).counts()
    assert (told, left) == (["policy.change", "reminder", "reminder"], {})


def test_in_the_archive_a_date_that_was_moved_is_reminded_of_anew(tmp_path: Path) -> None:
    clocked = Clocked(tmp_path)
    first = changes.change()
    moved = changes.fact(FactName.EFFECTIVE_DATE, "2025-11-10")
    at = MADE + timedelta(days=10)
    next_text = replace(first.after, text="Another text.", observed_at=at)
    second = Change(before=first.after, after=next_text, judgement=replace(first.judgement, facts=(moved,)))
    with wiring.archive(clocked.config) as kept:
        clocked.keep(kept, first)
        clocked.keep(kept, second)
        told = clocked.told(kept, MADE + timedelta(days=60))
    days = [line.split('"reminder": ')[1] for line in clocked.path.read_text().splitlines() if '"reminder": ' in line]
    assert told.count("policy.change") == 2
    assert [(day.split('"of": "')[1].split('"')[0], day.split('"date": "')[1][:10]) for day in days] == [
        ("opt_out_by", "2025-11-03"),
        ("opt_out_by", "2025-11-03"),
        ("effective_date", "2025-11-10"),
        ("effective_date", "2025-11-10"),
    ]
