"""The command line: one Typer app, one place where errors become a line and an exit code."""

import importlib
import os
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from clausewatch import __version__
from clausewatch.cli import state
from clausewatch.errors import UsageError
from data.errors import ClausewatchError

FAILED, USAGE, FAULTS, INTERRUPTED = 1, 2, 3, 130
"""Exit codes besides 0: our own failure; wrong usage; some targets faulted; Ctrl-C."""

app = typer.Typer(
    name="clausewatch",
    help="Watches what platforms say about people's data, and tells who asked what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"clausewatch {__version__}")
        raise typer.Exit


@app.callback()
def options(
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Instead of clausewatch.toml in this folder.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Watches what platforms say about people's data, and tells who asked what changed."""
    state.config_file = config


def _unexpected(error: Exception) -> None:
    """A line instead of a traceback; the traceback on request."""
    if os.environ.get("CLAUSEWATCH_DEBUG"):
        traceback.print_exception(error)
    hint = "run again with CLAUSEWATCH_DEBUG=1 and report what it prints"
    typer.echo(f"clausewatch: unexpected {type(error).__name__}: {str(error)[:200]}; {hint}", err=True)


COMMANDS: Mapping[str, tuple[str, ...]] = {
    "crawl": ("crawl",),
    "changes": ("changes",),
    "show": ("show",),
    "history": ("history",),
    "diff": ("diff",),
    "feed": ("feed",),
    "blame": ("blame",),
    "search": ("search",),
    "targets": ("targets", "targets_check", "targets_suggest", "targets_add"),
    "topics": ("topics",),
    "import": ("imports", "import_wayback"),
    "export": ("export",),
    "alerts": ("alerts",),
    "daemon": ("daemon",),
    "schedule": ("schedule",),
    "status": ("status",),
    "doctor": ("doctor",),
    "backup": ("backup",),
    "restore": ("restore",),
    "vacuum": ("vacuum",),
    "init": ("init",),
    "evaluate": ("evaluate",),
    "serve": ("serve",),
    "publish": ("publish",),
    "verdicts": ("verdicts",),
    "demo": ("demo",),
}
"""The commands in the order `--help` lists them, and the modules of this package that register each."""


def load_commands(names: Iterable[str] = tuple(COMMANDS)) -> None:
    """Import the modules that register these commands."""
    for name in names:
        for module in COMMANDS[name]:
            importlib.import_module(f"clausewatch.cli.{module}")


def named(arguments: Sequence[str]) -> tuple[str, ...]:
    """The command that is asked for; all of them when it is none we know, to list them.

    Importing only what one command needs is quicker by a second.

    >>> named(["--config", "crawl", "status"]), len(named(["--help"])) == len(COMMANDS)
    (('status',), True)
    """
    values = {at + 1 for at, word in enumerate(arguments) if word == "--config"}
    first = next((word for at, word in enumerate(arguments) if at not in values and not word.startswith("-")), "")
    return (first,) if first in COMMANDS else tuple(COMMANDS)


def main() -> None:
    """Run the command line; errors become one line on stderr and an exit code, never a traceback."""
    load_commands(named(sys.argv[1:]))
    try:
        app()
    except SystemExit as ended:  # Typer makes one of Ctrl-C, without a word
        if ended.code == INTERRUPTED:
            typer.echo("clausewatch: stopped", err=True)
        raise
    except UsageError as error:
        typer.echo(f"clausewatch: {error}", err=True)
        sys.exit(USAGE)
    except ClausewatchError as error:
        typer.echo(f"clausewatch: {error}", err=True)
        sys.exit(FAILED)
    except KeyboardInterrupt:
        typer.echo("clausewatch: stopped", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; nothing is left to say, not even at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except Exception as error:  # noqa: BLE001 - the outermost place: no traceback reaches a user
        _unexpected(error)
        sys.exit(FAILED)
