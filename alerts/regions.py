"""Regions: whether people of one place are meant where another is named. Pure."""

from collections.abc import Iterable
from typing import Final

EU: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
"""Members of the European Union since 2020, ISO 3166-1."""
MEMBERS: Final = {"EU": EU, "EEA": EU | {"IS", "LI", "NO", "EU"}}
"""What a group of countries takes in."""


def concerns(named: Iterable[str], wanted: Iterable[str]) -> bool:
    """Tell whether a text that names regions concerns people who live in one of the `wanted`.

    A text that names none, or the world, concerns everybody. Codes are those of `FactName.REGION`, in any case.

    >>> concerns(["EEA"], ["FR"]), concerns(["FR"], ["EU"]), concerns(["US-CA"], ["us"]), concerns(["US"], ["CA"])
    (True, True, True, False)
    """
    places = {name.upper() for name in named}
    return not places or "WORLDWIDE" in places or any(_overlap(a, b.upper()) for a in places for b in wanted)


def _overlap(one: str, other: str) -> bool:
    return one == other or _within(one, other) or _within(other, one)


def _within(part: str, whole: str) -> bool:
    return part in MEMBERS.get(whole, ()) or part.startswith(f"{whole}-")
