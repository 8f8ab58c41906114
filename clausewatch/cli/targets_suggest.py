"""`clausewatch targets suggest`: selectors for a page whose own have stopped matching."""

import json as json_text
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAULTS
from clausewatch.cli.targets import targets
from clausewatch.errors import NotFoundError
from crawler.declarations import Declaration, Source
from crawler.extraction.extraction import RULE
from crawler.spiders.pages import Page
from crawler.suggesting import Suggestion, suggest
from diffing.archive import Archive
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.version import Document, Version

LOOKED_BACK = 50
"""Versions that are looked through for the last one the declared selectors read."""

Proposed = tuple[Source, tuple[Suggestion, ...] | Fault]


@targets.command("suggest")
def suggest_(
    service: Annotated[str, typer.Argument(help="LinkedIn")],
    terms: Annotated[str, typer.Argument(help='"Privacy Policy"')],
    json: Annotated[bool, typer.Option("--json", help="One JSON object a suggestion.")] = False,
) -> None:
    """Propose selectors that pick, on the page as it is now, the text that was last read well.

    Fetches the page, changes nothing. Exit code 3 when the page gives no text to propose from.
    """
    config = state.config()
    declaration = wiring.targets(config).of(service, terms)[0]
    with wiring.archive(config, must_exist=True) as archive:
        good = last_good(archive, declaration.document)
    came = wiring.fetch(config, [Page(url=source.fetch) for source in declaration.sources])
    proposed = [
        (source, _proposed(came[source.fetch], text, source))
        for source, text in zip(declaration.sources, _parts(good.text, len(declaration.sources)), strict=True)
    ]
    if json:
        output.json_lines(_data(declaration, proposed))
    else:
        _show(declaration, good, proposed)
    if any(isinstance(found, Fault) for _, found in proposed):
        raise typer.Exit(FAULTS)


def last_good(archive: Archive, document: Document) -> Version:
    """The newest version the declared selectors read, else the newest. Raises NotFoundError when there is none."""
    newest: Version | None = None
    for stay in reversed(archive.stays(document)[-LOOKED_BACK:]):
        version = archive.version(stay.version_id)
        if version is not None and not version.fallback:
            return version
        newest = newest or version
    if newest is None:
        raise NotFoundError(str(document), "no text of it is kept to compare with", "crawl it first")
    return newest


def _parts(text: str, number: int) -> list[str]:
    """The text of each source; of all of them, where it cannot be told apart."""
    parts = text.split(RULE)
    return parts if len(parts) == number else [text] * number


def _proposed(came: Capture | Fault, text: str, source: Source) -> tuple[Suggestion, ...] | Fault:
    return came if isinstance(came, Fault) else suggest(came, text, source)


def _data(declaration: Declaration, proposed: Sequence[Proposed]) -> Iterator[dict[str, Any]]:
    for source, found in proposed:
        same = {"service": declaration.service, "terms": declaration.terms, "fetch": source.fetch}
        if isinstance(found, Fault):
            yield {**same, "fault": {"reason": found.reason.value, "what": found.what, "todo": found.todo}}
            continue
        for one in found:
            yield {
                **same,
                "select": list(one.select),
                "covered": round(one.covered, 3),
                "precise": round(one.precise, 3),
            }


def _show(declaration: Declaration, good: Version, proposed: Sequence[Proposed]) -> None:
    console = output.console()
    console.print(output.plain(declaration.where))
    console.print(output.plain(f"compared with the text of {output.day(good.observed_at)}"))
    for source, found in proposed:
        console.print(output.plain(f"\n{source.fetch}", "bold"))
        if isinstance(found, Fault):
            console.print(output.plain(f"{found.reason.value}: {found.what}; {found.todo}"))
            continue
        for one in found:
            console.print(output.plain(_written(one)))
            console.print(
                output.plain(f"    {_share(one.covered)} of that text; {_share(one.precise)} of what it picks")
            )


def _written(suggestion: Suggestion) -> str:
    """The key to put into the declaration."""
    return f'  "select": {json_text.dumps(list(suggestion.select), ensure_ascii=False)}'


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"
