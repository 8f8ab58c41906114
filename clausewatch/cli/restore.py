"""`clausewatch restore`: make a backup the archive again."""

from pathlib import Path
from typing import Annotated

import typer

from clausewatch.cli import output, state
from clausewatch.cli.main import app
from diffing.archive.backup import restore as restored


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that clausewatch backup wrote.")]) -> None:
    """Make a backup the archive that the configuration names. An archive that is there is never overwritten."""
    copied = restored(file, state.config().archive)
    told = f"{copied.path}: {copied.versions:,} versions, {output.size(copied.size)}, restored and checked."
    output.console().print(output.plain(told))
