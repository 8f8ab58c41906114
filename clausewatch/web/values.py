"""Values: facts in words, each with the words of the text it was read from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from alerts import fact_words
from alerts.locale import capital
from clausewatch.web.words import Speech
from diffing.fact import Fact, FactName

QUOTES: Final = 3
"""Quotations shown of one kind of fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One kind of fact. value: in words; url: of an opt-out page; quotes: the words and the number of their passage."""

    name: str
    label: str
    value: str
    url: str
    quotes: tuple[tuple[str, int], ...]


def fact_lines(facts: Sequence[Fact], say: Speech, today: date) -> tuple[FactLine, ...]:
    """A line a kind of fact, in the order of `FactName`. today: what days left are counted from."""
    lines = []
    for name in FactName:
        mine = [fact for fact in facts if fact.name is name]
        if mine:
            values = list(dict.fromkeys(fact.value for fact in mine))
            quotes: dict[str, tuple[str, int]] = {}
            for fact in mine:
                quotes.setdefault(fact.quote.casefold(), (fact.quote, fact.passage))
            line = FactLine(
                name=name.value,
                label=say.shared.fact(name),
                value=capital(in_words(name, values, say, today)),
                url=values[0] if name is FactName.OPT_OUT_URL else "",
                quotes=tuple(quotes.values())[:QUOTES],
            )
            lines.append(line)
    return tuple(lines)


def in_words(name: FactName, values: Sequence[str], say: Speech, today: date) -> str:
    """The values of one kind of fact as a reader says them."""
    shared = say.shared
    match name:
        case FactName.EFFECTIVE_DATE | FactName.OPT_OUT_BY:
            return shared.listed(dated(value, say, today) for value in values)
        case FactName.DEFAULT:
            return shared.listed(say.maybe(f"values.default_{value}", value) for value in values)
        case FactName.RETROACTIVE:
            return say("values.retroactive")
        case FactName.OPT_OUT_PATH:
            return "; ".join(value.replace(" > ", " › ") for value in values)
        case FactName.OPT_OUT_URL:
            return values[0]
        case _:
            return fact_words.in_words(name, values, shared)


def dated(value: str, say: Speech, today: date) -> str:
    """A day, and how far off it is when it is near; what is no day stays as it is."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    days = (day - today).days
    if days < 0:
        return say.day(day)
    return f"{say.day(day)} ({say('values.today') if days == 0 else say.counted('in_days', days)})"
