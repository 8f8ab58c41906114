"""Recipients: who gets the data, told by name where the text names them."""

from collections.abc import Iterable, Sequence

from alerts.clean import clean_line
from alerts.locale import Locale
from alerts.shorten import shorten
from alerts.summary.values import values
from diffing.fact import Fact, FactName
from diffing.facts.vocabulary import names

NAME = 40
"""Longest name of a recipient told, in characters."""

TOLD = 3
"""Recipients told."""


def companies(facts: Iterable[Fact], service: str) -> list[str]:
    """Companies named as recipients, without the service itself; at most `TOLD`."""
    groups = names("recipients", "groups")
    named = [name for name in values(facts, FactName.RECIPIENT) if name not in groups]
    return [shorten(clean_line(name), NAME) for name in named if name.lower() not in service.lower()][:TOLD]


def recipients(facts: Sequence[Fact], service: str, words: Locale) -> str:
    """Recipients as a list; named companies first, since they say more than "third parties"."""
    named = companies(facts, service)
    groups = [name for name in values(facts, FactName.RECIPIENT) if name in names("recipients", "groups")]
    return words.listed([*named, *(words.recipient(group) for group in groups)][:TOLD])
