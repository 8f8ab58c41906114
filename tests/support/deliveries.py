"""Deliveries to hand to a channel."""

from alerts.delivery import Delivery, State
from alerts.digest import digests
from alerts.event import Event, change_event
from alerts.payload import change_data
from diffing.change import Change
from tests.support import changes
from tests.support.outbox import NOW

LINKS = {"change": "https://watch.example/changes/1", "diff": "https://watch.example/changes/1/diff"}


def delivery_of(event: Event) -> Delivery:
    return Delivery(
        id=event.id,
        channel="c",
        event=event.type.value,
        body=event.body(),
        state=State.WAITING,
        attempts=0,
        created_at=NOW,
        next_at=NOW,
    )


def change_delivery(change: Change, language: str = "") -> Delivery:
    return delivery_of(change_event(change, change_data(change, links=LINKS), language))


def digest_delivery(number: int, language: str = "") -> Delivery:
    """The first part of a digest of that many changes."""
    told = [change_delivery(changes.change(service=f"Service {index}"), language) for index in range(number)]
    event, _ = next(digests(told, "daily", NOW))
    return delivery_of(event)
