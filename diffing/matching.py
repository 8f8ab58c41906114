"""Matching: which text of one side is which of the other, by identity first, then by likeness."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from rapidfuzz.distance import LCSseq

from diffing.chain import Pair, heaviest_chain
from diffing.ends import equal_ends
from diffing.likeness import Likeness
from diffing.normalise import skeleton
from diffing.regrouping import Group, Side, regrouped

LARGEST_LCS = 25_000_000
"""Cells (old times new) of a gap up to which the longest common sequence is exact: about 10 ms and 3 MB."""

MOVED_LIKE = 0.7
"""Least likeness of a text that moved and was reworded."""

MOVED_WORDS = 6
"""Fewest words of such a text: short ones are alike by chance."""


def _itself(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Pairs of places (old, new).

    start, end: how many texts at the start are the same on both sides, and of the rest at the end.
    between: the pairs in order between those, rising strictly on both sides. moved: the others, by new place.
    reworded: those in order whose texts differ.
    groups: several texts that stand for one, or one for several, by place; the first of each is a pair in order.
    """

    start: int
    between: tuple[tuple[int, int], ...]
    end: int
    moved: tuple[tuple[int, int], ...]
    reworded: frozenset[tuple[int, int]]
    groups: tuple[Group, ...] = ()


def match(
    old: Sequence[str], new: Sequence[str], text: Callable[[str], str] = _itself, *, regroup: bool = False
) -> Matching:
    """Pair texts: equal ones first, then those with the same words, then those alike; in order, then moved.

    text: gives what is compared, where the strings are not it but Markdown; equal strings are paired unread.
    regroup: find texts that were cut into several or joined from several, too.
    No place is in two pairs. Swapping the sides swaps the places in each pair, and the same input gives the same
    pairs; work is bounded by about n log n beyond the comparison of alike texts, of which each has few candidates.
    """
    start, end = equal_ends(old, new)
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if (len(a), *a) <= (len(b), *b):
        matcher = _Matcher(a, b, text)
        inner, moved = matcher.run(regroup=regroup)
        groups = matcher.groups
    else:
        matcher = _Matcher(b, a, text)
        inner, moved = ([(j, i) for i, j in pairs] for pairs in matcher.run(regroup=regroup))
        groups = [Group(new, new_stop, old, old_stop) for old, old_stop, new, new_stop in matcher.groups]
    between = tuple((i + start, j + start) for i, j in inner)
    return Matching(
        start=start,
        between=between,
        end=end,
        moved=tuple(sorted(((i + start, j + start) for i, j in moved), key=lambda pair: pair[1])),
        reworded=frozenset((i, j) for i, j in between if old[i] != new[j] and text(old[i]) != text(new[j])),
        groups=tuple(Group(g.old + start, g.old_stop + start, g.new + start, g.new_stop + start) for g in groups),
    )


