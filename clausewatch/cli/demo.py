"""`clausewatch demo`: the main job, shown on a site of our own."""

from clausewatch import demo as shown
from clausewatch.cli import output
from clausewatch.cli.main import app


@app.command()
def demo() -> None:
    """Show the main job: serve a small site on this machine, crawl it, change it, crawl again, tell what changed."""
    shown.run(output.console())
