"""Documents as they are named on the command line."""

from collections.abc import Iterable, Sequence

from clausewatch.errors import NotFoundError
from crawler.declarations.collection import nearest
from diffing.archive import Archive
from diffing.version import Document


def documents_of(archive: Archive, service: str, terms: str, collection: str) -> list[Document]:
    """The documents meant: one, or all the posts of a blog. Case does not matter.

    Raises NotFoundError with the nearest names, or with the collections it is kept in.
    """
    known = archive.documents()
    found = [one for one in known if same(one.service, service) and same(one.terms, terms)]
    if not found:
        raise NotFoundError(f"{service} · {terms}", "nothing is kept under that name", _advice(known, service, terms))
    mine = [document for document in found if same(document.collection, collection)]
    if not mine:
        names = sorted({document.collection for document in found})
        where = f"is kept only in {', '.join(map(repr, filter(None, names)))}" if names != [""] else "is your own crawl"
        todo = f"add --collection {next(filter(None, names))}" if names != [""] else "leave out --collection"
        raise NotFoundError(f"{service} · {terms}", where, todo)
    return mine


def document_of(archive: Archive, service: str, terms: str, collection: str, post: str = "") -> Document:
    """The one document meant. post: address of a blog post, where the terms are a blog. Raises NotFoundError."""
    found = documents_of(archive, service, terms, collection)
    chosen = [document for document in found if document.post == post] or found
    if len(chosen) == 1:
        return chosen[0]
    todo = f"name one with --post, e.g. --post {chosen[-1].post}"
    raise NotFoundError(f"{service} · {terms}", f"is a blog of {len(chosen)} posts", todo)


def service_of(archive: Archive, service: str | None) -> str | None:
    """The service meant, as it is kept; None for any. Raises NotFoundError with the nearest names."""
    known = (document.service for document in archive.documents())
    return _known(service, known, "nothing of a service of that name is kept", "`clausewatch status` names them")


def terms_of(archive: Archive, terms: str | None) -> str | None:
    """The same for terms."""
    known = (document.terms for document in archive.documents())
    return _known(terms, known, "no terms of that name are kept", "`clausewatch status` names them")


def collection_of(archive: Archive, collection: str | None) -> str | None:
    """The same for an imported collection; "" is what was crawled here."""
    known = [document.collection for document in archive.documents()]
    names = ", ".join(sorted(set(filter(None, known))))
    todo = f"there is {names}" if names else "nothing was imported under a name: leave it out"
    return _known(collection, ["", *known], "no collection is called so", todo)


def _known(name: str | None, names: Iterable[str], what: str, todo: str) -> str | None:
    known = list(dict.fromkeys(names))
    if name is None:
        return None
    for one in known:
        if same(one, name):
            return one
    near = nearest(name, [one for one in known if one])
    raise NotFoundError(name, what, f"did you mean {_either(near)}?" if near else todo)


def same(one: str, other: str) -> bool:
    """Whether two names are the same but for case and white space."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def name_of(document: Document, title: str = "") -> str:
    """How a document is called before people."""
    last = title or document.post
    return f"{document.service} · {document.terms}" + (f" · {last}" if last else "")


def _advice(known: Sequence[Document], service: str, terms: str) -> str:
    of_service = [document.terms for document in known if same(document.service, service)]
    if of_service:
        alike = [f"{service} · {name}" for name in nearest(terms, of_service)]
        return f"did you mean {_either(alike)}?" if alike else f"it has {_either(dict.fromkeys(of_service))}"
    names = list(dict.fromkeys(f"{document.service} · {document.terms}" for document in known))
    near = nearest(f"{service} · {terms}", names)
    return f"did you mean {_either(near)}?" if near else "crawl or import it first"


def _either(names: Iterable[str]) -> str:
    *most, last = list(names)[:8]
    return f"{', '.join(most)} or {last}" if most else last
