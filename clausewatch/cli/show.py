"""`clausewatch show`: one change, whole, or the text of some terms on a day."""

from typing import Annotated, Literal

import typer

from alerts.payload import change_data
from clausewatch import wiring
from clausewatch.cli import state
from clausewatch.cli.change_report import change_report
from clausewatch.cli.documents import document_of
from clausewatch.cli.forms import FormatOption, JsonOption, form_of
from clausewatch.cli.main import app
from clausewatch.cli.texts import none_then, text_data, text_report
from clausewatch.cli.when import is_day, last_moment, moment
from clausewatch.errors import NotFoundError, UsageError
from clausewatch.report import Format, written
from diffing.archive import Archive
from diffing.stay import Stay
from diffing.version import Document


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID_OR_SERVICE", help="Id of a change or a version, or a service.")],
    terms: Annotated[str | None, typer.Argument(help="Of a service, the terms.", show_default=False)] = None,
    at: Annotated[str | None, typer.Option(metavar="DATE", help="The text in force on that day; today's else.")] = None,
    collection: Annotated[str, typer.Option(help="Of this imported collection; your own crawl otherwise.")] = "",
    post: Annotated[str, typer.Option(metavar="ADDRESS", help="Of a blog, the post.")] = "",
    language: Annotated[Literal["en", "fr"], typer.Option(help="Of the sentence that sums a change up.")] = "en",
    form: FormatOption = Format.TERMINAL,
    json: JsonOption = False,
) -> None:
    """Show a change: the sentence that sums it up, its facts with their quotations, flags and redline.

    With the id of a version, show its text; with a service and terms, theirs as it stood on a day. JSON holds it byte
    for byte.
    """
    form = form_of(form, json)
    if terms is not None:
        _show_text(name, terms, at, collection, post, form)
    elif at is not None:
        raise UsageError("show", "--at needs terms", f'name them, as in: show "{name}" "Privacy Policy" --at {at}')
    else:
        _show_change(name, language, form)


def _show_change(name: str, language: str, form: Format) -> None:
    config = state.config()
    with wiring.archive(config, must_exist=True) as archive:
        found = archive.change(name)
        version = archive.version(name) if found is None else None
    if version is not None:
        text = version
        written(form, lambda: text_report(text, ()), lambda: text_data(text, ()))
        return
    if found is None:
        todo = "`clausewatch changes` and `clausewatch history` list them; a service needs its terms beside it"
        raise NotFoundError(repr(name)[1:-1] or "''", "no change and no version has that id", todo)
    written(form, lambda: change_report(found, language), lambda: change_data(found, links=wiring.links(config)(found)))


def _show_text(service: str, terms: str, at: str | None, collection: str, post: str, form: Format) -> None:
    until = wiring.now_utc() if at is None else last_moment(at, "--at")
    with wiring.archive(state.config(), must_exist=True) as archive:
        document = document_of(archive, service, terms, collection, post)
        version = archive.at(document, until)
        if version is None:
            raise none_then(archive, document, at or "now")
        others = _that_day(archive, document, at) if at is not None and is_day(at) else []
    earlier = [stay for stay in others if stay.version_id != version.id]
    written(form, lambda: text_report(version, earlier), lambda: text_data(version, earlier))


def _that_day(archive: Archive, document: Document, day: str) -> list[Stay]:
    start, end = moment(day, "--at"), last_moment(day, "--at")
    return [stay for stay in archive.stays(document) if start <= stay.observed_at <= end]
