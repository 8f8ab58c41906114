"""`clausewatch doctor`: look at everything a watch needs, and say what to do."""

from typing import Annotated

import typer
from rich.table import Table

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAILED, app
from clausewatch.health.check import Verdict

STYLES = {Verdict.OK: "green", Verdict.WARNING: "yellow", Verdict.WRONG: "bold red"}


@app.command()
def doctor(
    send: Annotated[bool, typer.Option("--send", help="Send a test through every channel too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a check.")] = False,
) -> None:
    """Check configuration, targets, browser, topics, archive, clock, disk, daemon and channels, and say what to do.

    Exit code 0: all is well, or works with warnings; 1: something is wrong.
    """
    checks = list(wiring.doctor(state.config, send=send))
    if json:
        output.json_lines(
            {"name": one.name, "verdict": one.verdict.value, "said": one.said, "todo": one.todo} for one in checks
        )
    else:
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold", max_width=22)
        table.add_column(ratio=1, overflow="fold")
        for one in checks:
            said = f"{one.said}; {one.todo}" if one.todo else one.said
            name, verdict = output.plain(one.name), output.plain(one.verdict.value, STYLES[one.verdict])
            table.add_row(verdict, name, output.plain(said))
        output.console().print(table)
    if any(one.verdict is Verdict.WRONG for one in checks):
        raise typer.Exit(FAILED)
