"""Categories of data used and left out, and people left out."""

import re
from collections.abc import Iterable, Iterator

from diffing.fact import FactName
from diffing.facts.polarity import START, Named, State, Zone, named
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import words

_OF = re.compile(r"\s(?:of|from|about|belonging to|des|de|d['’]|concernant)\b[^.;,]{0,80}+\Z")
PEOPLE_REACH = 80
"""Characters between data and the people it is of."""

PEOPLE = frozenset({"minors", "business_customers"})
"""Categories of people: told only when left out."""


def categories(text: Text, language: str, state: State = START) -> Iterator[Reading]:
    """Categories of data the text says are used or left out.

    state: in which it starts, e.g. that at the end of the sentence that opens a list. What is refused only until
    somebody consents, as soon as somebody opts out, or for some people only ("when you use a paid plan": those are left
    out), is told neither as used nor as left out.
    """
    found, _ = named(text.words, "categories", language, state)
    conditional = bool(words("cues", language, "consent").search(text.words))
    for thing in found:
        if thing.state.case and thing.state.negated and thing.label in PEOPLE:
            yield _reading(text, FactName.DATA_EXCLUDED, thing)
        if thing.state.zone is not Zone.OBJECT or _of_people(thing, found, text.words):
            continue
        if thing.state.negated and thing.state.opted_out:
            continue
        if thing.state.out and not (conditional and thing.state.negated):
            yield _reading(text, FactName.DATA_EXCLUDED, thing)
        elif not thing.state.out and thing.label not in PEOPLE:
            yield _reading(text, FactName.DATA_USED, thing)


def _of_people(thing: Named, found: Iterable[Named], text: str) -> bool:
    """Whether it is the data of people left out: "we use no data of children" leaves children out, not data."""
    return (
        thing.state.out
        and thing.label not in PEOPLE
        and any(
            other.label in PEOPLE
            and other.state.out
            and thing.end < other.start <= thing.end + PEOPLE_REACH
            and _OF.match(text, thing.end, other.start) is not None
            for other in found
        )
    )


def settled(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Drops what one text says both of: a category it uses in one place and leaves out in another is left out in part
    only, and no short word can tell that."""
    kept = list(readings)
    used = {reading.value for reading in kept if reading.name is FactName.DATA_USED}
    out = {reading.value for reading in kept if reading.name is FactName.DATA_EXCLUDED}
    return (reading for reading in kept if reading.value not in used & out)


def _reading(text: Text, name: FactName, thing: Named) -> Reading:
    return text.reading(name, thing.label, thing.start, thing.end)
