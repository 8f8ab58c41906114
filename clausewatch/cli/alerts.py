"""`clausewatch alerts`: channels and what waits for them."""

from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAILED, app

alerts = typer.Typer(help="Channels and what waits for them.", no_args_is_help=True)
app.add_typer(alerts, name="alerts")


@alerts.command("test")
def send_test(
    channel: Annotated[str, typer.Argument(help="Its name in clausewatch.toml.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Send a test through a channel and say what came of it. Exit code 1 when it was not accepted."""
    trials = wiring.send_test(state.config(), channel)
    if json:
        output.json_lines(
            {"channel": trial.endpoint, "accepted": trial.accepted, "detail": trial.detail} for trial in trials
        )
    else:
        for trial in trials:
            said = "accepted" if trial.accepted else "not accepted"
            output.console().print(output.plain(f"{trial.endpoint}: {said}: {trial.detail}"))
    if not all(trial.accepted for trial in trials):
        raise typer.Exit(FAILED)
