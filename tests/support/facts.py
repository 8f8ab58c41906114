"""Facts read from two texts, with the flags a reader would raise given by hand."""

from datetime import date

from diffing.alignment import align
from diffing.edit import Edit
from diffing.fact import Fact, FactName
from diffing.facts import facts
from diffing.flag import Effect, Flag, Stance
from diffing.passages import passages

SEEN = date(2025, 9, 18)


def flag(edit: int, sentence: str, *, stance: Stance = Stance.PERMITS, topic: str = "ai_training") -> Flag:
    effect = Effect.INTRODUCES if stance is Stance.PERMITS else Effect.LIMITS
    return Flag(
        topic=topic,
        stance=stance,
        effect=effect,
        edit=edit,
        before=None,
        after=sentence,
        evidence=sentence,
        rule="test",
    )


def flags_on(edits: tuple[Edit, ...], *sentences: str, stance: Stance = Stance.PERMITS) -> tuple[Flag, ...]:
    """A flag for each sentence, on the edit whose new text holds it."""
    found = [
        flag(number, sentence, stance=stance)
        for sentence in sentences
        for number, edit in enumerate(edits)
        if edit.after is not None and sentence in edit.after.text
    ]
    assert len(found) == len(sentences), "a sentence to be flagged stands in no edit, or in several"
    return tuple(found)


def read(
    after: str,
    *flagged: str,
    before: str = "",
    language: str = "en",
    stance: Stance = Stance.PERMITS,
    observed_on: date = SEEN,
) -> tuple[Fact, ...]:
    """Facts of the change from `before` to `after` (Markdown), with the sentences `flagged` (plain text)."""
    new = passages(after)
    edits = align(passages(before), new)
    found = facts(edits, flags_on(edits, *flagged, stance=stance), new, language=language, observed_on=observed_on)
    for fact in found:
        assert new[fact.passage].text[fact.start : fact.end] == fact.quote
    return found


def said(sentence: str, name: FactName, *, language: str = "en", stance: Stance = Stance.PERMITS) -> list[str]:
    """Values of one name read from one flagged sentence that is new."""
    return values(read(sentence, sentence, language=language, stance=stance), name)


def values(found: tuple[Fact, ...], name: FactName) -> list[str]:
    return [fact.value for fact in found if fact.name is name]
