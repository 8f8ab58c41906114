"""`clausewatch targets check`: whether what is declared runs."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAILED, FAULTS
from clausewatch.cli.targets import targets
from clausewatch.cli.visits import warning_data
from crawler.declarations import Declaration, Declarations, Finding, Readiness, check, load
from crawler.steadiness import Live, Tried

CANNOT = "cannot be used"
SUMMED = {
    Readiness.RUNS: "run",
    Readiness.RUNS_WITHOUT_FILTER: "without a filter",
    Readiness.NEEDS_BROWSER: "need a browser",
}
"""How many terms of each readiness there are, in words."""

NO_BROWSER = "none; terms that need one are not read (apt-get install chromium, or crawl.chromium)"


@targets.command("check")
def check_(
    folder: Annotated[list[str] | None, typer.Argument(metavar="DIR", help="Instead of the configured.")] = None,
    service: Annotated[str | None, typer.Option(help="Only of this service.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Fetch each twice and compare; nothing is kept.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Say of each declared terms whether it runs, runs without some filter, or needs a browser.

    With --live also whether the page can be read, is the same at every load, and what is odd about it. Exit code 1
    when a declaration cannot be used at all, 3 when one could not be read.
    """
    config = state.config()
    declared = load(wiring.folders(folder), wiring.filters(config)) if folder else wiring.targets(config)
    chosen = declared.of(service) if service else declared.items
    declared = replace(declared, warnings=(*declared.warnings, *_unknown_regions(chosen, config.regions)))
    findings = check(chosen)
    if json:
        output.json_lines(_data(declared, findings))
    else:
        _show(declared, findings)
    tried = wiring.try_live(config, chosen) if live else ()
    if json:
        output.json_lines(map(_tried_data, tried))
    elif tried:
        _show_tried(tried)
    if declared.problems:
        raise typer.Exit(FAILED)
    if any(one.live is Live.FAULT for one in tried):
        raise typer.Exit(FAULTS)


def counted(declared: Declarations, findings: Sequence[Finding]) -> str:
    """The check in one line: "44 terms: 36 run, 3 without a filter, 5 need a browser." """
    counts = [
        (sum(finding.readiness is readiness for finding in findings), SUMMED[readiness]) for readiness in Readiness
    ]
    counts.append((len(declared.problems), CANNOT))
    said = ", ".join(f"{count} {words}" for count, words in counts if count) or "nothing declared"
    return f"{len(findings) + len(declared.problems)} terms: {said}."


def _unknown_regions(chosen: Sequence[Declaration], known: Collection[str]) -> Iterator[str]:
    """A warning for each terms seen from a place that is no country and that the configuration does not explain."""
    names = {name.upper() for name in known}
    for one in chosen:
        region = one.watch.region
        if len(region) > 2 and region not in names:
            yield f'{one.where}: region "{region}" is no country and there is no [regions.{region}]; it does nothing'


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
    console.print(output.plain(f"Browser: {wiring.browser(state.config()) or NO_BROWSER}"))


def _tried_data(tried: Tried) -> dict[str, Any]:
    """What came of fetching terms twice, as JSON."""
    fault, document = tried.fault, tried.declaration.document
    return {
        "service": document.service,
        "terms": document.terms,
        "live": tried.live.value,
        "characters": tried.characters,
        "posts": tried.posts if tried.declaration.is_blog else None,
        "fault": {"reason": fault.reason.value, "where": fault.where, "what": fault.what, "todo": fault.todo}
        if fault
        else None,
        "differing": tried.differing or None,
        "warnings": [warning_data(warning) for warning in tried.warnings],
    }


def _show_tried(tried: Sequence[Tried]) -> None:
    console = output.console()
    for live in Live:
        alike = [one for one in tried if one.live is live]
        console.print(f"\n{len(alike):4}  {live.value}", style="bold")
        for one in alike:
            size = f"{one.posts} posts" if one.declaration.is_blog else f"{one.characters:,} characters"
            said = f"{one.fault.reason.value}: {one.fault.what}; {one.fault.todo}" if one.fault else size
            console.print(output.plain(f"      {one.declaration.document}: {said}"))
            if one.differing:
                console.print(output.plain(f"        at: {one.differing}"))
            for warning in one.warnings:
                console.print(output.plain(f"        warning: {warning}"))
