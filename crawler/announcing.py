"""Announcing: which declared terms a blog post names, by its links and its words. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from crawler.declarations import Declaration
from crawler.vocabulary import BLOG, fold, vocabulary
from diffing.passages import passages
from diffing.version import Document, Version

Announces = Callable[[Version], tuple[Document, ...]]
"""The terms a post names; () when it names none."""

_REGION = re.compile(r" \([^()]*\)$")
_BARE = frozenset({"privacy", "terms", "cookies", "data policy"})
"""Words that are links to terms on a page of a site, but in a post only words."""


@dataclass(frozen=True)
class Announcing:
    """Knows the declared terms. declarations: of all services; blogs among them are passed over."""

    declarations: tuple[Declaration, ...]

    def __call__(self, post: Version) -> tuple[Document, ...]:
        """The terms a post names: those it links to, and those it speaks of by their type.

        By type it may speak of terms of its own service, and of another only when it names that service. In the order
        declared, each once.
        """
        found = passages(post.text)
        linked = {_plain(link) for passage in found for link in passage.links}
        text = f"{fold(post.title)} {' '.join(fold(passage.text) for passage in found)}"
        spoken = {kind.name for kind in vocabulary().kinds if self._speaks(kind.name, text)}
        named: dict[Document, None] = {}
        for target in self._terms:
            if linked & self._addresses[target.document] or (
                _type_of(target.terms) in spoken and self._is_about(target.service, post, text)
            ):
                named[replace(target.document, post="")] = None
        return tuple(named)

    @cached_property
    def _terms(self) -> tuple[Declaration, ...]:
        return tuple(target for target in self.declarations if not target.is_blog)

    @cached_property
    def _addresses(self) -> Mapping[Document, frozenset[str]]:
        return {target.document: frozenset(_plain(source.fetch) for source in target.sources) for target in self._terms}

    @staticmethod
    def _speaks(kind: str, text: str) -> bool:
        return kind != BLOG and any(match[0] not in _BARE for match in vocabulary().kind(kind).pattern.finditer(text))

    @staticmethod
    def _is_about(service: str, post: Version, text: str) -> bool:
        if service == post.document.service:
            return True
        name = fold(service)
        return len(name) > 2 and re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None


def announcing(declarations: Iterable[Declaration]) -> Announces:
    """What says which of these terms a post names."""
    return Announcing(tuple(declarations))


def nothing(post: Version) -> tuple[Document, ...]:
    """For crawls and imports without blogs."""
    return ()


def _type_of(terms: str) -> str:
    """The type of terms without what tells texts of one type apart: "Privacy Policy (EU)" is "Privacy Policy"."""
    return _REGION.sub("", terms)


def _plain(url: str) -> str:
    """An address without what does not say where it leads."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
