"""`clausewatch blame`: since when each passage stands."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from alerts.event import iso
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.documents import document_of, name_of
from clausewatch.cli.forms import FormatOption, JsonOption, form_of
from clausewatch.cli.indexing import catch_up
from clausewatch.cli.main import app
from clausewatch.cli.texts import none_then
from clausewatch.cli.when import last_moment, moment
from clausewatch.cli.words import counted
from clausewatch.report import Block, Format, Kind, Report, Role, Span, span, written
from diffing.archive.blame import Blame, Blamed
from diffing.passage import PassageKind


@app.command()
def blame(
    service: Annotated[str, typer.Argument(help="LinkedIn")],
    terms: Annotated[str, typer.Argument(help='"Privacy Policy"')],
    at: Annotated[str | None, typer.Option(metavar="DATE", help="The text in force on that day; today's else.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only passages that came on or after it.")] = None,
    collection: Annotated[str, typer.Option(help="Of this imported collection; your own crawl otherwise.")] = "",
    post: Annotated[str, typer.Option(metavar="ADDRESS", help="Of a blog, the post.")] = "",
    form: FormatOption = Format.TERMINAL,
    json: JsonOption = False,
) -> None:
    """Show each passage of some terms with the day it first stood there.

    A passage that was only renumbered, moved or dressed anew keeps its day. One that went and came back has the day it
    came back, and the day it was first seen beside it.
    """
    start = None if since is None else moment(since, "--since")
    until = None if at is None else last_moment(at, "--at")
    form = form_of(form, json)
    with wiring.archive(state.config(), must_exist=True) as archive:
        document = document_of(archive, service, terms, collection, post)
        catch_up(archive, quiet=form is Format.JSON)
        found = archive.asking.blame(document, until)
        if found is None:
            raise none_then(archive, document, at or "now")
    chosen = [one for one in found.passages if start is None or one.since >= start]
    written(form, lambda: _report(found, chosen), lambda: _data(found, chosen))


def _report(found: Blame, chosen: list[Blamed]) -> Report:
    version = found.version
    every = counted(len(found.passages), "passage")
    shown = every if len(chosen) == len(found.passages) else f"{len(chosen)} of {every}"
    told = f"Version {version.id}, seen {output.minute(version.observed_at)} UTC. {shown}."
    head = Block(kind=Kind.TEXT, spans=(span(told, Role.QUIET),))
    return Report(
        title=name_of(version.document, version.title),
        blocks=(head, *map(_block, chosen)),
        language=version.language,
    )


def _block(one: Blamed) -> Block:
    return Block(kind=Kind.LABELLED, label=output.day(one.since), spans=tuple(_spans(one)))


def _spans(one: Blamed) -> Iterator[Span]:
    heading = one.passage.kind is PassageKind.HEADING
    yield span(one.passage.text, Role.STRONG if heading else Role.PLAIN)
    if one.first < one.since:
        yield span(f" (first seen {output.day(one.first)}, gone in between)", Role.QUIET)


def _data(found: Blame, chosen: list[Blamed]) -> dict[str, Any]:
    version = found.version
    return {
        "service": version.document.service,
        "terms": version.document.terms,
        "version_id": version.id,
        "observed_at": iso(version.observed_at),
        "passages": [
            {
                "since": iso(one.since),
                "first_seen": iso(one.first),
                "version_id": one.version_id,
                "change_id": one.change_id,
                "kind": one.passage.kind.value,
                "section": list(one.passage.section),
                "text": one.passage.text,
            }
            for one in chosen
        ],
    }
