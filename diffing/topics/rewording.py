"""Rewording: what changed between two wordings of one sentence, near the words a statement stands on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

REACH = 40
"""Words on either side of a statement within which a changed word may alter it. Range tried: 10 to unlimited."""

STEM = 5
"""Letters by which two words count as forms of one: "train" and "training"."""

LARGEST = 25_000_000
"""Words before times words after up to which it is looked up what changed, 5,000 each; larger texts changed whole."""

SHORT = 4
"""Most words of a name."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of words that went and the run that took its place; one of them may be empty.

    lost, won: how many words of substance went and came. before_at, after_at: where the runs begin.
    """

    gone: Words
    came: Words
    lost: int
    won: int
    before_at: int
    after_at: int


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
) -> tuple[Block, ...]:
    """Compare two wordings: the blocks of substance, in order; none when nothing of substance changed.

    near_before, near_after: the statement's words on either side; a change farther than REACH from both is no change
    to the statement. light: words without substance. renames: runs of words replaced alike throughout the change. A
    word that went in one place and came in another has moved and counts on neither side; nor do words that only lost or
    got a space between them.
    """
    found = [
        block
        for block in _blocks(before, after)
        if not (_far(block[0], block[1], near_before) and _far(block[2], block[3], near_after))
        and (before[block[0] : block[1]], after[block[2] : block[3]]) not in renames
        and "".join(before[block[0] : block[1]]) != "".join(after[block[2] : block[3]])
    ]
    gone = _stems(word for a0, a1, _, _ in found for word in before[a0:a1])
    came = _stems(word for _, _, b0, b1 in found for word in after[b0:b1])
    out = []
    for a0, a1, b0, b1 in found:
        lost = _heavy(before[a0:a1], light, but=came)
        won = _heavy(after[b0:b1], light, but=gone)
        if lost or won:
            out.append(Block(before[a0:a1], after[b0:b1], lost, won, a0, b0))
    return tuple(out)


def replacements(before: Words, after: Words) -> Iterator[tuple[Words, Words]]:
    """Short runs of words that another short run took the place of."""
    for a0, a1, b0, b1 in _blocks(before, after):
        if 0 < a1 - a0 <= SHORT and 0 < b1 - b0 <= SHORT:
            yield before[a0:a1], after[b0:b1]


def _blocks(before: Words, after: Words) -> Iterable[tuple[int, int, int, int]]:
    """Changed runs as (start, stop) in `before` and (start, stop) in `after`; a deletion beside an insertion is one."""
    a = b = 0
    a0 = b0 = 0
    if len(before) * len(after) > LARGEST:
        yield 0, len(before), 0, len(after)
        return
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


def _stems(words: Iterable[str]) -> Counter[str]:
    return Counter(map(stem, words))


def _heavy(words: Iterable[str], light: frozenset[str], *, but: Counter[str]) -> int:
    """Words of substance among these; one that also stands in `but` is used up there."""
    count = 0
    for word in words:
        if word in light or word.isdigit():
            continue
        if but[stem(word)] > 0:
            but[stem(word)] -= 1
        else:
            count += 1
    return count
