"""The text of some terms in force on a day, whole."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from alerts.event import iso
from clausewatch.cli import output
from clausewatch.cli.documents import name_of
from clausewatch.errors import NotFoundError
from clausewatch.report import Block, Kind, Report, Role, span
from diffing.archive import Archive
from diffing.passage import Passage, PassageKind
from diffing.passages import passages
from diffing.stay import Stay
from diffing.version import Document, Version, text_hash

INDENT: Final = 4
"""Columns of Markdown that make a level of a list."""


def none_then(archive: Archive, document: Document, day: str) -> NotFoundError:
    """What to say when there was no version yet on that day."""
    stays = archive.stays(document)
    if not stays:
        last = archive.last_attempt(document)
        why = f": {last.fault.reason.value}, {last.fault.what}" if last and last.fault else ""
        return NotFoundError(name_of(document), f"no version of it is kept{why}", "crawl it, or import it, again")
    first = output.day(stays[0].observed_at)
    return NotFoundError(
        name_of(document), f"nothing was seen of it by {day}", f"its first version is of {first}: ask for that day on"
    )


def text_report(version: Version, others: Sequence[Stay]) -> Report:
    """The text, passage by passage. others: further versions seen on the same day."""
    told = [f"Version {version.id}, seen {output.minute(version.observed_at)} UTC."]
    if others:
        times = ", ".join(output.minute(stay.observed_at) for stay in others)
        told.append(f"The last of that day; earlier ones are of {times}: name the hour to see one.")
    head = [Block(kind=Kind.TEXT, spans=(span(" ".join(told), Role.QUIET),))]
    if version.url:
        head.append(Block(kind=Kind.TEXT, spans=(span(version.url, Role.QUIET),)))
    blocks = [block for passage in passages(version.text) for block in _blocks(passage)]
    return Report(title=name_of(version.document, version.title), blocks=(*head, *blocks), language=version.language)


def _blocks(passage: Passage) -> Iterator[Block]:
    match passage.kind:
        case PassageKind.HEADING:
            yield Block(kind=Kind.HEADING, level=len(passage.section) + 1, spans=(span(passage.text),))
        case PassageKind.ITEM:
            lead = len(passage.markdown) - len(passage.markdown.lstrip())
            yield Block(kind=Kind.ITEM, level=min(lead // INDENT, 4), spans=(span(passage.text),))
        case _:
            yield Block(kind=Kind.TEXT, spans=(span(passage.text),))


def text_data(version: Version, others: Sequence[Stay]) -> dict[str, Any]:
    """The text as it is kept, byte for byte but for what JSON cannot hold."""
    document = version.document
    return {
        "service": document.service,
        "terms": document.terms,
        "post": document.post or None,
        "url": version.url,
        "language": version.language,
        "version_id": version.id,
        "observed_at": iso(version.observed_at),
        "others_that_day": [{"version_id": stay.version_id, "observed_at": iso(stay.observed_at)} for stay in others],
        "text_hash": text_hash(version.text),
        "text": version.text,
    }
