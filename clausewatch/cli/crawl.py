"""`clausewatch crawl`: fetch, keep, compare, flag, tell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAULTS, app
from clausewatch.cli.visits import visit_data
from clausewatch.cli.words import flags_in_words, outcome_style
from clausewatch.errors import UsageError
from crawler.declarations import Declaration, Declarations, ad_hoc
from crawler.errors import DeclarationError, UnknownTarget
from crawler.run import Progressed
from crawler.visit import Visit
from diffing.fault import Fault, FaultReason
from diffing.outcome import Outcome
from diffing.version import Document


@app.command()
def crawl(
    services: Annotated[list[str] | None, typer.Argument(metavar="SERVICE", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Every declared service.")] = False,
    terms: Annotated[str | None, typer.Option(help="Only these terms of the services named.")] = None,
    url: Annotated[list[str] | None, typer.Option(help="An address that is not declared; may be repeated.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Fetch the terms of services, keep what is new, flag what changed and tell who asked.

    Exit code 0: every target was visited without fault; 3: some faulted; 1: Clausewatch itself failed.
    """
    config = state.config()
    declared = wiring.targets(config)
    targets = chosen(declared, services or [], every=every, terms=terms, urls=url or [])
    with wiring.archive(config) as archive, _progress(len(targets), quiet=json) as progressed:
        visits = wiring.crawl(config, archive, targets, on_progress=progressed)
        delivered = wiring.deliver(config, archive)
    if every:
        visits += tuple(_broken(problem) for problem in declared.problems)
    if json:
        output.json_lines(visit_data(visit) for visit in visits)
    else:
        console = output.console()
        console.print(visit_table(visits))
        console.print(output.plain(counted(visits, delivered.delivered, delivered.waiting)))
        for channel, problem in delivered.problems.items():
            console.print(output.plain(f"Channel {channel}: {problem}"))
    if any(visit.outcome is Outcome.FAULT for visit in visits):
        raise typer.Exit(FAULTS)


def chosen(
    declarations: Declarations, services: Sequence[str], *, every: bool, terms: str | None, urls: Sequence[str]
) -> tuple[Declaration, ...]:
    """The declarations a command line names. Raises UsageError when it names none or an unknown one."""
    if every and services:
        raise UsageError("crawl", "--all and services exclude each other", "name services or give --all")
    if not (every or services or urls):
        raise UsageError("crawl", "no target is named", "name a service, or give --all or --url")
    try:
        named = [found for service in services for found in declarations.of(service, terms)]
    except UnknownTarget as error:
        for problem in declarations.problems:
            if Path(problem.where.split(":")[0]).stem.casefold() in {service.casefold() for service in services}:
                raise problem from error
        raise UsageError(error.where, error.what, error.todo) from error
    return (*(declarations if every else named), *(ad_hoc(url) for url in urls))


def _broken(problem: DeclarationError) -> Visit:
    """A declaration that cannot be used, as the fault of a visit that never began."""
    fault = Fault(reason=FaultReason.DECLARATION, where=problem.where, what=problem.what, todo=problem.todo)
    path, _, terms = problem.where.partition(": ")
    return Visit(document=Document(service=Path(path).stem, terms=terms), outcome=Outcome.FAULT, fault=fault)


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Any]:
    """A bar on stderr while the crawl runs; nothing where nobody looks."""
    console = output.console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("Crawling", total=total)

        def progressed(step: Progressed) -> None:
            progress.update(task, completed=step.done, total=step.total)

        yield progressed


def visit_table(visits: Sequence[Visit]) -> Table:
    """A line a document: what it is, what came of the visit, and why or which flags."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    table.add_column("Terms", ratio=5, overflow="fold")
    table.add_column("Outcome", no_wrap=True)
    table.add_column("What it means", ratio=6, overflow="fold")
    for visit in visits:
        name = f"{visit.document.service} · {visit.document.terms}"
        if visit.document.post:
            name += f" · {visit.change.after.title if visit.change else visit.document.post}"
        outcome = output.plain(visit.outcome.value, outcome_style(visit.outcome))
        table.add_row(output.plain(name), outcome, output.plain(_meaning(visit)))
    return table


def _meaning(visit: Visit) -> str:
    if visit.fault:
        said = f"{visit.fault.reason.value}: {visit.fault.what}; {visit.fault.todo}"
    elif visit.change:
        said = flags_in_words(visit.change.judgement.flags)
    else:
        said = ""
    named = ", ".join(one.terms if one.service == visit.document.service else str(one) for one in visit.announces)
    said = "; ".join(filter(None, (said, f"names {named}" if named else "")))
    return "; ".join(filter(None, (said, *(f"warning: {warning}" for warning in visit.warnings))))


def counted(visits: Sequence[Visit], delivered: int, waiting: int) -> str:
    """The run in one line: "12 visited: 9 unchanged, 2 changed, 1 fault. 3 alerts delivered, 0 waiting." """
    counts = Counter(visit.outcome.value for visit in visits)
    kinds = ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()) or "nothing"
    return f"\n{len(visits)} visited: {kinds}. Alerts: {delivered} delivered, {waiting} waiting."
