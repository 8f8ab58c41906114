"""`clausewatch publish`: the pages as files."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.progress import BarColumn, Progress, TextColumn

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write them; made if it is not there.")],
    every: Annotated[bool, typer.Option("--all", help="Pages of changes without a flag too.")] = False,
) -> None:
    """Write the pages as a static site: open DIR/index.html, or put DIR on any web server.

    Files that are as they should be are left alone, others are replaced whole; nothing is deleted.
    """
    from clausewatch.web.publish import publish as run
    from clausewatch.web.reading import read_due
    from clausewatch.web.serving import site

    config = state.config()
    closed = config.model_copy(update={"web": config.web.model_copy(update={"token": SecretStr("")})})
    with wiring.archive(config, must_exist=True) as kept:
        kept.asking.catch_up()
        read_due(kept, wiring.topics(config))
        console = output.console(stderr=True)
        columns = (TextColumn("Publishing"), BarColumn(), TextColumn("{task.completed} written"))
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=None)
            done = run(site(closed, kept), folder, every=every, on_progress=lambda left: progress.advance(task))
    output.console().print(
        output.plain(
            f"{done.files} files in {folder}, {done.written} of them new or changed, {done.size / 1e6:.1f} MB."
        )
    )
