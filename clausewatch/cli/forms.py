"""The option --format, and --json beside it, as every asking command has them."""

from typing import Annotated

import typer

from clausewatch.report import Format

FormatOption = Annotated[
    Format, typer.Option("--format", case_sensitive=False, help="Colours, plain text, Markdown, a page, or JSON.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def form_of(form: Format, json: bool) -> Format:
    """What was asked for."""
    return Format.JSON if json else form
