"""`clausewatch serve`: the pages and the API, for a browser and for programs."""

from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import state
from clausewatch.cli.main import app


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of the configuration's.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that answer requests.", min=1, max=16)] = None,
) -> None:
    """Serve what is on record as pages and as an API, until Ctrl-C. By default for this machine only."""
    from clausewatch.web.serving import serve as run

    config = state.config()
    wiring.archive(config, must_exist=True).close()
    given = {"host": host, "port": port, "workers": workers}
    changed = {name: value for name, value in given.items() if value is not None}
    chosen = config.model_copy(update={"web": config.web.model_copy(update=changed)})
    run(chosen, state.config_file, told=lambda address: typer.echo(f"Serving {address} until Ctrl-C."))
