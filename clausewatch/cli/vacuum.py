"""`clausewatch vacuum`: drop what [keeping] says is old, and give the room back."""

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app


@app.command()
def vacuum() -> None:
    """Drop captures and deliveries that [keeping] says are old, and give the room back to the disk.

    Versions are never dropped, nor alerts that wait, failed or are held.

    The disk needs room for a second copy of the archive; other writers wait meanwhile.
    """
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        dropped = wiring.drop_old(config, archive)
        freed = archive.vacuum()
    captures = "1 capture" if dropped.captures == 1 else f"{dropped.captures:,} captures"
    deliveries = "1 delivery" if dropped.deliveries == 1 else f"{dropped.deliveries:,} deliveries"
    told = f"{captures} ({output.size(dropped.size)} of pages) and {deliveries} dropped."
    output.console().print(output.plain(f"{told} The file is {output.size(max(freed, 0))} smaller."))
