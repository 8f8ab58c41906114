"""`clausewatch targets list`: what is declared."""

from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from crawler.declarations import Declaration

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
    console = output.console()
    for one in chosen:
        console.print(output.plain(f"{one.service} · {one.terms}", "bold"))
        for address in _addresses(one):
            # Unbroken, so that it can be clicked and copied.
            console.print(output.plain(f"  {address}"), soft_wrap=True)


def _addresses(declaration: Declaration) -> list[str]:
    feed = [declaration.watch.feed] if declaration.watch.feed not in {"", "auto"} else []
    return [*(source.fetch for source in declaration.sources), *feed]
