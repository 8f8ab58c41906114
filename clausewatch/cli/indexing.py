"""Indexing: brings the index up to date before it is asked, and shows how far it is where that takes long."""

from clausewatch.cli.bars import bar
from diffing.archive import Archive

LONG = 500
"""Versions to index from which on a bar is shown: about a second."""


def catch_up(archive: Archive, *, quiet: bool = False) -> None:
    """Index what is new. quiet: show nothing."""
    behind = archive.asking.behind()
    if behind:
        with bar("Indexing", behind, quiet=quiet or behind < LONG) as shown:
            archive.asking.catch_up(lambda left: shown.to(behind - left))
