"""`clausewatch verdicts`: what readers said of flags."""

from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.cli.when import moment

verdicts = typer.Typer(help="What readers said of flags.", no_args_is_help=True)
app.add_typer(verdicts, name="verdicts")


@verdicts.callback()
def _group() -> None:
    """What readers said of flags."""


@verdicts.command()
def export(
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Judged from this day on: 2025-09-01.")] = None,
) -> None:
    """Print them as labels, one JSON object a line, for `clausewatch evaluate`."""
    from clausewatch.web.verdict_labels import labels

    start = moment(since, "--since") if since else None
    with wiring.archive(state.config(), must_exist=True) as archive:
        output.json_lines(labels(archive, start))
