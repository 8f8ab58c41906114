"""Evaluation: how often flags agree with what readers found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diffing.alignment import align
from diffing.flag import Effect, Flag
from diffing.flags import flags
from diffing.gate import suspicion
from diffing.language import language_of
from diffing.passages import passages
from diffing.topics import Topic

CLEARLY = 2
"""How many times one effect must outnumber those against it to stand for the change. Range tried: 1 to 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of one pair of texts on one topic. effect: None without an alert, or when not known."""

    alert: bool
    effect: Effect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of agreement, and of right effects among the true positives that have one."""

    tp: int
    fp: int
    fn: int
    tn: int
    effects_right: int
    effects: int

    @property
    def precision(self) -> float:
        """Share of alerts that are right; 0 without an alert."""
        return self.tp / (self.tp + self.fp) if self.tp else 0.0

    @property
    def recall(self) -> float:
        """Share of what should alert that does; 0 when nothing should."""
        return self.tp / (self.tp + self.fn) if self.tp else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0

    @property
    def effect_accuracy(self) -> float:
        """Share of the true positives whose effect is right; 0 without any."""
        return self.effects_right / self.effects if self.effects else 0.0


def score(pairs: Iterable[tuple[Verdict, Verdict]]) -> Score:
    """Count (expected, found) verdicts.

    >>> yes, no = Verdict(alert=True, effect=Effect.LIMITS), Verdict(alert=False, effect=None)
    >>> score([(yes, yes), (no, yes)]).precision
    0.5
    """
    counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    right = effects = 0
    for expected, found in pairs:
        counts[expected.alert, found.alert] += 1
        if expected.alert and found.alert and expected.effect is not None:
            effects += 1
            right += expected.effect is found.effect
    return Score(
        tp=counts[True, True],
        fn=counts[True, False],
        fp=counts[False, True],
        tn=counts[False, False],
        effects_right=right,
        effects=effects,
    )


def verdict(found: Sequence[Flag], topic: str) -> Verdict:
    """What the flags of a change say of a topic as a whole."""
    effects = [flag.effect for flag in found if flag.topic == topic]
    return Verdict(alert=bool(effects), effect=overall(effects) if effects else None)


def overall(effects: Sequence[Effect]) -> Effect:
    """One effect for several, by what happens to people on balance; at least one must be given.

    A new permission outweighs the ways out that come with it, its own old wording, and the promise it takes the place
    of. Where a promise goes and protection comes too, or among permissions that go and change, a section was rewritten.
    A promise that goes with the permission it limited is the permission withdrawn.
    """
    count = Counter(effects)
    introduced, withdrawn = count[Effect.INTRODUCES], count[Effect.WITHDRAWS]
    dropped, limited, reworded = count[Effect.DROPS_PROTECTION], count[Effect.LIMITS], count[Effect.REWORDS]
    if introduced and introduced >= dropped and not withdrawn + limited + reworded:
        return Effect.INTRODUCES
    against = introduced + limited + withdrawn
    if dropped and dropped >= max(CLEARLY * introduced, CLEARLY * limited, against, reworded):
        return Effect.DROPS_PROTECTION
    if withdrawn and withdrawn >= CLEARLY * introduced and not dropped + limited + reworded:
        return Effect.WITHDRAWS
    if introduced:
        rewritten = dropped or (withdrawn and reworded)
        return Effect.REWORDS if rewritten else Effect.INTRODUCES
    if withdrawn > reworded and withdrawn >= limited + dropped + reworded:
        return Effect.WITHDRAWS
    return Effect.LIMITS if limited > CLEARLY * (dropped + reworded) else Effect.REWORDS


def compare(before: str, after: str, topics: Sequence[Topic], *, service: str) -> tuple[Flag, ...]:
    """The flags between two texts, as the program raises them: a text the gate would hold back raises none."""
    language_before, language_after = language_of(before), language_of(after)
    if suspicion(before, after, language_before=language_before, language_after=language_after) is not None:
        return ()
    old, new = passages(before), passages(after)
    language = language_after or language_before
    return flags(align(old, new), topics, language=language, service=service, before=old, after=new)
