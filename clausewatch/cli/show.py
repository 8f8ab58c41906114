"""`clausewatch show`: one change, whole."""

from typing import Annotated

import typer

from alerts.payload import change_data
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.cli.redlines import print_change
from clausewatch.errors import NotFoundError


@app.command()
def show(
    change: Annotated[str, typer.Argument(help="Its id, or the first characters of it.")],
    language: Annotated[str, typer.Option(help="Of the sentence that sums it up: en or fr.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show a change: the sentence that sums it up, its facts with their quotations, flags and redline."""
    with wiring.archive(state.config(), must_exist=True) as archive:
        found = archive.change(change)
    if found is None:
        raise NotFoundError(change, "no change has that id", "`clausewatch changes` lists them")
    if json:
        output.json_lines([change_data(found, links=wiring.links(state.config())(found))])
    else:
        print_change(output.console(), found, language)
