"""`clausewatch diff`: what lies between any two versions, or two files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from alerts.payload import change_data
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.cli.redlines import print_change
from clausewatch.errors import NotFoundError
from diffing.change import Change
from diffing.judge import judge
from diffing.language import language_of
from diffing.version import Document, Version


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A version's id, or a text file.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The same for the newer side.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Compare two versions, of the same terms or not, and flag what lies between."""
    config = state.config()
    old, new = _version(before), _version(after)
    judgement = judge(
        old.text,
        new.text,
        topics=wiring.topics(config),
        language=new.language,
        service=new.document.service,
        observed_on=new.observed_at.date(),
    )
    change = Change(before=old, after=new, judgement=judgement)
    if json:
        output.json_lines([change_data(change, links={})])
    else:
        print_change(output.console(), change, "en")


def _version(name: str) -> Version:
    """The version of that id, or the text file of that name. Raises NotFoundError."""
    path = Path(name)
    if path.is_file():
        return _from_file(path)
    with wiring.archive(state.config(), must_exist=True) as archive:
        found = archive.version(name)
    if found is None:
        todo = "`clausewatch history SERVICE TERMS` lists the ids of versions"
        raise NotFoundError(name, "no version has that id and no file that name", todo)
    return found


def _from_file(path: Path) -> Version:
    text = path.read_text(encoding="utf-8", errors="replace")
    return Version(
        document=Document(service=path.parent.name or "file", terms=path.stem),
        observed_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=text,
        url="",
        language=language_of(text),
    )
