"""Rules: from a read sentence to the statements it makes."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diffing.flag import Stance
from diffing.topics.grammar import Reading
from diffing.topics.tokens import STOPS
from diffing.topics.topic import Rule
from diffing.topics.vocabulary import Mention

HARD_STOPS = frozenset("!?|")
"""Stops no core reaches across."""

SENTENCE_STOPS = frozenset("!?")
"""The same for a rule that may reach from cell to cell."""

MARGIN = 3
"""Words beside the core in which a word of `without` still counts. Range tried: 0 to 8."""


LONGEST = 8
"""Words of the longest phrase reckoned with."""

CONDITION = 8
"""Words before a way out in which an "unless" or "if" makes it a condition: "unless you opt out"."""

SCOPE = 100
"""Words a negation reaches over, within its clause; lists after a colon are long. Range tried: 15 to 100."""

NEXT = 4
"""Words between a way out and what it is a way out of, at most: "turn off model training"."""

WISH = 3
"""Words before a way out in which a wish makes it one after all: "if you would like to opt out, write to us"."""

FIRM = ";|?!,("
"""Stops that end the clause a negation behind its verb is looked for in."""

HEDGES = ("consent", "exception", "if_person")
"""Classes that make a denial a limit."""

OPENS_CLAUSE = STOPS | {"and", "but", "et", "mais", "und", "aber", "y", "pero", "e", "ma", "mas", "en", "maar"}
"""What may stand before the subject of a new clause."""

REFUSALS = frozenset({"not", "ne", "nicht", "no", "non", "niet", "nao"})
"""What a way out begins with when people say no: "if you do not want us to"."""

SOURCES = frozenset(
    {"on", "upon", "with", "using", "from", "by", "avec", "sur", "de", "par", "mit", "aus", "con", "da", "met"}
)
"""What stands before that with which something is done."""

_DONE = """
use used using utilise utilises utilisees servent verwendet genutzt benutzt zum zur utilizan usan emplean utilizados
usados utilizadas usadas utilizzati usati utilizzate usate vengono gebruikt worden
"""
DONE = frozenset(_DONE.split())
"""After a relative clause's negation: "data that is not used to train" is a denial, "that is not public" none."""

MOST_CORES = 50
"""Statements looked for in one sentence at most, so that a text of one repeated word costs no more than its length."""


@dataclass(frozen=True, slots=True)
class Core:
    """Two word classes found near each other; first and stop: its tokens, stop excluded."""

    first: int
    stop: int
    action: Mention
    object: Mention


def cores(rule: Rule, reading: Reading) -> Iterator[Core]:
    """Each word of the first core class with the nearest fitting word of the second; at most MOST_CORES."""
    if len(rule.core) == 1:
        for mention in reading.of(rule.core[0])[:MOST_CORES]:
            if not any(_any_in(reading.of(n), mention.first - MARGIN, mention.stop + MARGIN) for n in rule.without):
                yield Core(mention.first, mention.stop, mention, mention)
        return
    objects = reading.of(rule.core[1])
    for action in reading.of(rule.core[0])[:MOST_CORES]:
        best: Core | None = None
        for thing in _within(objects, action.first - rule.reach - LONGEST, action.stop + rule.reach + 1):
            core = _core(rule, reading, action, thing)
            if core is not None and (best is None or core.stop - core.first < best.stop - best.first):
                best = core
        if best is not None:
            yield best


def _core(rule: Rule, reading: Reading, action: Mention, thing: Mention) -> Core | None:
    if action.first < thing.stop and thing.first < action.stop:
        return None
    backwards = thing.first < action.first
    left, right = (thing, action) if backwards else (action, thing)
    gap = right.first - left.stop
    if gap > rule.reach or (rule.forward and backwards):
        return None
    stops = SENTENCE_STOPS if rule.cells else HARD_STOPS
    if any(reading.tokens[k].form in stops for k in range(left.stop, right.first)):
        return None
    if any(_any_in(reading.of(name), left.stop, right.first) for name in rule.between_not):
        return None
    if rule.through and not any(_any_in(reading.of(name), left.stop, right.first) for name in rule.through):
        return None
    core = Core(left.first, right.stop, action, thing)
    if any(_any_in(reading.of(name), core.first - MARGIN, core.stop + MARGIN) for name in rule.without):
        return None
    return core


