"""Rewording: what changed between two wordings of one sentence, near the words a statement stands on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

REACH = 40
"""Words on either side of a statement within which a changed word may alter it. Range tried: 10 to unlimited."""

STEM = 5
"""Letters by which two words count as forms of one: "train" and "training"."""

SHORT = 4
"""Most words of a name."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words with substance that went and that came, as stems with their numbers; both empty: nothing of substance.

    excepted: all of it stands after an "except" or "unless", so that more words mean more exceptions.
    """

    gone: Counter[str]
    came: Counter[str]
    gone_words: Words
    came_words: Words
    excepted: bool

    def __bool__(self) -> bool:
        return bool(self.gone or self.came)


def stem(word: str) -> str:
    """A crude stem: forms of one word share it.

    >>> stem("trains"), stem("training"), stem("users")
    ('train', 'train', 'user')
    """
    return word.rstrip("s")[:STEM] if len(word) > 3 else word


def rewording(
    before: Words,
    after: Words,
    *,
    near_before: range,
    near_after: range,
    light: frozenset[str],
    renames: frozenset[tuple[Words, Words]],
    excepting: frozenset[str],
) -> Rewording:
    """Compare two wordings.

    near_before, near_after: the statement's words on either side; a change farther than REACH from both is no change
    to the statement. light: words without substance. renames: runs of words replaced alike throughout the change.
    excepting: words that open an exception.
    """
    gone: list[str] = []
    came: list[str] = []
    excepted = True
    for block in _blocks(before, after):
        a0, a1, b0, b1 = block
        if _far(a0, a1, near_before) and _far(b0, b1, near_after):
            continue
        if (before[a0:a1], after[b0:b1]) in renames:
            continue
        excepted = excepted and not excepting.isdisjoint(before[:a0]) and not excepting.isdisjoint(after[:b0])
        gone.extend(before[a0:a1])
        came.extend(after[b0:b1])
    lost, won = _heavy(gone, light) - _stems(came), _heavy(came, light) - _stems(gone)
    return Rewording(lost, won, tuple(gone), tuple(came), excepted)


def replacements(before: Words, after: Words) -> Iterator[tuple[Words, Words]]:
    """Short runs of words that another short run took the place of."""
    for a0, a1, b0, b1 in _blocks(before, after):
        if 0 < a1 - a0 <= SHORT and 0 < b1 - b0 <= SHORT:
            yield before[a0:a1], after[b0:b1]


def _blocks(before: Words, after: Words) -> Iterable[tuple[int, int, int, int]]:
    """Changed runs as (start, stop) in `before` and (start, stop) in `after`; a deletion beside an insertion is one."""
    a = b = 0
    a0 = b0 = 0
    for op in Indel.opcodes(before, after):
        if op.tag == "equal":
            if a > a0 or b > b0:
                yield a0, a, b0, b
            a0, b0 = op.src_end, op.dest_end
        a, b = op.src_end, op.dest_end
    if a > a0 or b > b0:
        yield a0, a, b0, b


def _far(start: int, stop: int, near: range) -> bool:
    return start == stop or stop < near.start - REACH or start > near.stop + REACH


def _stems(words: Sequence[str]) -> Counter[str]:
    return Counter(map(stem, words))


def _heavy(words: Sequence[str], light: frozenset[str]) -> Counter[str]:
    return Counter(stem(word) for word in words if word not in light and not word.isdigit())
