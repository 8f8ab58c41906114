"""Alignment: which passage of the old version became which passage of the new one."""

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import Indel, LCSseq

from diffing.edit import Edit, EditKind
from diffing.passage import Passage
from diffing.words import word_edits

LIKENESS = 0.5
"""Least share of words kept for a passage to count as reworded."""


def align(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Edit, ...]:
    """Pair each passage of `old` with the one that took its place in `new`.

    Every passage is in exactly one edit or unchanged; edits follow `new`, removed ones stand where they last stood.
    Likeness is the share of words kept, 0 to 1. Same input, same output: there is no time limit.
    """
    start = 0
    while start < min(len(old), len(new)) and old[start].text == new[start].text:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end].text == new[-1 - end].text:
        end += 1
    olds, news = range(start, len(old) - end), range(start, len(new) - end)
    return _edits(old, new, olds, news, _pairs(old, new, olds, news))


def _pairs(old: Sequence[Passage], new: Sequence[Passage], olds: range, news: range) -> dict[int, tuple[int, bool]]:
    """New index -> (old index, whether it moved)."""
    pairs: dict[int, tuple[int, bool]] = {}
    taken: set[int] = set()
    ids: dict[str, int] = {}
    a = [ids.setdefault(old[i].text, len(ids)) for i in olds]
    b = [ids.setdefault(new[j].text, len(ids)) for j in news]
    gaps, src, dest = [], 0, 0
    for block in [*LCSseq.opcodes(a, b), None]:
        if block is not None and block.tag != "equal":
            continue
        gaps.append((src, block.src_start if block else len(a), dest, block.dest_start if block else len(b)))
        if block is not None:
            for k in range(block.src_end - block.src_start):
                pairs[news[block.dest_start + k]] = (olds[block.src_start + k], False)
                taken.add(olds[block.src_start + k])
            src, dest = block.src_end, block.dest_end
    left: dict[str, list[int]] = defaultdict(list)
    for i in olds:
        if i not in taken:
            left[old[i].text].append(i)
    for j in news:
        if j not in pairs and left.get(new[j].text):
            i = left[new[j].text].pop(0)
            pairs[j] = (i, True)
            taken.add(i)
    for a0, a1, b0, b1 in gaps:
        low = a0
        for j in news[b0:b1]:
            if j in pairs:
                continue
            scored = [(_likeness(old[i], new[j]), -i) for i in olds[low:a1] if i not in taken]
            if scored and max(scored)[0] >= LIKENESS:
                i = -max(scored)[1]
                pairs[j] = (i, False)
                taken.add(i)
                low = i - olds.start + 1
    return pairs


def _likeness(before: Passage, after: Passage) -> float:
    return Indel.normalized_similarity(before.text.split(), after.text.split())


def _edits(
    old: Sequence[Passage], new: Sequence[Passage], olds: range, news: range, pairs: dict[int, tuple[int, bool]]
) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    taken = {i for i, _ in pairs.values()}
    at = olds.start
    for j in news:
        if j not in pairs:
            edits.append(Edit(kind=EditKind.ADDED, before=None, after=new[j], before_index=None, after_index=j))
            continue
        i, moved = pairs[j]
        if not moved:
            edits.extend(_removed(old, k) for k in range(at, i) if k not in taken)
            at = max(at, i + 1)
        before, after = old[i], new[j]
        if before.text != after.text:
            edits.append(
                Edit(
                    kind=EditKind.REWORDED,
                    before=before,
                    after=after,
                    before_index=i,
                    after_index=j,
                    words=word_edits(before.text, after.text),
                )
            )
        elif moved:
            edits.append(Edit(kind=EditKind.MOVED, before=before, after=after, before_index=i, after_index=j))
    edits.extend(_removed(old, k) for k in range(at, olds.stop) if k not in taken)
    return tuple(edits)


def _removed(old: Sequence[Passage], index: int) -> Edit:
    return Edit(kind=EditKind.REMOVED, before=old[index], after=None, before_index=index, after_index=None)
