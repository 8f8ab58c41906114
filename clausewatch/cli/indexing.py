"""Indexing: brings the index up to date before it is asked, and shows how far it is where that takes long."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from clausewatch.cli import output
from diffing.archive import Archive

LONG = 500
"""Versions to index from which on a bar is shown: about a second."""


def catch_up(archive: Archive, *, quiet: bool = False) -> None:
    """Index what is new. quiet: show nothing."""
    behind = archive.asking.behind()
    if not behind:
        return
    console = output.console(stderr=True)
    columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    off = quiet or behind < LONG or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=off) as progress:
        task = progress.add_task("", total=behind)
        archive.asking.catch_up(lambda left: progress.update(task, completed=behind - left))
