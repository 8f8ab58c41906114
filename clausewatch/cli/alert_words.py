"""Alerts on a terminal: a delivery in two lines, and the whole of one as its reader gets it."""

from datetime import datetime

from rich.text import Text

from alerts.delivery import Delivery, State
from alerts.note import note_of
from alerts.plain import plain_text
from clausewatch.cli import output

STYLES = {
    State.DELIVERED: "green", State.DIGESTED: "green", State.FAILED: "red", State.HELD: "yellow",
    State.WAITING: "", State.GATHERED: "",
}  # fmt: skip


def entry(delivery: Delivery) -> list[Text]:
    """A delivery in two lines of at most 80 columns."""
    first = output.plain(f"{output.minute(delivery.created_at)}  ")
    first.append_text(output.plain(note_of(delivery.body, "en", delivery.created_at.date()).title, "bold"))
    first.truncate(80, overflow="ellipsis")
    second = output.plain(f"  {delivery.id}  {delivery.channel}: ")
    second.append_text(Text(delivery.state.value, style=STYLES[delivery.state]))
    if delivery.state is State.WAITING and delivery.last_error:
        second.append_text(output.plain(f" after {delivery.attempts}: {delivery.last_error}"))
    second.truncate(80, overflow="ellipsis")
    return [first, second]


def told(delivery: Delivery, now: datetime) -> str:
    """The alert as plain text, as its reader gets it now."""
    return plain_text(note_of(delivery.body, "en", now.date()))
