"""Likeness: how much of one text is kept in another, and which texts are worth asking about."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Indel

from diffing.chain import Pair
from diffing.normalise import skeleton

LIKE = 0.5
"""Least share of words kept for a text to count as reworded. Tried 0.4 to 0.6 on real redlines (2026-11-23): below, new
clauses are shown as old ones with every second word replaced; above, rewritten sentences fall apart."""

LIKE_ALONE = 0.3
"""The same where nothing else can be meant: one text against one, or two table rows with the same first cell."""

LEAD = 8
"""Words with which two texts in one gap must both begin for `LIKE_ALONE` to do: a clause that keeps how it opens and
says other things then. In 3,182 changes of five collections 48 clauses stood removed and added for want of this; of 25
that were looked at each was the same clause (2026-11-26)."""

BY_LETTERS = 0.8
"""Least share of letters kept for one text against one that keeps no word: "RETRACTATION" is now "RETRACTION"."""

LONGEST_BY_LETTERS = 200
"""Characters of a text whose letters are compared; longer ones are told apart by their words."""

ALL_PAIRS = 10_000
"""Most pairs of texts that are all compared, in about 10 ms; in larger gaps only those that share rare words."""

LARGEST_PAIR = 400_000_000
"""Words of one text times words of another up to which their order counts, in about 5 ms: 20,000 words each. Of larger
ones only the words they share are counted."""

RARE = 8
"""Texts a word may stand in to be rare."""

RARE_WORDS = 12
"""Rare words looked at per text, rarest first."""

CANDIDATES = 6
"""Texts compared with each text in a large gap."""


DATED = 8
"""Words up to which one number is as good as another: "Effective: 6 September 2024" is reworded by another date."""


class Likeness:
    """Compares texts of two sides by the share of words kept: twice the longest common sequence over all words.

    Words are those of `skeleton`, so case, punctuation and numbering do not count. A word is one character here, which
    RapidFuzz compares at once; the code of each word lives as long as this object.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str], text: Callable[[str], str]) -> None:
        self._old, self._new, self._text = old, new, text
        self._codes = _Codes()
        self._coded: dict[str, str] = {}

    def pairs(self, olds: Sequence[int], news: Sequence[int], floor: float | None = None) -> Iterator[Pair]:
        """Pairs of places that are alike, weighed by likeness squared times words, in no promised order.

        floor: least likeness, where `LIKE` and `LIKE_ALONE` do not apply.
        """
        alone = len(olds) == 1 and len(news) == 1
        all_pairs = len(olds) * len(news) <= ALL_PAIRS
        compared = self._all if all_pairs else self._likely
        found = False
        for old, new, score in compared(olds, news, floor or LIKE_ALONE):
            if floor or score >= LIKE or alone or self._same_row(old, new) or self._same_lead(old, new):
                found = True
                yield Pair(old, new, score * score * (self.old_words(old) + self.new_words(new)))
        if alone and not found and floor is None and self._same_letters(olds[0], news[0]):
            yield Pair(olds[0], news[0], 1.0)

    def old_words(self, at: int) -> int:
        """Number of words of an old text."""
        return len(self.old_coded(at))

    def new_words(self, at: int) -> int:
        """Number of words of a new text."""
        return len(self.new_coded(at))

    def old_coded(self, at: int) -> str:
        """The words of an old text, a character each."""
        return self._code(self._old[at])

    def new_coded(self, at: int) -> str:
        """The words of a new text, a character each."""
        return self._code(self._new[at])

    def _same_row(self, old: int, new: int) -> bool:
        head, bar, _ = self._text(self._old[old]).partition(" | ")
        return bool(bar and head) and self._text(self._new[new]).startswith(head + bar)

    def _same_lead(self, old: int, new: int) -> bool:
        lead = self.old_coded(old)[:LEAD]
        return len(lead) == LEAD and self.new_coded(new).startswith(lead)

    def _same_letters(self, old: int, new: int) -> bool:
        one, other = (skeleton(self._text(text)) for text in (self._old[old], self._new[new]))
        if max(len(one), len(other)) > LONGEST_BY_LETTERS:
            return False
        return Indel.normalized_similarity(one, other) >= BY_LETTERS

    def _all(self, olds: Sequence[int], news: Sequence[int], floor: float) -> Iterator[tuple[int, int, float]]:
        choices = [self._code(self._new[new]) for new in news]
        for old in olds:
            yield from self._scored(old, choices, news, floor)

    def _scored(
        self, old: int, choices: Sequence[str], news: Sequence[int], floor: float
    ) -> Iterator[tuple[int, int, float]]:
        coded = self._code(self._old[old])
        if len(choices) == 1:  # as in most gaps
            score = _compared(coded, choices[0], floor)
            if score >= floor:
                yield old, news[0], score
            return
        huge = [at for at, choice in enumerate(choices) if len(coded) * len(choice) > LARGEST_PAIR]
        for at in huge:
            score = _compared(coded, choices[at], floor)
            if score >= floor:
                yield old, news[at], score
        found = process.extract(
            coded,
            [None if at in huge else choice for at, choice in enumerate(choices)] if huge else choices,
            scorer=Indel.normalized_similarity,
            score_cutoff=floor,
            limit=None,
        )
        for _, score, at in found:
            yield old, news[at], score

    def _likely(self, olds: Sequence[int], news: Sequence[int], floor: float) -> Iterator[tuple[int, int, float]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for new in news:
            for code in set(self._code(self._new[new])):
                holders[code].append(new)
        for old in olds:
            likely = self._candidates(self._code(self._old[old]), holders)
            yield from self._scored(old, [self._code(self._new[new]) for new in likely], likely, floor)

    def _candidates(self, coded: str, holders: dict[str, list[int]]) -> list[int]:
        """New places that share most rare words, most first."""
        rare = sorted((len(holders[code]), code) for code in set(coded) if 0 < len(holders.get(code, ())) <= RARE)
        shared = Counter(new for _, code in rare[:RARE_WORDS] for new in holders[code])
        return sorted(shared, key=lambda new: (-shared[new], new))[:CANDIDATES]

    def _code(self, text: str) -> str:
        coded = self._coded.get(text)
        if coded is None:
            words = skeleton(self._text(text)).split()
            if len(words) <= DATED:
                words = ["0" if word[0].isdigit() else word for word in words]
            coded = self._coded[text] = "".join(map(self._codes.__getitem__, words))
        return coded


def _compared(one: str, other: str, floor: float) -> float:
    """The likeness of two texts, 0 below the floor; of two huge ones the share of words that both have."""
    if len(one) * len(other) > LARGEST_PAIR:
        return _shared(one, other)
    return Indel.normalized_similarity(one, other, score_cutoff=floor)


def _shared(one: str, other: str) -> float:
    """The share of words that both have, in whatever order."""
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))


class _Codes(dict[str, str]):
    """A character for each word, given out as words are met."""

    def __missing__(self, word: str) -> str:
        number = 0x100 + len(self)
        letter = self[word] = chr(number if number < 0xD800 else number + 0x800)
        return letter
