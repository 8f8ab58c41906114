"""Which declarations this program can run, and what hinders the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from crawler.declarations.declaration import Declaration
from crawler.declarations.filtering import is_known


class Readiness(StrEnum):
    """Whether terms can be crawled as declared."""

    RUNS = "runs"
    RUNS_WITHOUT_FILTER = "runs without filter"
    NEEDS_BROWSER = "needs a browser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What `check` says of one declaration. `filters`: the names of those we do not know, in order."""

    declaration: Declaration
    readiness: Readiness
    filters: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = ", ".join(self.filters)
        if self.readiness is Readiness.RUNS_WITHOUT_FILTER:
            return f"{self.readiness} {names}"
        return f"{self.readiness}, {Readiness.RUNS_WITHOUT_FILTER} {names}" if names else self.readiness.value


def check(declarations: Iterable[Declaration]) -> tuple[Finding, ...]:
    """Say of each declaration, in order, whether it runs, runs without some filter, or needs a browser."""
    return tuple(_finding(declaration) for declaration in declarations)


def _finding(declaration: Declaration) -> Finding:
    declared = (filter_ for source in declaration.sources for filter_ in source.filters)
    unknown = tuple(dict.fromkeys(filter_.name for filter_ in declared if not is_known(filter_)))
    if any(source.browser for source in declaration.sources):
        readiness = Readiness.NEEDS_BROWSER
    elif unknown:
        readiness = Readiness.RUNS_WITHOUT_FILTER
    else:
        readiness = Readiness.RUNS
    return Finding(declaration=declaration, readiness=readiness, filters=unknown)
