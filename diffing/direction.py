"""Direction: whether a reworded statement lets the publisher do more or less than before."""

from collections.abc import Sequence

from diffing.flag import Effect, Stance
from diffing.topics.grammar import Grammar
from diffing.topics.rewording import Block, Words
from diffing.topics.tokens import tokens

CLEARLY = 2
"""How many times more words must come than go, or go than come, for a block or a sentence to have a direction."""

FEW = 8
"""Most words of substance in a block whose narrowing word decides: "certain" in a long new list of data does not."""

HEDGES = ("opt_out", "exception", "if_person", "negation", "consent")
"""Classes that narrow a permission when they come and widen it when they go."""

CONDITIONS = ("exception", "if_person")
"""Classes that narrow a promise or a way out when they come and widen it when they go."""

PROTECTIONS = ("opt_out", "consent", "negation")
"""Classes whose loss takes a protection away."""

QUALIFIER = 2
"""Most words that qualify another."""

FIRM = 4
"""What a hedge that comes or goes weighs, in words of substance."""


def direction(
    blocks: Sequence[Block], before: Words, after: Words, *, old: Stance, new: Stance, grammar: Grammar
) -> Effect:
    """The effect of a sentence that said one thing about a topic and now says another.

    blocks: what of it changed in substance; at least one. before, after: its words on either side.
    """
    if (old is Stance.PERMITS) != (new is Stance.PERMITS):
        return Effect.INTRODUCES if new is Stance.PERMITS else Effect.LIMITS
    if old is not new:
        return Effect.LIMITS if new is Stance.DENIES else Effect.DROPS_PROTECTION
    was, now = _Zones(before, grammar), _Zones(after, grammar)
    if was.asks != now.asks and was.lets_out != now.lets_out and was.asks != was.lets_out:
        return Effect.LIMITS if now.asks else Effect.INTRODUCES
    scale = _Scale(grammar, new, was, now)
    leans = [scale.lean(block) for block in blocks]
    more, less = sum(lean for lean in leans if lean > 0), -sum(lean for lean in leans if lean < 0)
    if more > CLEARLY * less:
        return Effect.DROPS_PROTECTION if any(map(scale.loosens, blocks)) else Effect.INTRODUCES
    return Effect.LIMITS if less > CLEARLY * more else Effect.REWORDS


class _Zones:
    """Where the exceptions of a sentence and its ways out begin, in words; past its end when it has none.

    words: the sentence. asks: whether it speaks of a consent. lets_out: whether of a way out.
    """

    def __init__(self, words: Words, grammar: Grammar) -> None:
        found = grammar.vocabulary.mentions(tokens(" ".join(words)))
        none = len(words) + 1
        self.words = words
        self.asks, self.lets_out = bool(found.get("consent")), bool(found.get("opt_out"))
        self.exception = next((at for at, word in enumerate(words) if word in grammar.excepting), none)
        self.way_out = min((mention.stop for mention in found.get("opt_out") or ()), default=none)


class _Scale:
    """Weighs blocks: above zero the publisher may do more, below it less."""

    def __init__(self, grammar: Grammar, stance: Stance, before: _Zones, after: _Zones) -> None:
        self._grammar, self._stance, self._before, self._after = grammar, stance, before, after

    def lean(self, block: Block) -> int:
        weight = max(block.won, block.lost)
        if not block.lost and self._has(block.came[:2], ("example",)):
            return 0
        if self.conditional(block):
            return weight
        return self._permission(block, weight) if self._stance is Stance.PERMITS else self._promise(block, weight)

    def _permission(self, block: Block, weight: int) -> int:
        came, gone = self._hedged(block.came), self._hedged(block.gone)
        if came != gone:
            return -max(weight, FIRM) if came else max(weight, FIRM)
        narrows = self._narrows(block)
        if narrows and weight <= FEW:
            return -weight * narrows
        grown = _growth(block) * weight
        return -grown if self._excepted(block) else grown

    def _promise(self, block: Block, weight: int) -> int:
        narrows = self._narrows(block) if self._stance is Stance.LIMITS else 0
        if narrows and weight <= FEW:
            return weight * narrows
        conditions = self._has(block.came, CONDITIONS) - self._has(block.gone, CONDITIONS)
        if conditions:
            return weight * conditions
        grown = _growth(block) * weight
        qualified = self._stance is Stance.DENIES and self._qualifies(block)
        return grown if qualified or self._excepted(block) else -grown

    def loosens(self, block: Block) -> bool:
        """Whether the block takes a protection away rather than adding data, people or purposes."""
        if self._stance is not Stance.PERMITS:
            return not self._excepted(block)
        goes = self._has(block.gone, PROTECTIONS) and not self._has(block.came, PROTECTIONS)
        return goes or self.conditional(block)

    def conditional(self, block: Block) -> bool:
        """Whether a condition comes behind a way out: "opt out, when available"."""
        behind = block.before_at >= self._before.way_out and block.after_at >= self._after.way_out
        return behind and not block.lost and self._has(block.came[:1], ("condition",))

    def _excepted(self, block: Block) -> bool:
        return block.before_at > self._before.exception and block.after_at > self._after.exception

    def _narrows(self, block: Block) -> int:
        """1 when a narrowing word comes, -1 when one goes, 0 otherwise."""
        return self._has(block.came, ("narrowing",)) - self._has(block.gone, ("narrowing",))

    def _qualifies(self, block: Block) -> bool:
        """Whether a word or two only tell which of it: "your private posts"; an enumeration or a clause is more."""
        words, at, of = (
            (block.came, block.after_at, self._after.words)
            if not block.gone
            else (block.gone, block.before_at, self._before.words)
        )
        around = {*of[max(0, at - 1) : at], *words, *of[at + len(words) : at + len(words) + 1]}
        pure = not block.gone or not block.came
        return pure and len(words) <= QUALIFIER and around.isdisjoint(self._grammar.joining)

    def _hedged(self, words: Words) -> bool:
        return self._has(words, HEDGES)

    def _has(self, words: Words, names: Sequence[str]) -> bool:
        found = self._grammar.vocabulary.mentions(tokens(" ".join(words)))
        return any(found.get(name) for name in names)


def _growth(block: Block) -> int:
    """1 when words come, -1 when words go, 0 when about as many take their place, or one takes that of a light one."""
    if block.gone and block.came and block.won + block.lost == 1:
        return 0
    return 1 if block.won > CLEARLY * block.lost else -1 if block.lost > CLEARLY * block.won else 0