def _within(mentions: Sequence[Mention], first: int, stop: int) -> Sequence[Mention]:
    """Mentions that begin in the range; they stand in order."""
    return mentions[bisect_left(mentions, first, key=_first) : bisect_left(mentions, stop, key=_first)]


def _first(mention: Mention) -> int:
    return mention.first


def _any_in(mentions: Sequence[Mention], first: int, stop: int) -> bool:
    return any(first < mention.stop for mention in _within(mentions, first - LONGEST, stop))


def stance(core: Core, sentence: Reading, above: Sequence[Reading]) -> Stance | None:
    """What the sentence says about the core; None when it is about what people may or may not do.

    above: what the passage hangs from and the headings over it, nearest last.
    """
    if _bound(core, sentence, above):
        return None
    if _way_out(core, sentence):
        return Stance.LIMITS
    if _denied(core, sentence, above):
        return Stance.LIMITS if any(map(sentence.of, HEDGES)) else Stance.DENIES
    if sentence.of("exclusive") and sentence.of("consent"):
        return Stance.LIMITS
    if _any_in(sentence.of("beforehand"), core.first - NEXT, core.first):
        return Stance.LIMITS
    return Stance.PERMITS


def _bound(core: Core, sentence: Reading, above: Sequence[Reading]) -> bool:
    """Whether the one who acts is a person or firm bound by the text, not the publisher."""
    theirs = bool(sentence.of("yours"))
    if sentence.of("reserved") and not theirs:
        return True
    acts = [
        mention
        for mention in sentence.of("person_acts")[:MOST_CORES]
        if not _aside(sentence, mention) and not _supposed(sentence, mention, core)
    ]
    close = _any_in(acts, core.action.first - 3, core.action.first)
    between = _any_in(acts, core.first, core.stop)
    if (close or between) and not sentence.of("opt_out"):
        return True
    if sentence.of("grant"):
        return False
    if _acting(core, sentence):
        return False
    way_out = _way_out(core, sentence)
    if _banned(core, sentence, above, spared=theirs or way_out):
        return True
    if _before(acts, core) and not sentence.of("opt_out"):
        return True
    return _bound_above(above, spared=way_out)


def _banned(core: Core, sentence: Reading, above: Sequence[Reading], *, spared: bool) -> bool:
    """Whether the sentence forbids it to people. spared: whether a ban that names nobody is none of theirs."""
    if sentence.of("restriction"):
        return not _ours(core, sentence)
    granted = any(reading.of("grant") for reading in above[-1:])
    return bool(sentence.of("soft_restriction")) and not spared and not granted and not _vendor(sentence)


def _ours(core: Core, sentence: Reading) -> bool:
    """Whether what is worked on is the publisher's, "train and improve our models", which nobody else is asked to do;
    not what it is done with, "on our content"."""
    return any(
        sentence.tokens[mention.first - 1].form not in SOURCES
        for mention in _within(sentence.of("ours"), core.action.stop, core.object.first + 1)
    )


def _bound_above(above: Sequence[Reading], *, spared: bool) -> bool:
    """Whether a stem or heading is about what people may or may not do. spared: a way out is for them to take."""
    for reading in reversed(above):
        if reading.of("restriction") or (reading.of("soft_restriction") and reading.of("person")):
            return True
        if reading.of("publisher") or reading.of("grant"):
            return False
        if reading.of("person_acts"):
            return not spared
    return False


def _acting(core: Core, sentence: Reading) -> bool:
    """Whether the publisher is named before the core, not only inside a ban: "do not use what we publish to train"."""
    bans = sentence.of("restriction")
    ban = bans[0].first if bans else len(sentence.tokens)
    for mention in sentence.of("publisher")[:MOST_CORES]:
        if mention.first > core.action.first:
            break
        opens = mention.first == 0 or sentence.tokens[mention.first - 1].form in OPENS_CLAUSE
        if mention.first < ban or opens:
            return True
    return False


def _aside(sentence: Reading, mention: Mention) -> bool:
    """Whether "you use" only says which data or when: "how you use it", "data about you may be used"."""
    return _any_in(sentence.of("aside"), mention.first - 1, mention.first)


