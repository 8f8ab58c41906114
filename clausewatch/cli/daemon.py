"""`clausewatch daemon`: run until told to stop."""

import sys
from typing import Annotated

import structlog
import typer

from clausewatch import daemon as running
from clausewatch.cli import state
from clausewatch.cli.main import app


@app.command()
def daemon(
    once: Annotated[bool, typer.Option("--once", help="One round, then end: for those who use cron.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Log one JSON object a line.")] = False,
) -> None:
    """Visit what is due and deliver what waits, until SIGTERM or Ctrl-C. Logs go to stderr."""
    renderer = (
        structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    running.run(state.config(), once=once, reload=state.config)
