"""Answers: a bare yes or no says what was asked, or what heads its column."""

from collections.abc import Callable, Iterator, Sequence

from diffing.flag import Stance
from diffing.topics.grammar import Reading
from diffing.topics.rules import MOST_CORES, Core, gives_way_out
from diffing.topics.tokens import STOPS
from diffing.topics.topic import Rule
from diffing.topics.vocabulary import Mention

TO_A_WAY_OUT = {Stance.PERMITS: Stance.LIMITS, Stance.DENIES: Stance.PERMITS}
"""What a yes or no to "may I object to it?" comes to."""


def answers(
    rule: Rule,
    reading: Reading,
    over: Sequence[Reading],
    columns: Sequence[Reading],
    speaks: Callable[[Reading], Core | None],
) -> Iterator[tuple[Mention, Stance]]:
    """The answers in a sentence or row with what they say.

    over: what may be a question above it, nearest last. columns: of a row, the headings of its cells, from the
    sentence's first on. speaks: the words by which a reading speaks of the topic by itself.
    """
    for answer in reading.of(rule.core[0])[:MOST_CORES]:
        asked = _asked(answer, reading, over, columns)
        core = speaks(asked) if asked is not None else None
        if asked is not None and core is not None and rule.stance is not None:
            yield answer, TO_A_WAY_OUT[rule.stance] if gives_way_out(core, asked) else rule.stance


def _asked(answer: Mention, reading: Reading, over: Sequence[Reading], columns: Sequence[Reading]) -> Reading | None:
    """What a word answers; None when it does not stand as an answer does."""
    before = [token.form for token in reading.tokens[: answer.first]]
    behind = reading.tokens[answer.stop : answer.stop + 1]
    if (before and before[-1] != "|") or (behind and behind[0].form not in STOPS):
        return None
    if columns:
        return next(iter(columns[before.count("|") :]), None)
    return next((each for each in reversed(over) if not before and _asks(each)), None)


def _asks(reading: Reading) -> bool:
    return bool(reading.tokens) and reading.tokens[-1].form == "?"
