"""`clausewatch import`: histories that others recorded."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.bars import bar
from clausewatch.cli.indexing import catch_up
from clausewatch.cli.main import app
from clausewatch.cli.visits import visit_data
from clausewatch.cli.words import flags_in_words
from crawler.imports.ota import by_document, history
from crawler.imports.replay import replay, unseen
from crawler.imports.repository import opened
from crawler.visit import Visit
from diffing.archive import give_way
from diffing.fault import FaultReason
from diffing.outcome import Outcome

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
    """Read a history in Open Terms Archive layout through the same gate, diff and flags, a document at a time.

    What an earlier import read is passed over: it can be stopped and run again, and reads only what is new of a
    history that has grown.
    """
    config = state.config()
    counts: Counter[str] = Counter()
    faults: Counter[FaultReason] = Counter()
    with opened(source) as repository, wiring.archive(config) as archive:
        versions = history(repository, service=service, collection=collection)
        new = by_document(unseen(archive, versions))
        recorder = wiring.recorder(config, archive, alert=alert)
        with bar("Importing", len(new)) as shown:
            for start in range(0, len(new), BATCH):
                batch, told = new[start : start + BATCH], list[Visit]()
                with archive.batch():
                    for done, visit in enumerate(replay(repository, batch, recorder), start + 1):
                        counts[visit.outcome.value] += 1
                        if visit.fault:
                            faults[visit.fault.reason] += 1
                        shown.to(done)
                        if json or (visit.change and visit.change.judgement.flags):
                            told.append(visit)
                give_way()
                _tell(told, json)
                shown.to(start + len(batch))
        catch_up(archive, quiet=json)
        if alert:
            wiring.deliver(config, archive)
    if not json:
        kinds = _kinds(counts, faults) or "nothing new"
        before = f" {len(versions) - len(new)} were read before." if len(new) < len(versions) else ""
        said = [f"{counts.total()} of {len(versions)} versions read: {kinds}.{before}"]
        if lost := len(new) - counts.total():
            lack = "the repository does not hold it: `git fsck` lists what is missing."
            said.append(f"{lost} could not be read, since {lack}")
        if faults[FaultReason.CLOCK]:
            said.append(
                "What is older than the versions that are kept cannot be put before them: add --collection NAME."
            )
        output.console().print(*map(output.plain, said), sep="\n")


def _kinds(counts: Counter[str], faults: Counter[FaultReason]) -> str:
    """What came of the versions: "3 changed, 2 fault (1 empty, 1 collapsed)"."""
    reasons = ", ".join(f"{count} {reason.value}" for reason, count in faults.most_common())
    return ", ".join(
        f"{count} {outcome}" + (f" ({reasons})" if outcome == Outcome.FAULT.value else "")
        for outcome, count in counts.most_common()
    )


def _tell(visits: list[Visit], json: bool) -> None:
    if json:
        output.json_lines(visit_data(visit) for visit in visits)
        return
    console = output.console()
    for visit in visits:
        if visit.change:
            document, at = visit.document, visit.change.after.observed_at
            words = flags_in_words(visit.change.judgement.flags)
            console.print(output.plain(f"{output.day(at)}  {document.service} · {document.terms}: {words}"))
