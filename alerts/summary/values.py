"""Values of facts as a sentence needs them."""

from collections.abc import Iterable
from datetime import date

from diffing.fact import Fact, FactName


def values(facts: Iterable[Fact], name: FactName) -> list[str]:
    """Values of one name in order, each once."""
    return list(dict.fromkeys(fact.value for fact in facts if fact.name is name))


def day(facts: Iterable[Fact], name: FactName) -> date | None:
    """The first day of one name. An archive may hold what another version wrote: what is no ISO day is not told."""
    for value in values(facts, name):
        try:
            return date.fromisoformat(value)
        except ValueError:
            continue
    return None
