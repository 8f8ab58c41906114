"""Delivery: one alert on its way to one channel, with its attempts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    """To be tried when it is due."""
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up after the last attempt of the schedule; it can be retried by hand."""
    HELD = "held"
    """Its channel is disabled; it waits until the channel is enabled."""
    GATHERED = "gathered"
    """To be told together with others, once their digest is made up."""
    DIGESTED = "digested"
    """Told in a digest, which is a delivery of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one channel.

    id: of the event, the same at every retry (the `webhook-id`); with `channel` it names the delivery.
    event: type of the event; body: its JSON. attempts: ended ones. Times are aware, UTC.
    next_at: when it is tried next, while WAITING; when its digest is made up, while GATHERED.
    leased_by, lease_until: who is trying it now, and until when.
    last_error: why the last attempt failed, without secrets; "" when none did.
    digest: "daily", "weekly" or "surplus" of what is told together, else ""; digest_id: id of the delivery it is told
    in, once DIGESTED.
    """

    id: str
    channel: str
    event: str
    body: str
    state: State
    attempts: int
    created_at: datetime
    next_at: datetime
    lease_until: datetime | None = None
    leased_by: str = ""
    last_error: str = ""
    delivered_at: datetime | None = None
    digest: str = ""
    digest_id: str = ""
