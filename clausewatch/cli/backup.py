"""`clausewatch backup`: copy the archive while it is in use."""

from pathlib import Path
from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the copy. A file that is there is left alone.")],
) -> None:
    """Copy the archive to a new file, also while the daemon runs, and check the copy from end to end."""
    with wiring.archive(state.config(), must_exist=True) as archive:
        copied = archive.backup(file)
    told = f"{copied.path}: {copied.versions:,} versions, {output.size(copied.size)}, checked."
    output.console().print(output.plain(told))
