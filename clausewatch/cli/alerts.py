"""`clausewatch alerts`: channels, and what was told, waits or failed."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer
from rich.table import Table

from alerts.delivery import Delivery, State
from alerts.event import iso
from alerts.outbox import Endpoint
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.alert_words import entry, told
from clausewatch.cli.main import FAILED, app
from clausewatch.cli.when import moment
from clausewatch.cli.words import counted

alerts = typer.Typer(help="Channels, and what was told, waits or failed.", no_args_is_help=True)
app.add_typer(alerts, name="alerts")

Name = Annotated[str, typer.Argument(metavar="CHANNEL", help="Its name in clausewatch.toml.")]
Id = Annotated[str, typer.Argument(metavar="ALERT", help="Its id: evt_…")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@alerts.command("test")
def send_test(channel: Name, json: Json = False) -> None:
    """Send a test through a channel and say what came of it. Exit code 1 when it was not accepted."""
    trials = wiring.send_test(state.config(), channel)
    if json:
        output.json_lines(
            {"channel": trial.endpoint, "accepted": trial.accepted, "detail": trial.detail} for trial in trials
        )
    else:
        for trial in trials:
            said = "accepted" if trial.accepted else "not accepted"
            output.console().print(output.plain(f"{trial.endpoint}: {said}: {trial.detail}"))
    if not all(trial.accepted for trial in trials):
        raise typer.Exit(FAILED)


@alerts.command("list")
def list_alerts(
    in_state: Annotated[State | None, typer.Option("--state", help="In this state only.", case_sensitive=False)] = None,
    channel: Annotated[str | None, typer.Option(help="Of this channel only.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 50,
    json: Json = False,
) -> None:
    """List alerts and how each channel fares, the newest first."""
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        outbox = wiring.outbox(config, archive)
        found = outbox.list(state=in_state, channel=channel, limit=limit)
        counts, endpoints = outbox.counts(), outbox.endpoints()
    if json:
        output.json_lines(delivery_data(one) for one in found)
        return
    console = output.console()
    for one in found:
        console.print(*entry(one), sep="\n")
    if not found:
        console.print("No alert matches. `clausewatch alerts list --help` names the filters.")
    summed = ", ".join(f"{number} {name.value}" for name, number in sorted(counts.items())) or "none yet"
    console.print(f"\nAlerts: {summed}.")
    for endpoint in endpoints:
        if said := _fares(endpoint):
            console.print(output.plain(said))


@alerts.command("show")
def show(alert: Id, json: Json = False) -> None:
    """Show an alert: what it says, and what came of it on each channel."""
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        found = wiring.outbox(config, archive).get(alert)
    if json:
        output.json_lines(delivery_data(one) for one in found)
        return
    console = output.console()
    console.print(output.plain(told(found[0], wiring.now_utc())), soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Channel", "State", "Attempts", "What came of it"):
        table.add_column(heading, overflow="fold")
    for one in found:
        table.add_row(output.plain(one.channel), one.state.value, str(one.attempts), output.plain(_came_of(one)))
    console.print(table)


@alerts.command("retry")
def retry(
    alert: Id,
    channel: Annotated[str | None, typer.Option(help="On this channel only.")] = None,
) -> None:
    """Send an alert again, under its own id, with all attempts before it."""
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        count = wiring.outbox(config, archive).retry(alert, wiring.now_utc(), channel)
    _say_due(count, "channel")


@alerts.command("replay")
def replay(
    channel: Name,
    since: Annotated[str, typer.Option(metavar="DATE", help="Alerts made from this day on: 2025-11-01.")],
    until: Annotated[str | None, typer.Option(metavar="DATE", help="And before this day.")] = None,
) -> None:
    """Send a channel again what it was told before, under the same ids: for a receiver that lost it."""
    config = state.config()
    start = moment(since, "--since")
    end = moment(until, "--until") if until else None
    now = wiring.now_utc()
    with wiring.archive(config, must_exist=True) as archive:
        outbox = wiring.outbox(config, archive)
        chosen = wiring.named_endpoints(config, channel)
        count = sum(outbox.replay(now, channel=name, since=start, until=end) for name in chosen)
    _say_due(count, "alert")


@alerts.command("disable")
def disable(
    channel: Name,
    reason: Annotated[str, typer.Option(help="Why, for whoever looks.")] = "disabled by hand",
) -> None:
    """Send nothing more to a channel. What is for it is held until it is enabled."""
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        outbox = wiring.outbox(config, archive)
        for name in _endpoints(channel, outbox.endpoints()):
            outbox.disable(name, reason, wiring.now_utc())
            output.console().print(output.plain(f"{name}: disabled; what is for it is held."))


@alerts.command("enable")
def enable(channel: Name) -> None:
    """Send to a channel again, and first what was held or had been given up."""
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        outbox = wiring.outbox(config, archive)
        for name in _endpoints(channel, outbox.endpoints()):
            count = outbox.enable(name, wiring.now_utc())
            output.console().print(output.plain(f"{name}: enabled; {counted(count, 'alert')} due."))


def delivery_data(delivery: Delivery) -> Mapping[str, Any]:
    """A delivery as JSON."""
    return {
        "id": delivery.id,
        "channel": delivery.channel,
        "event": delivery.event,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "created_at": iso(delivery.created_at),
        "next_at": iso(delivery.next_at) if delivery.state in (State.WAITING, State.GATHERED) else None,
        "delivered_at": iso(delivery.delivered_at) if delivery.delivered_at else None,
        "last_error": delivery.last_error or None,
        "digest": delivery.digest or None,
        "digest_id": delivery.digest_id or None,
    }


def _endpoints(channel: str, known: Iterable[Endpoint]) -> tuple[str, ...]:
    """The endpoints a name means, also one that is no longer configured but has a record."""
    if channel in {endpoint.channel for endpoint in known}:
        return (channel,)
    return tuple(wiring.named_endpoints(state.config(), channel))


def _came_of(delivery: Delivery) -> str:
    match delivery.state:
        case State.DELIVERED:
            return f"delivered {output.minute(delivery.delivered_at or delivery.created_at)} UTC"
        case State.DIGESTED:
            return f"told in the digest {delivery.digest_id}"
        case State.GATHERED:
            return f"in the next digest, {output.minute(delivery.next_at)} UTC"
        case State.WAITING:
            due = f"next attempt {output.minute(delivery.next_at)} UTC"
            return f"{due}; {delivery.last_error}" if delivery.last_error else due
        case _:
            return delivery.last_error or "its channel is disabled"


def _fares(endpoint: Endpoint) -> str:
    if endpoint.disabled_at:
        return f"{endpoint.channel}: disabled since {output.minute(endpoint.disabled_at)} UTC: {endpoint.reason}"
    if endpoint.failing_since:
        return f"{endpoint.channel}: failing since {output.minute(endpoint.failing_since)} UTC"
    return ""


def _say_due(count: int, what: str) -> None:
    output.console().print(f"Due at once: {counted(count, what)}. The daemon or the next crawl sends it.")
