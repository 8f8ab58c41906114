"""`clausewatch import`: histories that others recorded."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.crawl import visit_data
from clausewatch.cli.main import app
from clausewatch.cli.words import flags_in_words
from crawler.imports.ota import Recorded, history
from crawler.imports.replay import replay
from crawler.imports.repository import opened
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.version import Document

imports = typer.Typer(help="Read histories that others recorded.", no_args_is_help=True)
app.add_typer(imports, name="import")

BATCH = 200
"""Versions a transaction: large enough that the disk is not waited for, small enough that Ctrl-C loses seconds."""


@imports.command()
def ota(
    source: Annotated[Path, typer.Argument(metavar="REPO_OR_BUNDLE", help="A git repository or bundle.")],
    service: Annotated[str, typer.Option(help="Only this service; a name or glob.")] = "*",
    collection: Annotated[str, typer.Option(metavar="NAME", help="Keep it apart under this name.")] = "",
    alert: Annotated[bool, typer.Option("--alert", help="Tell subscribers of what is found.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a version.")] = False,
) -> None:
    """Read a history in Open Terms Archive layout through the same gate, diff and flags, in date order.

    What an earlier import kept is passed over, so it can be stopped and run again.
    """
    config = state.config()
    with opened(source) as repository, wiring.archive(config) as archive:
        versions = history(repository, service=service, collection=collection)
        known = _known(archive, versions)
        console = output.console(stderr=True)
        columns = (TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=len(versions))
            recorder = wiring.recorder(config, archive, alert=alert)
            counts: Counter[str] = Counter()
            for start in range(0, len(versions), BATCH):
                batch = versions[start : start + BATCH]
                with archive.batch():
                    visits = list(replay(repository, batch, recorder, is_kept=lambda one: _is_kept(one, known)))
                counts.update(visit.outcome.value for visit in visits)
                _tell(visits, json)
                progress.update(task, completed=start + len(batch))
        if alert:
            wiring.deliver(config, archive)
    if not json:
        kinds = ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()) or "nothing new"
        output.console().print(output.plain(f"{sum(counts.values())} of {len(versions)} versions read: {kinds}."))


def _known(archive: Archive, versions: tuple[Recorded, ...]) -> dict[Document, int]:
    """For each document, the moment its newest kept version was observed, in milliseconds."""
    documents = {recorded.document for recorded in versions}
    found = ((document, archive.stays(document)) for document in documents)
    return {document: int(stays[-1].observed_at.timestamp() * 1000) for document, stays in found if stays}


def _is_kept(recorded: Recorded, known: dict[Document, int]) -> bool:
    newest = known.get(recorded.document)
    return newest is not None and int(recorded.at.timestamp() * 1000) <= newest


def _tell(visits: list[Visit], json: bool) -> None:
    if json:
        output.json_lines(visit_data(visit) for visit in visits)
        return
    console = output.console()
    for visit in visits:
        if visit.change and visit.change.judgement.flags:
            document, at = visit.document, visit.change.after.observed_at
            line = f"{output.day(at)}  {document.service} · {document.terms}: {flags_in_words(visit.change)}"
            console.print(output.plain(line))
