"""Visit and Page: what a page function is given, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from clausewatch.web.site import Site
from clausewatch.web.words import Speech, speech


class NoPage(Exception):  # noqa: N818 - an answer, not a failure
    """There is nothing at this address; the reader gets a page that says so, with 404."""


class Elsewhere(Exception):  # noqa: N818 - an answer, not a failure
    """The answer is at another address of ours. path: without the language's part; query: after the "?"."""

    def __init__(self, path: str, **query: str) -> None:
        super().__init__(path)
        self.path = path
        self.query = query


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A reader who may write. csrf: what their forms must bring along. name: as they gave it."""

    csrf: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request for a page.

    prefix: "" where the browser's wish chose the language, else "/en" or "/fr", which links of the page then keep.
    path: without the prefix. query: the first value of each key. static: the page is written to a file, where nothing
    can be asked or sent.
    """

    site: Site
    language: str
    prefix: str = ""
    path: str = "/"
    query: Mapping[str, str] = field(default_factory=dict)
    signed: Signed | None = None
    static: bool = False

    @property
    def say(self) -> Speech:
        """The page's words."""
        return speech(self.language)

    def link(self, path: str, **query: object) -> str:
        """An address of ours, in the language of this page; empty values are left out."""
        return f"{self.prefix}{path}" + asked(query)

    def asked(self, name: str) -> str:
        """A value of the query, without white space around it; "" when it is not there."""
        return self.query.get(name, "").strip()

    def again(self, **changed: object) -> str:
        """This page with some values of its query changed; empty ones are dropped."""
        return self.link(self.path, **{**self.query, **changed})


def asked(query: Mapping[str, object]) -> str:
    """A query as it ends an address, "" where nothing is asked.

    >>> asked({"q": "train models", "topic": ""})
    '?q=train+models'
    """
    kept = {name: str(value) for name, value in query.items() if value not in ("", None)}
    return f"?{urlencode(kept)}" if kept else ""


def segment(name: str) -> str:
    """A name as one step of a path.

    >>> segment("Privacy Policy/EU")
    'Privacy%20Policy%2FEU'
    """
    return quote(name, safe="", errors="replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is shown. template: a file of templates/; values: what it is drawn from; title: of the window."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