class _Matcher:
    """The pairs found so far, and the gaps between those in order."""

    def __init__(self, old: Sequence[str], new: Sequence[str], text: Callable[[str], str]) -> None:
        self._old, self._new, self._text = old, new, text
        self._in_order: list[Pair] = []
        self._moved: list[Pair] = []
        self._free_old = dict.fromkeys(range(len(old)))
        self._free_new = dict.fromkeys(range(len(new)))
        self.groups: list[Group] = []

    def run(self, *, regroup: bool) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        if self._old and self._new:
            self._anchor(unique_pairs(self._old, self._new))
            for key in (self._text, self._words):
                olds = {at: key(self._old[at]) for at in self._free_old}
                news = {at: key(self._new[at]) for at in self._free_new}
                self._fill(partial(_common, olds, news))
                self._move(self._elsewhere(olds, news))
            likeness = Likeness(self._old, self._new, self._text)
            alike = self._fill(likeness.pairs)
            if regroup:
                self._regroup(alike, likeness)
            self._move(self._alike_elsewhere(likeness))
        return [pair[:2] for pair in self._in_order], [pair[:2] for pair in self._moved]

    def _words(self, text: str) -> str:
        return skeleton(self._text(text))

    def _anchor(self, pairs: Iterable[Pair]) -> None:
        chain = heaviest_chain(pairs)
        self._in_order = sorted(self._in_order + chain)
        self._take(chain)

    def _take(self, pairs: Iterable[Pair]) -> None:
        for pair in pairs:
            del self._free_old[pair.old], self._free_new[pair.new]

    def _fill(self, find: Callable[[Sequence[int], Sequence[int]], Iterable[Pair]]) -> list[Pair]:
        """Add pairs inside each gap; what is found in a gap cannot cross what is in order already."""
        found = [pair for olds, news in self._gaps() for pair in heaviest_chain(find(olds, news))]
        self._in_order = sorted(self._in_order + found)
        self._take(found)
        return found

    def _regroup(self, alike: Sequence[Pair], likeness: Likeness) -> None:
        """Let groups take the place of pairs that are only alike."""
        if not (self._free_old or self._free_new):
            return
        self.groups = regrouped(
            self._in_order,
            frozenset(pair[:2] for pair in alike),
            Side(tuple(self._free_old), likeness.old_coded),
            Side(tuple(self._free_new), likeness.new_coded),
        )
        olds = {at for group in self.groups for at in range(group.old, group.old_stop)}
        news = {at for group in self.groups for at in range(group.new, group.new_stop)}
        kept = [pair for pair in self._in_order if pair.old not in olds and pair.new not in news]
        self._in_order = sorted(kept + [Pair(group.old, group.new) for group in self.groups])
        for at in olds:
            self._free_old.pop(at, None)
        for at in news:
            self._free_new.pop(at, None)

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Free places between one pair in order and the next, where there are some on both sides."""
        if not (self._free_old and self._free_new):
            return
        olds, news = [pair.old for pair in self._in_order], [pair.new for pair in self._in_order]
        free_news = {gap: list(places) for gap, places in groupby(self._free_new, partial(bisect_left, news))}
        for gap, places in groupby(self._free_old, partial(bisect_left, olds)):
            if gap in free_news:
                yield list(places), free_news[gap]

    def _elsewhere(self, olds: Mapping[int, str], news: Mapping[int, str]) -> list[Pair]:
        """Free places with equal keys wherever they stand."""
        free_old, free_new = list(self._free_old), list(self._free_new)
        pairs = _nth_to_nth([olds[at] for at in free_old], [news[at] for at in free_new])
        return [Pair(free_old[i], free_new[j]) for i, j in pairs]

    def _alike_elsewhere(self, likeness: Likeness) -> list[Pair]:
        """Free texts that are alike wherever they stand, the likest first, each once."""
        olds = [at for at in self._free_old if likeness.old_words(at) >= MOVED_WORDS]
        news = [at for at in self._free_new if likeness.new_words(at) >= MOVED_WORDS]
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        chosen = []
        for pair in sorted(likeness.pairs(olds, news, floor=MOVED_LIKE), key=lambda pair: (-pair.weight, *pair[:2])):
            if pair.old not in taken_old and pair.new not in taken_new:
                taken_old.add(pair.old)
                taken_new.add(pair.new)
                chosen.append(pair)
        return chosen

    def _move(self, pairs: list[Pair]) -> None:
        self._moved += pairs
        self._take(pairs)


def _common(
    old_keys: Mapping[int, str], new_keys: Mapping[int, str], olds: Sequence[int], news: Sequence[int]
) -> list[Pair]:
    """The longest common sequence by key; in huge gaps first to first, second to second of each key."""
    ids: dict[str, int] = {}
    a = [ids.setdefault(old_keys[at], len(ids)) for at in olds]
    known = len(ids)
    b = [ids.setdefault(new_keys[at], len(ids)) for at in news]
    if len(ids) == known + len(set(b)):
        return []
    if len(a) * len(b) > LARGEST_LCS:
        return [Pair(olds[i], news[j]) for i, j in _nth_to_nth(a, b)]
    return [
        Pair(olds[block.src_start + at], news[block.dest_start + at])
        for block in LCSseq.opcodes(a, b)
        if block.tag == "equal"
        for at in range(block.src_end - block.src_start)
    ]


def unique_pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Texts that stand once on either side, weighed by length: a long clause holds its place, short ones move."""
    olds, news = Counter(old), Counter(new)
    places = {text: at for at, text in enumerate(new)}
    return [
        Pair(at, places[text], 1.0 + len(text)) for at, text in enumerate(old) if olds[text] == 1 and news[text] == 1
    ]


def _nth_to_nth(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The first of each key to the first, the second to the second, as many as stand on both sides."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at, key in enumerate(old):
        places[key].append(at)
    used: Counter[Hashable] = Counter()
    for at, key in enumerate(new):
        if used[key] < len(places.get(key, ())):
            yield places[key][used[key]], at
            used[key] += 1
