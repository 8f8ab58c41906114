"""Declarations: all of them, to be found by service and terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.utils import default_process

from crawler.declarations.declaration import Declaration
from crawler.errors import DeclarationError, UnknownTarget

NEAR = 60.0
"""Likeness from which a name is worth proposing, 0 to 100; 50 proposed strangers, 75 missed two typos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """All declarations that were loaded, by service and then as they stand in the file.

    problems: files and terms that cannot be run; each stops only itself. warnings: what is odd but does not hinder.
    """

    items: tuple[Declaration, ...]
    problems: tuple[DeclarationError, ...] = ()
    warnings: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def services(self) -> tuple[str, ...]:
        """Their services' names, each once."""
        return tuple(dict.fromkeys(item.service for item in self.items))

    def of(self, service: str, terms: str | None = None) -> tuple[Declaration, ...]:
        """The declarations of a service, or of one of its terms; upper and lower case are the same.

        Raises UnknownTarget, with the nearest names, when there is none.
        """
        mine = tuple(item for item in self.items if item.service.casefold() == service.casefold())
        if not mine:
            raise UnknownTarget(service, "no service of that name is declared", _advice(service, self.services))
        found = tuple(item for item in mine if terms is None or item.terms.casefold() == terms.casefold())
        if not found:
            names = tuple(item.terms for item in mine)
            raise UnknownTarget(f"{service} · {terms}", "no such terms are declared", _advice(str(terms), names))
        return found


def nearest(name: str, names: Sequence[str], limit: int = 3) -> tuple[str, ...]:
    """Those of `names` that look most like `name`, best first.

    >>> nearest("Linkdin", ["TikTok", "LinkedIn", "X"])
    ('LinkedIn',)
    """
    found = process.extract(name, names, processor=default_process, limit=limit, score_cutoff=NEAR)
    return tuple(match for match, _, _ in found)


def _advice(name: str, names: Sequence[str]) -> str:
    near = nearest(name, names)
    if near:
        return "did you mean " + " or ".join(f'"{match}"' for match in near) + "?"
    return "`clausewatch targets list` names those declared" if names else "declare it in a JSON file"
