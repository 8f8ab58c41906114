"""Kind: whether a change says something new, or only looks different."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from diffing.change import ChangeKind
from diffing.edit import Edit, EditKind
from diffing.ends import equal_ends
from diffing.normalise import skeleton
from diffing.passage import Passage
from diffing.passages import Passages

LOST = "\ufffd"
"""What stands where a byte was no sign of the encoding the page was read in."""

MOSTLY = 0.7
"""Least share of ASCII in a text whose lost signs are passed over: in other scripts what is left would say nothing. In
10,031 changes 99 are of this kind (2026-11-26): pages that come now in one encoding, now in another."""

_NOT_ASCII = re.compile(r"[^\x21-\x7f]+")


def kind_of(before: Sequence[Passage], after: Sequence[Passage], edits: Sequence[Edit]) -> ChangeKind:
    """SUBSTANTIVE when words changed, LINKS when only link targets did, COSMETIC otherwise.

    Cosmetic are white space, punctuation, case, markup, numbering, order, one paragraph split in two, and signs that
    were lost when the page was decoded. A changed date is words: "last updated" alone is substantive, because dates are
    what readers act on.
    """
    if not all(is_cosmetic(edit) for edit in edits) and not _same_words(edits):
        return ChangeKind.SUBSTANTIVE
    if _links(before, after) != _links(after, before):
        return ChangeKind.LINKS
    return ChangeKind.COSMETIC


def is_cosmetic(edit: Edit) -> bool:
    """Whether an edit changes no word: a move, a new number, other quotes, other case, a paragraph cut in two."""
    before, after = edit.before_text, edit.after_text
    if before is None or after is None:
        return False
    if edit.kind is EditKind.MOVED or _same(skeleton(before), skeleton(after)):
        return True
    return bool(edit.rest) and _same(_joined(edit.olds), _joined(edit.news))


def _same_words(edits: Sequence[Edit]) -> bool:
    """Whether the passages that changed hold the same words on both sides, cut up differently."""
    changed = [edit for edit in edits if edit.kind is not EditKind.MOVED]
    olds = {at: passage for edit in changed for at, passage in zip(edit.old_places, edit.olds, strict=True)}
    news = {at: passage for edit in changed for at, passage in zip(edit.new_places, edit.news, strict=True)}
    before, after = ([side[at] for at in sorted(side)] for side in (olds, news))
    if all(old == new for old, new in zip_longest(_words(before), _words(after))):
        return True
    return any(LOST in passage.text for passage in chain(before, after)) and _same(_joined(before), _joined(after))


def _words(passages: Iterable[Passage]) -> Iterator[str]:
    return chain.from_iterable(skeleton(passage.text).split() for passage in passages)


def _same(one: str, other: str) -> bool:
    """Whether two texts have the same words, but for signs of which one side has only U+FFFD in their place."""
    if one == other or not (LOST in one or LOST in other):
        return one == other
    plain = [_NOT_ASCII.sub("", text) for text in (one, other)]
    letters = min(len(text.replace(" ", "")) for text in (one, other))
    return plain[0] == plain[1] and len(plain[0]) >= MOSTLY * letters


def _joined(passages: Iterable[Passage]) -> str:
    return " ".join(skeleton(passage.text) for passage in passages)


def _links(passages: Sequence[Passage], others: Sequence[Passage]) -> list[str]:
    """Link targets of the passages that do not stand on the other side in the same Markdown, sorted."""
    markdowns, other_markdowns = _markdown(passages), _markdown(others)
    start, end = equal_ends(markdowns, other_markdowns)
    same = Counter(other_markdowns[start : len(others) - end])
    links: list[str] = []
    for at in range(start, len(passages) - end):
        if same[markdowns[at]]:
            same[markdowns[at]] -= 1
        else:
            links += passages[at].links
    return sorted(links)


def _markdown(passages: Sequence[Passage]) -> Sequence[str]:
    return passages.markdown if isinstance(passages, Passages) else [passage.markdown for passage in passages]
