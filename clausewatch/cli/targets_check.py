"""`clausewatch targets check`: whether what is declared runs."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAILED
from clausewatch.cli.targets import targets
from crawler.declarations import Declarations, Finding, Readiness, check, load

CANNOT = "cannot be used"
SUMMED = {
    Readiness.RUNS: "run",
    Readiness.RUNS_WITHOUT_FILTER: "without a filter",
    Readiness.NEEDS_BROWSER: "need a browser",
}
"""How many terms of each readiness there are, in words."""


@targets.command("check")
def check_(
    folder: Annotated[list[str] | None, typer.Argument(metavar="DIR", help="Instead of the configured.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Say of each declared terms whether it runs, runs without some filter, or needs a browser.

    Exit code 1 when a declaration cannot be used at all.
    """
    config = state.config()
    declared = load(wiring.folders(folder), wiring.filters(config)) if folder else wiring.targets(config)
    findings = check(declared)
    if json:
        output.json_lines(_data(declared, findings))
    else:
        _show(declared, findings)
    if declared.problems:
        raise typer.Exit(FAILED)


def counted(declared: Declarations, findings: Sequence[Finding]) -> str:
    """The check in one line: "44 terms: 36 run, 3 without a filter, 5 need a browser." """
    counts = [
        (sum(finding.readiness is readiness for finding in findings), SUMMED[readiness]) for readiness in Readiness
    ]
    counts.append((len(declared.problems), CANNOT))
    said = ", ".join(f"{count} {words}" for count, words in counts if count) or "nothing declared"
    return f"{len(findings) + len(declared.problems)} terms: {said}."


def _data(declared: Declarations, findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """A line each: terms that are declared, declarations that cannot be used, and warnings."""
    for finding in findings:
        declaration = finding.declaration
        yield {
            "service": declaration.service,
            "terms": declaration.terms,
            "finding": str(finding),
            "filters": list(finding.filters),
        }
    for problem in declared.problems:
        yield {"finding": CANNOT, "where": problem.where, "what": problem.what, "todo": problem.todo}
    for warning in declared.warnings:
        yield {"finding": "warning", "what": warning}


def _show(declared: Declarations, findings: Sequence[Finding]) -> None:
    console, errors = output.console(), output.console(stderr=True)
    for readiness in Readiness:
        alike = [finding for finding in findings if finding.readiness is readiness]
        console.print(f"{len(alike):4}  {readiness.value}", style="bold")
        for finding in alike:
            name = f"{finding.declaration.service} · {finding.declaration.terms}"
            said = f" (without {', '.join(finding.filters)})" if finding.filters else ""
            console.print(output.plain(f"      {name}{said}"))
    for warning in declared.warnings:
        errors.print(output.plain(f"warning: {warning}"))
    for problem in declared.problems:
        errors.print(output.plain(f"error: {problem}"))
    console.print(output.plain(f"\n{counted(declared, findings)}"))
