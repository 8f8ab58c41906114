"""`clausewatch targets`: what is declared, and whether it runs."""

from typing import Annotated

import typer
from rich.table import Table

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAILED, app
from crawler.declarations import Declaration, Readiness, check, load

targets = typer.Typer(help="What is declared, and whether it runs.", no_args_is_help=True)
app.add_typer(targets, name="targets")


@targets.command("list")
def list_(
    service: Annotated[str | None, typer.Argument(help="Only of this service.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the declared terms with their addresses."""
    declared = wiring.targets(state.config())
    chosen = declared.of(service) if service else tuple(declared)
    if json:
        output.json_lines(
            {
                "service": one.service,
                "terms": one.terms,
                "urls": _addresses(one),
                "every_seconds": int(one.watch.every.total_seconds()) if one.watch.every else None,
                "blog": one.is_blog,
                "browser": any(source.browser for source in one.sources),
            }
            for one in chosen
        )
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Service", overflow="fold")
    table.add_column("Terms", overflow="fold")
    table.add_column("Address", ratio=1, overflow="fold")
    for one in chosen:
        table.add_row(output.plain(one.service), output.plain(one.terms), output.plain("\n".join(_addresses(one))))
    output.console().print(table)


@targets.command("check")
def check_(
    folder: Annotated[list[str] | None, typer.Argument(metavar="DIR", help="Instead of the configured.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Say of each declared terms whether it runs, runs without some filter, or needs a browser.

    Exit code 1 when a declaration cannot be used at all.
    """
    declared = load(wiring.folders(folder)) if folder else wiring.targets(state.config())
    findings = check(declared)
    if json:
        output.json_lines(
            {
                "service": finding.declaration.service,
                "terms": finding.declaration.terms,
                "finding": str(finding),
                "filters": list(finding.filters),
            }
            for finding in findings
        )
    else:
        console = output.console()
        for readiness in Readiness:
            alike = [finding for finding in findings if finding.readiness is readiness]
            console.print(f"{len(alike):4}  {readiness.value}", style="bold")
            for finding in alike:
                name = f"{finding.declaration.service} · {finding.declaration.terms}"
                said = f" ({', '.join(finding.filters)})" if finding.filters else ""
                console.print(output.plain(f"      {name}{said}"))
    errors = output.console(stderr=True)
    for warning in declared.warnings:
        errors.print(output.plain(f"warning: {warning}"))
    for problem in declared.problems:
        errors.print(output.plain(f"error: {problem}"))
    if declared.problems:
        raise typer.Exit(FAILED)


def _addresses(declaration: Declaration) -> list[str]:
    feed = [declaration.watch.feed] if declaration.watch.feed not in {"", "auto"} else []
    return [*(source.fetch for source in declaration.sources), *feed]
