"""`clausewatch schedule`: what the daemon visits next."""

from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from alerts.event import iso
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.pace import Cron
from clausewatch.schedule import Planned, Schedule


@app.command()
def schedule(
    limit: Annotated[int, typer.Option(min=1, help="Show so many.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show which terms the daemon visits next, and when. Times are UTC."""
    config, now = state.config(), wiring.now_utc()
    declared = wiring.targets(config)
    with wiring.archive_or_none_yet(config) as archive:
        planned = Schedule(config, declared).planned(archive, now)
    if json:
        output.json_lines(_data(one) for one in planned[:limit])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Next visit", no_wrap=True)
    table.add_column("Last visit", no_wrap=True)
    table.add_column("Pace", no_wrap=True)
    table.add_column("Terms", ratio=1, overflow="fold")
    for one in planned[:limit]:
        last = one.watched.past.last
        cells = (_when(one.at, now), output.minute(last) if last else "never", _pace(one))
        table.add_row(*cells, output.plain(one.watched.name))
    console = output.console()
    console.print(table)
    if len(planned) > limit:
        console.print(output.plain(f"\n{len(planned) - limit} more; see them with --limit {len(planned)}."))
    for problem in declared.problems:
        console.print(output.plain(f"Never: {problem}"))


def _when(moment: datetime, now: datetime) -> str:
    return "now" if moment <= now else output.minute(moment)


def _pace(planned: Planned) -> str:
    pace = planned.watched.pace
    return f"{pace.expression} {pace.zone.key}" if isinstance(pace, Cron) else _interval(pace)


def _interval(length: timedelta) -> str:
    """The largest unit that fits evenly: 6h, 1d.

    >>> _interval(timedelta(hours=36)), _interval(timedelta(days=1)), _interval(timedelta(seconds=90))
    ('36h', '1d', '90s')
    """
    seconds = int(length.total_seconds())
    for unit, size in (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _data(planned: Planned) -> dict[str, Any]:
    document, last = planned.declaration.document, planned.watched.past.last
    return {
        "service": document.service,
        "terms": document.terms,
        "next": iso(planned.at),
        "last": iso(last) if last else None,
        "pace": _pace(planned),
    }
