"""`clausewatch restore`: make a backup the archive again."""

from pathlib import Path
from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.lock import held
from diffing.archive.backup import restore as restored


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that clausewatch backup wrote.")]) -> None:
    """Make a backup the archive that the configuration names. An archive that is there is never overwritten.

    Stop the daemon first: one that runs would go on writing to the archive that was moved away.
    """
    archive = state.config().archive
    with held(archive, wiring.now_utc()):
        copied = restored(file, archive)
    told = f"{copied.path}: {copied.versions:,} versions, {output.size(copied.size)}, restored and checked."
    output.console().print(output.plain(told))
