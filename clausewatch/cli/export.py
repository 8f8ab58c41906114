"""`clausewatch export`: what is kept, in forms that others read."""

from pathlib import Path
from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.bars import Bar, bar
from clausewatch.cli.documents import collection_of, service_of
from clausewatch.cli.indexing import catch_up
from clausewatch.cli.main import app
from clausewatch.cli.when import moment
from clausewatch.cli.words import counted
from crawler.exports import ota, tables, warc
from crawler.exports.tables import Shape, Table
from diffing.archive import Archive
from diffing.archive.listing import Wanted

exports = typer.Typer(help="Write what is kept in forms that others read.", no_args_is_help=True)
app.add_typer(exports, name="export")

Service = Annotated[str | None, typer.Option(help="Only of this service.")]
Collection = Annotated[str | None, typer.Option(help="Only of this imported collection; '' is your own crawl.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Changes from this day on.")]
Only = Annotated[list[Table] | None, typer.Option("--only", help="Only this table; may be repeated.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder; made if it is not there.")]


@exports.command("ota")
def export_ota(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or that of an earlier export.")],
    service: Service = None,
    collection: Annotated[str, typer.Option(help="Of this imported collection; your own crawl otherwise.")] = "",
) -> None:
    """Write all versions to a git repository in the layout of the Open Terms Archive, one commit a version.

    An imported history comes back byte for byte. Run again, it adds what is new. The folder belongs to the export:
    what somebody changes in its files is overwritten.
    """
    with wiring.archive(state.config(), must_exist=True) as archive:
        name, kept_as = service_of(archive, service), collection_of(archive, collection) or ""
        with bar("Exporting") as shown:
            done = ota.export(archive, folder, service=name, collection=kept_as, on_progress=shown.to)
    posts = f" {counted(done.posts, 'blog post')} left out: the layout has no place for them." if done.posts else ""
    before = f", {done.before} were there already" if done.before else ""
    output.console().print(output.plain(f"{counted(done.versions, 'version')} written to {folder}{before}.{posts}"))


@exports.command()
def jsonl(
    folder: Folder, only: Only = None, service: Service = None, collection: Collection = None, since: Since = None
) -> None:
    """Write changes, flags, facts and passages as JSON, one object a line, a file each."""
    _tables(folder, Shape.JSONL, only, service, collection, since)


@exports.command("csv")
def export_csv(
    folder: Folder, only: Only = None, service: Service = None, collection: Collection = None, since: Since = None
) -> None:
    """Write changes, flags, facts and passages as CSV, a file each; nothing in a cell is run as a formula."""
    _tables(folder, Shape.CSV, only, service, collection, since)


@exports.command("warc")
def export_warc(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="clausewatch.warc.gz")],
    service: Service = None,
    collection: Collection = None,
) -> None:
    """Write the captured pages as a gzipped WARC file, as web archives read it."""
    with wiring.archive(state.config(), must_exist=True) as archive:
        documents = archive.documents(service_of(archive, service), None, collection_of(archive, collection))
        with bar("Exporting") as shown:
            count = warc.write(archive, file, documents, shown.to)
    output.console().print(output.plain(f"{counted(count, 'capture')} written to {file}."))


def _tables(
    folder: Path, shape: Shape, only: list[Table] | None, service: str | None, collection: str | None, since: str | None
) -> None:
    start = None if since is None else moment(since, "--since")
    with wiring.archive(state.config(), must_exist=True) as archive:
        name, kept_as = service_of(archive, service), collection_of(archive, collection)
        wanted = Wanted(service=name, collection=kept_as, since=start)
        written = _write(archive, folder, tuple(only or Table), shape, wanted)
    for path, count in written.items():
        output.console().print(output.plain(f"{counted(count, 'row'):>12} in {path}"))


def _write(archive: Archive, folder: Path, chosen: tuple[Table, ...], shape: Shape, wanted: Wanted) -> dict[Path, int]:
    written: dict[Path, int] = {}
    if Table.PASSAGES in chosen:
        catch_up(archive)
    for table in chosen:
        with bar(f"Writing {table.value}") as shown:
            written |= tables.write(archive, folder, [table], shape, wanted, _along(shown))
    return written


def _along(shown: Bar) -> tables.OnProgress:
    return lambda table, count: shown.to(count)
