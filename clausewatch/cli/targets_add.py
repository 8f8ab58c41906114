"""`clausewatch targets add`: from the address of a site to a declaration of its terms."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.targets import targets
from clausewatch.config import Config
from clausewatch.errors import UsageError
from crawler.declarations import ad_hoc
from crawler.discovery import Discovery, Found, declared, discover, written
from crawler.discovery.writing import known_terms

SURE = 0.5
"""Score from which what was found is written; what is below is shown, to be declared by hand."""


@targets.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Of the site's first page.")],
    service: Annotated[str | None, typer.Option(metavar="NAME", help="What to call the service.")] = None,
    terms: Annotated[str | None, typer.Option(metavar="TYPE", help="Declare this very page, as these terms.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a page; writes only with --yes.")] = False,
) -> None:
    """Find the privacy, terms, cookie, AI and ads policies and the blog of a site, and declare them.

    Shows what was found with a score and the reasons, and writes what scores 0.50 or more into the first folder of
    `targets` in the configuration.
    """
    config = state.config()
    address = ad_hoc(url).sources[0].fetch
    found = _page(address, terms) if terms else discover(address, lambda pages: wiring.fetch(config, pages))
    name = service or found.name
    sure = [one for one in found.found if one.score >= SURE]
    if json:
        output.json_lines(_data(one, name) for one in found.found)
    else:
        _show(found, name)
    if not sure:
        if not json:
            output.console().print("\nNothing is sure enough to be declared.")
        return
    folder = _folder(config)
    known = known_terms(folder, name)
    new = [one for one in sure if one.kind not in known]
    if yes or not json:
        _write(folder, name, new, len(sure) - len(new), yes=yes, json=json)


def _page(url: str, terms: str) -> Discovery:
    """The page itself, as the terms somebody says it is."""
    name = ad_hoc(url).service.removeprefix("www.").partition(".")[0].capitalize()
    return Discovery(name=name, found=(Found(kind=terms, url=url, score=1.0, why=("as you say",)),), notes=())


def _folder(config: Config) -> Path:
    """Where declarations of one's own are kept. Raises UsageError when the configuration names no folder."""
    if not config.targets:
        todo = 'write targets = ["my-targets"] into clausewatch.toml and make that folder'
        raise UsageError("targets add", "the configuration names no folder of declarations", todo)
    return config.targets[0]


def _write(folder: Path, name: str, new: Sequence[Found], known: int, *, yes: bool, json: bool) -> None:
    console = output.console()
    if known and not json:
        console.print(output.plain(f"{known} of these are declared already and stay as they are."))
    if not new:
        return
    if not yes and not _agreed(f"Declare {len(new)} terms of {name} in {folder}?"):
        if not json:
            console.print("Nothing was written; --yes writes without asking.")
        return
    languages = [one.language for one in new if one.language]
    language = max(set(languages), key=languages.count) if languages else ""
    path = written(folder, name, {one.kind: declared(one, language=language) for one in new}, language=language)
    if not json:
        console.print(output.plain(f"Wrote {path}. Crawl it: clausewatch crawl {_quoted(name)}"))


def _agreed(question: str) -> bool:
    return sys.stdin.isatty() and typer.confirm(question)


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _show(found: Discovery, name: str) -> None:
    console = output.console()
    console.print(output.plain(name, "bold"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Score", no_wrap=True, justify="right")
    table.add_column("Terms", no_wrap=True)
    table.add_column("Address, and why", ratio=1, overflow="fold")
    for one in found.found:
        told = f"{one.url}\n{'; '.join(one.why)}"
        table.add_row(f"{one.score:.2f}", output.plain(one.kind), output.plain(told))
    if found.found:
        console.print(table)
    for note in found.notes:
        console.print(output.plain(note))


def _data(one: Found, name: str) -> dict[str, Any]:
    return {
        "service": name,
        "terms": one.kind,
        "url": one.url,
        "score": one.score,
        "why": list(one.why),
        "select": list(one.select),
        "feed": one.feed or None,
        "language": one.language or None,
    }
