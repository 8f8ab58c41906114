"""`clausewatch import wayback`: the past of some terms, as the Internet Archive kept it."""

import time
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.imports import imports
from clausewatch.cli.visits import visit_data
from clausewatch.cli.when import moment
from clausewatch.cli.words import flags_in_words
from clausewatch.errors import UsageError
from crawler.declarations import Declaration
from crawler.imports.wayback import COLLECTION, Moment, Patient, read, timeline
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.version import Document


@imports.command("wayback")
def wayback(
    service: Annotated[str, typer.Argument(help="LinkedIn")],
    terms: Annotated[str, typer.Argument(help='"Privacy Policy"')],
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Captures from this day on.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Captures up to this moment.")] = None,
    collection: Annotated[str, typer.Option(metavar="NAME", help="Keep it apart under this name.")] = COLLECTION,
    alert: Annotated[bool, typer.Option("--alert", help="Tell subscribers of what is found.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a capture.")] = False,
) -> None:
    """Read what the Internet Archive kept of some terms, through the same extraction, gate and flags.

    At most one capture a day. What an earlier import kept is passed over, so it can be stopped and run again.
    """
    config = state.config()
    declaration = wiring.targets(config).of(service, terms)[0]
    if declaration.is_blog or not collection:
        what = "a blog has no single page" if declaration.is_blog else "--collection is empty"
        raise UsageError("import wayback", what, "name terms that are one text, and a collection")
    index, patient = wiring.wayback(config, sleep=time.sleep)
    bounds = {
        "since": moment(since, "--from") if since else None,
        "until": moment(until, "--to") if until else None,
    }
    found = timeline([index.snapshots(source.fetch, patient, **bounds) for source in declaration.sources])
    with wiring.archive(config) as archive:
        left = _left(archive, declaration, collection, found)
        counts = _read(archive, declaration, collection, left, patient, alert=alert, json=json)
        if alert:
            wiring.deliver(config, archive)
    if not json:
        kinds = ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()) or "nothing new"
        passed = f", {len(found) - len(left)} passed over as kept or older" if len(left) < len(found) else ""
        output.console().print(output.plain(f"{sum(counts.values())} of {len(found)} captures read{passed}: {kinds}."))


def _left(archive: Archive, declaration: Declaration, collection: str, found: Sequence[Moment]) -> tuple[Moment, ...]:
    """The moments after the last one that is kept: a history only grows forward."""
    of = declaration.document
    last = archive.last_attempt(Document(service=of.service, terms=of.terms, collection=collection))
    return tuple(one for one in found if last is None or one.at > last.at)


def _read(
    archive: Archive,
    declaration: Declaration,
    collection: str,
    moments: Sequence[Moment],
    patient: Patient,
    *,
    alert: bool,
    json: bool,
) -> Counter[str]:
    console = output.console(stderr=True)
    columns = (TextColumn("Reading the past"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    counts: Counter[str] = Counter()
    recorder = wiring.recorder(state.config(), archive, alert=alert, known=[declaration])
    with Progress(*columns, console=console, transient=True, disable=json or not console.is_terminal) as progress:
        task = progress.add_task("", total=len(moments))
        for visit in read(declaration, moments, patient, recorder, collection=collection):
            counts[visit.outcome.value] += 1
            _tell(visit, json)
            progress.advance(task)
    return counts


def _tell(visit: Visit, json: bool) -> None:
    if json:
        output.json_lines([visit_data(visit)])
    elif visit.change and visit.change.judgement.flags:
        at = visit.change.after.observed_at
        line = f"{output.day(at)}  {visit.document}: {flags_in_words(visit.change.judgement.flags)}"
        output.console().print(output.plain(line))
