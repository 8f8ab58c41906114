"""`clausewatch diff`: what lies between any two texts."""

from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import state
from clausewatch.cli.change_report import change_report, full_data
from clausewatch.cli.forms import FormatOption, JsonOption, form_of
from clausewatch.cli.main import app
from clausewatch.cli.sides import side
from clausewatch.report import Format, written
from diffing.change import Change
from diffing.judge import judge


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A version's id, SERVICE/TERMS[@DATE], a file or an URL.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The same for the newer side; @DATE is of the same terms.")],
    collection: Annotated[str, typer.Option(help="Of this imported collection; your own crawl otherwise.")] = "",
    form: FormatOption = Format.TERMINAL,
    json: JsonOption = False,
) -> None:
    """Compare two texts, of the same terms or not, and flag what lies between.

    `clausewatch diff "LinkedIn/Privacy Policy@2024-01-01" @2025-11-03` compares two days, `clausewatch diff
    "LinkedIn/Privacy Policy" "X/Privacy Policy"` two services' texts of today. Addresses are fetched, not kept.
    """
    config, form = state.config(), form_of(form, json)
    old = side(before, collection=collection)
    new = side(after, collection=collection, like=old)
    judgement = judge(
        old.text,
        new.text,
        topics=wiring.topics(config),
        language=new.language,
        service=new.document.service,
        observed_on=new.observed_at.date(),
    )
    change = Change(before=old, after=new, judgement=judgement)
    written(form, lambda: change_report(change, "en"), lambda: full_data(change, {}))
