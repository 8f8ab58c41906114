"""Alignment: which passage of the old version became which passage of the new one."""

from collections.abc import Iterator, Sequence

from diffing.block import text_of
from diffing.edit import Edit, EditKind
from diffing.matching import Matching, match
from diffing.passage import Passage
from diffing.passages import Passages
from diffing.regrouping import Group


def align(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Edit, ...]:
    """Pair each passage of `old` with the one that took its place in `new`.

    Every passage is in exactly one edit or unchanged; edits follow `new`, removed ones stand where they last stood.
    Passages pair by their text first, then by likeness: the share of words kept, 0 to 1, numbering and case aside.
    A passage that was cut into several, or several that became one, are one edit. A passage whose text is the same is
    unchanged even if its markup, kind or section is not. Same input, same output: there is no time limit.
    """
    if isinstance(old, Passages) and isinstance(new, Passages):
        matching = match(old.markdown, new.markdown, text_of, regroup=True)
    else:
        matching = match([passage.text for passage in old], [passage.text for passage in new], regroup=True)
    return tuple(_edits(old, new, matching))


def _edits(old: Sequence[Passage], new: Sequence[Passage], matching: Matching) -> Iterator[Edit]:
    moved = {j: i for i, j in matching.moved}
    gone = set(moved.values())
    groups = {(group.old, group.new): group for group in matching.groups}
    past_old = past_new = matching.start
    for i, j in (*matching.between, (len(old) - matching.end, len(new) - matching.end)):
        if past_old < i:
            yield from (_removed(old, at) for at in range(past_old, i) if at not in gone)
        if past_new < j:
            yield from (_arrived(old, new, moved.get(at), at) for at in range(past_new, j))
        past_old, past_new = i + 1, j + 1
        if (i, j) in groups:
            _, past_old, _, past_new = groups[i, j]
            yield _regrouped(old, new, groups[i, j])
        elif (i, j) in matching.reworded:
            yield _reworded(old, new, i, j)


def _removed(old: Sequence[Passage], at: int) -> Edit:
    return Edit(kind=EditKind.REMOVED, before=old[at], after=None, before_index=at, after_index=None)


def _arrived(old: Sequence[Passage], new: Sequence[Passage], came_from: int | None, at: int) -> Edit:
    """A passage that did not stand here before: new, or moved, perhaps with other words."""
    if came_from is None:
        return Edit(kind=EditKind.ADDED, before=None, after=new[at], before_index=None, after_index=at)
    if old[came_from].text != new[at].text:
        return _reworded(old, new, came_from, at)
    return Edit(kind=EditKind.MOVED, before=old[came_from], after=new[at], before_index=came_from, after_index=at)


def _reworded(old: Sequence[Passage], new: Sequence[Passage], i: int, j: int) -> Edit:
    return Edit(
        kind=EditKind.REWORDED,
        before=old[i],
        after=new[j],
        before_index=i,
        after_index=j,
    )


def _regrouped(old: Sequence[Passage], new: Sequence[Passage], group: Group) -> Edit:
    olds, news = old[group.old : group.old_stop], new[group.new : group.new_stop]
    return Edit(
        kind=EditKind.SPLIT if len(news) > 1 else EditKind.MERGED,
        before=olds[0],
        after=news[0],
        before_index=group.old,
        after_index=group.new,
        rest=tuple(olds[1:]) + tuple(news[1:]),
    )
