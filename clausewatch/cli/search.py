"""`clausewatch search`: who says it, since when, until when."""

from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer

from alerts.event import iso
from alerts.locale import locale
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.documents import collection_of, name_of, service_of, terms_of
from clausewatch.cli.forms import FormatOption, JsonOption, form_of
from clausewatch.cli.indexing import catch_up
from clausewatch.cli.main import app
from clausewatch.cli.topic_names import check_topic
from clausewatch.cli.when import moment
from clausewatch.errors import UsageError
from clausewatch.report import Block, Format, Kind, Report, Role, span, written
from diffing.archive import Archive
from diffing.archive.errors import EmptyQuestion
from diffing.archive.holdings import Holding
from diffing.archive.search import Found, Hit, Within

SHOWN: Final = 5
"""Documents that are shown of a passage many say."""


@app.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
def search(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(help='Words, "a phrase", the beginning of a word*, -without.', show_default=False),
    ] = None,
    service: Annotated[str | None, typer.Option(help="Said by this service.")] = None,
    terms: Annotated[str | None, typer.Option(help="In these terms.")] = None,
    collection: Annotated[str | None, typer.Option(help="In this imported collection; '' is your own crawl.")] = None,
    topic: Annotated[str | None, typer.Option(help="In passages that speak of it: ai_training.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First seen on or after that day.")] = None,
    current: Annotated[bool, typer.Option("--current", help="Only what stands today.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Passages on a page.")] = 10,
    page: Annotated[int, typer.Option(min=1, max=1000, help="Which page.")] = 1,
    form: FormatOption = Format.TERMINAL,
    json: JsonOption = False,
) -> None:
    """Search all passages ever seen: who says it, since when, until when.

    All words must stand in a passage, in any order and any form (`train` finds `training`); accents and case do not
    matter. `"legitimate interest"` is a phrase, `"train"` this form alone, `train*` the beginning of a word, `-cookies`
    must not be there, `advert* OR ads` is either. With --topic and no words, all passages that speak of it.
    """
    form = form_of(form, json)
    start = None if since is None else moment(since, "--since")
    asked = _asked(context, query or [])
    with wiring.archive(state.config(), must_exist=True) as archive:
        within = Within(
            service=service_of(archive, service),
            terms=terms_of(archive, terms),
            collection=collection_of(archive, collection),
            topic=topic,
            since=start,
            current=current,
        )
        found = _found(archive, asked, within, limit=limit, page=page, quiet=form is Format.JSON)
    if not found.hits:
        check_topic(topic)
    first = limit * (page - 1) + 1
    title = f"Passages with {asked}" if asked else f"Passages on {locale('en').topic(topic or '')}"
    written(form, lambda: _report(title, found, first), lambda: _data(asked, found))


def _asked(context: typer.Context, words: list[str]) -> str:
    """The question as one text. What begins with a dash may be a word that must not be there, and comes here."""
    if words == ["-h"]:
        typer.echo(context.get_help())
        raise typer.Exit
    for word in words:
        if word.startswith("--"):
            raise UsageError(word, "is no option of search", "`clausewatch search --help` lists them")
    return " ".join(words)


def _found(archive: Archive, asked: str, within: Within, *, limit: int, page: int, quiet: bool) -> Found:
    catch_up(archive, quiet=quiet)
    try:
        return archive.asking.search(asked, within, limit=limit, offset=limit * (page - 1))
    except EmptyQuestion as error:
        raise UsageError(error.where, error.what, error.todo) from error


def _report(title: str, found: Found, first: int) -> Report:
    blocks = [block for number, hit in enumerate(found.hits, first) for block in _hit(number, hit)]
    if not found.hits:
        told = (
            "No passage fits"
            + (" that far." if first > 1 else ".")
            + " Try fewer of them, the beginning of a word (train*), or fewer filters."
        )
        blocks.append(Block(kind=Kind.TEXT, spans=(span(told),)))
    if found.more:
        page = (first - 1) // len(found.hits) + 2
        blocks.append(Block(kind=Kind.TEXT, spans=(span(f"More: --page {page}", Role.QUIET),)))
    return Report(title=title, blocks=tuple(blocks))


def _hit(number: int, hit: Hit) -> Iterator[Block]:
    words = tuple(span(part.text, Role.FOUND if part.found else Role.PLAIN) for part in hit.excerpt)
    yield Block(kind=Kind.LABELLED, label=f"{number}.", spans=words)
    for holding in hit.holdings[:SHOWN]:
        name = name_of(holding.document, holding.title)
        where = f" ({holding.document.collection})" if holding.document.collection else ""
        spans = (span(_when(holding), Role.QUIET), span(f"  {name}"), span(where, Role.QUIET))
        yield Block(kind=Kind.LABELLED, spans=spans)
    if len(hit.holdings) > SHOWN:
        more = span(f"and {len(hit.holdings) - SHOWN} others", Role.QUIET)
        yield Block(kind=Kind.LABELLED, spans=(more,))


def _when(holding: Holding) -> str:
    """`2024-11-20 – today`, `2024-11-20 – 2025-03-01`."""
    until = "today     " if holding.until is None else output.day(holding.until)
    return f"{output.day(holding.since)} – {until}"


def _data(asked: str, found: Found) -> dict[str, Any]:
    return {
        "query": asked,
        "more": found.more,
        "behind": found.behind,
        "hits": [
            {
                "text": hit.text,
                "excerpt": [{"text": part.text, "found": part.found} for part in hit.excerpt],
                "holdings": [holding_data(holding) for holding in hit.holdings],
            }
            for hit in found.hits
        ],
    }


def holding_data(holding: Holding) -> dict[str, Any]:
    """Who says it, since when, until when, as JSON."""
    document = holding.document
    return {
        "service": document.service,
        "terms": document.terms,
        "post": document.post or None,
        "collection": document.collection or None,
        "title": holding.title or None,
        "since": iso(holding.since),
        "until": None if holding.until is None else iso(holding.until),
        "times": holding.times,
        "version_id": holding.version_id,
    }
