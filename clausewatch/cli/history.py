"""`clausewatch history`: every version of some terms."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.table import Table

from alerts.event import iso
from alerts.payload import change_data
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.documents import documents_of
from clausewatch.cli.main import app
from clausewatch.cli.texts import none_then
from clausewatch.cli.words import flags_in_words
from diffing.archive import Archive
from diffing.change import Change
from diffing.version import Document, Version, text_hash


@app.command()
def history(
    service: Annotated[str, typer.Argument(help="LinkedIn")],
    terms: Annotated[str, typer.Argument(help='"Privacy Policy"')],
    collection: Annotated[str, typer.Option(help="Of this imported collection; your own crawl otherwise.")] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the versions of some terms, oldest first, with what each changed."""
    with wiring.archive(state.config(), must_exist=True) as archive:
        documents = documents_of(archive, service, terms, collection)
        rows = [row for document in documents for row in _rows(archive, document)]
        if not rows:
            raise none_then(archive, documents[0], "now")
    rows.sort(key=lambda row: row[0].observed_at)
    if json:
        output.json_lines(_data(version, change) for version, change in rows)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Observed", no_wrap=True)
    table.add_column("Version", no_wrap=True)
    table.add_column("Kind", no_wrap=True)
    table.add_column("Flags", ratio=1, overflow="fold")
    for version, change in rows:
        kind = change.judgement.kind.value if change else "first"
        words = flags_in_words(change.judgement.flags) if change else version.title
        table.add_row(output.minute(version.observed_at), version.id, kind, output.plain(words))
    output.console().print(table)


def _rows(archive: Archive, document: Document) -> Iterator[tuple[Version, Change | None]]:
    changes = {change.after.id: change for change in _changes(archive, document)}
    for version in archive.versions(document):
        yield version, changes.get(version.id)


def _changes(archive: Archive, document: Document) -> Iterator[Change]:
    found = archive.changes(service=document.service, terms=document.terms, collection=document.collection)
    return (change for change in found if change.after.document == document)


def _data(version: Version, change: Change | None) -> dict[str, Any]:
    """A change in the webhook's shape; for a first version, which no change made, its place and date."""
    if change is not None:
        return change_data(change, links=wiring.links(state.config())(change))
    document = version.document
    return {
        "change_id": None,
        "service": document.service,
        "terms": document.terms,
        "url": version.url,
        "language": version.language,
        "before": None,
        "after": {"version_id": version.id, "observed_at": iso(version.observed_at)},
        "kind": "first",
        "text_hash": text_hash(version.text),
    }
