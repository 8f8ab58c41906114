"""`clausewatch changes`: what changed, newest first."""

from datetime import datetime
from itertools import chain, islice
from typing import Annotated

import typer
from rich.padding import Padding

from alerts.payload import change_data
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.documents import collection_of, name_of, service_of, terms_of
from clausewatch.cli.main import app
from clausewatch.cli.topic_names import check_topic
from clausewatch.cli.when import moment
from clausewatch.cli.words import flags_in_words
from diffing.archive.listing import Listed, Wanted
from diffing.change import ChangeKind


@app.command()
def changes(
    since: Annotated[str | None, typer.Option(metavar="DATE", help="From this day on: 2025-09-01.")] = None,
    service: Annotated[str | None, typer.Option(help="Of this service.")] = None,
    terms: Annotated[str | None, typer.Option(help="Of these terms.")] = None,
    collection: Annotated[str | None, typer.Option(help="Of this imported collection; '' is your own crawl.")] = None,
    topic: Annotated[str | None, typer.Option(help="Flagged for this topic: ai_training.")] = None,
    kind: Annotated[ChangeKind | None, typer.Option(help="Of this kind only.", case_sensitive=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Noise too: cosmetic, links, returns, upgrades.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the newest.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List changes that are news, newest first; noise only with --all or --kind."""
    start: datetime | None = None if since is None else moment(since, "--since")
    with wiring.archive(state.config(), must_exist=True) as archive:
        wanted = Wanted(
            since=start,
            service=service_of(archive, service),
            terms=terms_of(archive, terms),
            collection=collection_of(archive, collection),
            topic=topic,
            kind=kind,
            news=None if kind or every else True,
        )
        found = islice(archive.asking.every_change(wanted), limit)
        first = next(found, None)
        if first is None:
            check_topic(topic)
        chosen = () if first is None else chain((first,), found)
        if json:
            linked = wiring.links(state.config())
            whole = (archive.change(one.id) for one in chosen)
            output.json_lines(change_data(change, links=linked(change)) for change in whole if change)
            return
        console = output.console()
        for one in chosen:
            console.print(*_entry(one), sep="\n")
        if first is None:
            console.print("No change matches. `clausewatch changes --help` names the filters.")


def _entry(one: Listed) -> list[object]:
    """A change in two lines, the first of at most 80 columns; the second goes on below itself."""
    first = output.plain(f"{output.minute(one.after_at)}  ")
    first.append_text(output.plain(name_of(one.document, one.title), "bold"))
    first.truncate(80, overflow="ellipsis")
    words = flags_in_words(one.flags) or "no flag"
    second = output.plain(f"{one.id}  {one.kind.value}, {one.severity.value}: {words}")
    return [first, Padding(second, (0, 0, 0, 2), expand=False)]
