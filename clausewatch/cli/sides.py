"""Sides of a comparison as they are named on the command line: a version, a text on a day, a file or an address."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from clausewatch import wiring
from clausewatch.cli import state
from clausewatch.cli.documents import document_of, same
from clausewatch.cli.texts import none_then
from clausewatch.cli.when import last_moment
from clausewatch.errors import NotFoundError, UsageError
from diffing.archive import Archive
from diffing.version import Document, Version

MAX_FILE: Final = 50 * 1024 * 1024
"""Bytes of a file that is compared; more is no policy."""


def side(name: str, *, collection: str = "", like: Version | None = None) -> Version:
    """The text that `name` stands for.

    A file; an http(s) address; the id of a version; `SERVICE/TERMS`, with `@DATE` the text in force on that day, with
    `COLLECTION:` in front of that imported collection (`:` alone is what was crawled here); `@DATE` alone, of the
    terms of `like`. Raises NotFoundError or UsageError.
    """
    if name.startswith(("http://", "https://")):
        return wiring.read_page(state.config(), name)
    if Path(name).is_file():
        return _from_file(Path(name))
    with wiring.archive(state.config(), must_exist=True) as archive:
        if name.startswith("@"):
            if like is None or not archive.stays(like.document):
                raise UsageError(name, "says a day but not of what", "write SERVICE/TERMS@DATE")
            return _then(archive, like.document, name[1:])
        found = archive.version(name) or _of_terms(archive, *_collected(archive, name, collection))
        if found is None and archive.change(name) is not None:
            raise NotFoundError(name, "is the id of a change", f"`clausewatch show {name}` shows it")
    if found is None:
        todo = "`clausewatch history SERVICE TERMS` lists the ids of versions; terms are named SERVICE/TERMS[@DATE]"
        raise NotFoundError(name, "no version has that id, no file that name and no terms either", todo)
    return found


def _collected(archive: Archive, name: str, collection: str) -> tuple[str, str]:
    """A name without the collection in front of it, and that collection, else the one given."""
    prefix, colon, rest = name.partition(":")
    named = {document.collection for document in archive.documents()} | {""}
    return next(((rest, one) for one in named if colon and same(one, prefix)), (name, collection))


def _of_terms(archive: Archive, name: str, collection: str) -> Version | None:
    for named, day in _readings(name):
        for document in archive.documents():
            if same(f"{document.service}/{document.terms}", named):
                return _then(archive, document_of(archive, document.service, document.terms, collection), day)
    service, _, terms = name.partition("@")[0].partition("/")
    if service and terms and not Path(terms).suffix and ":" not in service:
        document_of(archive, service, terms, collection)  # raises, with the nearest names
    return None


def _readings(name: str) -> Iterator[tuple[str, str]]:
    """A name whole, and parted at its last "@"."""
    yield name, ""
    named, at, day = name.rpartition("@")
    if at:
        yield named, day


def _then(archive: Archive, document: Document, day: str) -> Version:
    version = archive.at(document, last_moment(day, f"@{day}")) if day else archive.current(document)
    if version is None:
        raise none_then(archive, document, day or "now")
    return version


def _from_file(path: Path) -> Version:
    if path.stat().st_size > MAX_FILE:
        raise UsageError(str(path), f"is over {MAX_FILE >> 20} MB", "compare something smaller")
    return wiring.read_file(path)