def _supposed(sentence: Reading, mention: Mention, core: Core) -> bool:
    """Whether "you use" opens a condition that ends before the core: "if you use the app, we train our models"."""
    if not _any_in(sentence.of("if_person"), mention.first - 1, mention.first):
        return False
    commas = (at for at in range(mention.stop, core.action.first) if sentence.tokens[at].form in ",:")
    end = next(commas, core.stop)
    return any(_any_in(sentence.of(name), end, core.stop) for name in ("publisher", "ours", "yours"))


def _vendor(sentence: Reading) -> bool:
    """Whether the ban binds the publisher's own suppliers: "our vendors", not "we", are named right behind it."""
    return any(
        other.stop - other.first > 1 and not _any_in(sentence.of("exception"), ban.stop, other.first)
        for ban in sentence.of("soft_restriction")[:MOST_CORES]
        for other in _within(sentence.of("publisher"), ban.stop, ban.stop + NEXT)
    )


def _before(mentions: Sequence[Mention], core: Core) -> bool:
    return bool(mentions) and mentions[0].first <= core.action.first


def gives_way_out(core: Core, sentence: Reading) -> bool:
    """Whether a question or heading is about a way out: "can I object to it?"."""
    return _way_out(core, sentence)


def _way_out(core: Core, sentence: Reading) -> bool:
    """Whether the sentence gives people a way out rather than saying that something is done."""
    for way in sentence.of("opt_out")[:MOST_CORES]:
        if sentence.tokens[way.first].form in REFUSALS:
            return True
        conditional = not _any_in(sentence.of("wish"), way.first - WISH, way.first) and any(
            _any_in(sentence.of(name), way.first - CONDITION, way.first) for name in ("exception", "if_person")
        )
        if conditional and 0 <= core.first - way.stop < NEXT and not _parted(sentence, way.stop, core.first):
            return True
        if not conditional and (way.first <= core.action.first or way.first - core.stop < NEXT):
            return True
    return False


def _denied(core: Core, sentence: Reading, above: Sequence[Reading]) -> bool:
    for negation in _within(sentence.of("negation"), core.action.first - SCOPE, core.action.first + 1):
        if not _cut(sentence, negation.stop, core.first) and not _undone(sentence, negation):
            return True
    for negation in _within(sentence.of("negation_after"), core.action.stop, core.stop + SCOPE):
        if not _cut(sentence, core.action.stop, negation.first, FIRM) and not _undone(sentence, negation):
            return True
    return any(_denying(reading) for reading in above[-1:])


def _cut(sentence: Reading, first: int, stop: int, stops: str = ";|?!") -> bool:
    """Whether a clause ends between a negation and the core; after a colon, ";" only parts the items of a list."""
    between = [token.form for token in sentence.tokens[first : max(first, stop)]]
    listed = between.index(":") if ":" in between else len(between)
    if any(form in stops and (form != ";" or place < listed) for place, form in enumerate(between)):
        return True
    return _any_in(sentence.of("contrast"), first, stop) or _any_in(sentence.of("subject"), first, stop)


def _parted(sentence: Reading, first: int, stop: int) -> bool:
    """Whether a stop or a new subject stands between two places."""
    if any(token.form in STOPS for token in sentence.tokens[first:stop]):
        return True
    return _any_in(sentence.of("subject"), first, stop)


def _undone(sentence: Reading, negation: Mention) -> bool:
    if _any_in(sentence.of("affirmed"), negation.first, negation.stop):
        return True
    described = _any_in(sentence.of("relative"), negation.first - 1, negation.stop)
    if described and not any(token.form in DONE for token in sentence.tokens[negation.stop : negation.stop + 2]):
        return True
    if _any_in(sentence.of("opt_out"), negation.first, negation.stop + 3):
        return True
    return any(
        not _parted(sentence, condition.stop, negation.first)
        for condition in _within(sentence.of("if_person"), negation.first - CONDITION, negation.first)
    )


def _denying(reading: Reading) -> bool:
    """Whether a stem such as "We do not:" denies what hangs from it."""
    return bool(reading.tokens) and bool(reading.of("negation")) and bool(reading.of("publisher"))
