"""`clausewatch status`: how the watch stands, at a glance."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from alerts.delivery import State
from alerts.event import iso
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.health.report import Report

SHOWN = 20
"""Faults, warnings and broken declarations that are listed each; the rest are counted."""


@app.command()
def status(json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> None:
    """Show how the watch stands: last and next visits, faults, waiting alerts, what is kept, and room on the disk."""
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        report = wiring.report(config, archive)
    if json:
        output.json_lines([report_data(report)])
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1, overflow="fold")
    for name, said in _lines(report):
        table.add_row(name, output.plain(said))
    console = output.console()
    console.print(table)
    for title, lines in _lists(report):
        console.print(output.plain(f"\n{title} ({len(lines)})", "bold"))
        for line in lines[:SHOWN]:
            console.print(output.plain(f"  {line}"))
        if len(lines) > SHOWN:
            console.print(output.plain(f"  and {len(lines) - SHOWN} more: clausewatch status --json"))


def _lines(report: Report) -> Iterator[tuple[str, str]]:
    counts, disk = report.counts, report.disk
    due = f"{report.due} due" + (f", the longest for {_length(report.lag)}" if report.due else "")
    later = report.next_visit is not None and report.next_visit > report.at
    upcoming = f"; next {_when(report.next_visit, report.at)}" if later else ""
    yield "Daemon", f"runs: {report.daemon}" if report.daemon else "does not run"
    yield "Visits", f"last {_when(counts.last_visit, report.at)}; {report.targets} terms, {due}{upcoming}"
    yield "Kept", f"{counts.versions:,} versions of {counts.documents:,} texts"
    yield "Changes", _counted(counts.changes) or "none yet"
    yield "Flags", _counted(counts.flags) or "none yet"
    yield "Alerts", _alerts(report)
    yield "Disk", f"the archive takes {output.size(disk.archive)}; {output.size(disk.free)} are free"


def _alerts(report: Report) -> str:
    numbers = _counted({state.value: number for state, number in report.outbox.items()})
    waiting = f", waiting since {output.minute(report.oldest_waiting)}" if report.oldest_waiting else ""
    return (numbers or "none yet") + waiting


def _lists(report: Report) -> Iterator[tuple[str, list[str]]]:
    faults = [
        f"{one.document}: {one.fault.reason.value} since {output.minute(one.since)}, {_visits(one.visits)}:"
        f" {one.fault.what}; {one.fault.todo}"
        for one in report.faults
    ]
    warned = [f"{one.document}: {warning.what}; {warning.todo}" for one in report.warned for warning in one.warnings]
    disabled = [f"{one.channel}: {one.reason}; clausewatch alerts enable {one.channel}" for one in report.disabled]
    lists = {
        "Faults": faults,
        "Warnings": warned,
        "Channels that are disabled": disabled,
        "Declarations that cannot be used": list(report.broken),
    }
    yield from ((title, lines) for title, lines in lists.items() if lines)


def _visits(number: int) -> str:
    return "1 visit" if number == 1 else f"{number} visits"


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in sorted(numbers.items(), key=lambda one: -one[1]))


def _when(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    return output.minute(moment) if moment > now else f"{output.minute(moment)} ({_length(now - moment)} ago)"


def _length(length: timedelta) -> str:
    """In the largest unit that fits.

    >>> _length(timedelta(hours=49)), _length(timedelta(minutes=61)), _length(timedelta(seconds=5))
    ('2 d', '1 h', '5 s')
    """
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{max(seconds, 0)} s"


def report_data(report: Report) -> dict[str, Any]:
    """A report as JSON. Lengths are in seconds, sizes in bytes, moments in ISO 8601."""
    counts = report.counts
    return {
        "at": iso(report.at),
        "daemon": {"pid": report.daemon.pid, "since": iso(report.daemon.since)} if report.daemon else None,
        "targets": report.targets,
        "due": report.due,
        "lag": report.lag.total_seconds(),
        "last_visit": _iso(counts.last_visit),
        "next_visit": _iso(report.next_visit),
        "documents": counts.documents,
        "versions": counts.versions,
        "changes": dict(counts.changes),
        "flags": dict(counts.flags),
        "outcomes": dict(counts.outcomes),
        "alerts": {state.value: report.outbox.get(state, 0) for state in State},
        "oldest_waiting": _iso(report.oldest_waiting),
        "disabled": [{"channel": one.channel, "reason": one.reason} for one in report.disabled],
        "faults": [
            {
                "service": one.document.service,
                "terms": one.document.terms,
                "post": one.document.post or None,
                "reason": one.fault.reason.value,
                "since": iso(one.since),
                "visits": one.visits,
                "where": one.fault.where,
                "what": one.fault.what,
                "todo": one.fault.todo,
            }
            for one in report.faults
        ],
        "warnings": [
            {
                "service": one.document.service,
                "terms": one.document.terms,
                "reason": warning.reason.value,
                "where": warning.where,
                "what": warning.what,
                "todo": warning.todo,
            }
            for one in report.warned
            for warning in one.warnings
        ],
        "broken": list(report.broken),
        "disk": {"archive": report.disk.archive, "free": report.disk.free},
    }


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
