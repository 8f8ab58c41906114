"""Redline: a change as rows to read from top to bottom, unchanged text folded. Pure but for the HTML escapes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup, escape

from alerts.clean import clean
from diffing.change import Change
from diffing.edit import Edit, EditKind, Op, Span
from diffing.flag import Flag
from diffing.passage import Passage
from diffing.passages import passages
from diffing.redline import drawn, readable

BUDGET: Final = 100_000
"""Characters of changed text, markup included, shown before the rest is folded: a page stays under 200 kB.
Flagged passages are shown in any case."""
NOTHING: Final = Markup()
MARKUP: Final = 300
"""Characters of markup of a row, with its neighbours."""
NEAR: Final = 1
"""Unchanged passages shown on either side of a change."""
LONG: Final = 280
"""Characters of an unchanged passage shown beside a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the redline.

    kind: added, removed, reworded, moved, kept, fold (unchanged passages left out) or more (changed ones left out).
    anchor: names it in addresses, e.g. "p12"; of removed passages "r7". shape: heading, paragraph, item or row.
    section: headings above it, when they differ from the row's before, else (). before, after: what stands on each
    side, as HTML; of a redline in one column `both`. count: how many passages a fold leaves out. flags: numbers, from
    1. moved_from: where a moved passage stood before, as its headings; "" where that is the same place.
    """

    kind: str
    anchor: str = ""
    shape: str = ""
    section: tuple[str, ...] = ()
    before: Markup = NOTHING
    after: Markup = NOTHING
    both: Markup = NOTHING
    count: int = 0
    flags: tuple[int, ...] = ()
    moved_from: str = ""


def rows(change: Change, *, whole: bool = False, near: int = NEAR) -> tuple[Row, ...]:
    """The rows of a change. whole: fold nothing."""
    new = passages(change.after.text)
    marked = _marked(change.judgement.flags)
    out: list[Row] = []
    section: tuple[str, ...] = ()
    for row, passage in _rows(change.judgement.edits, new, marked, whole=whole, near=near):
        if passage is not None and passage.section != section:
            section = passage.section
            out.append(_with_section(row, section))
        else:
            out.append(row)
    return tuple(out)


def _rows(
    edits: Sequence[Edit], new: Sequence[Passage], marked: dict[int, list[tuple[int, Flag]]], *, whole: bool, near: int
) -> Iterator[tuple[Row, Passage | None]]:
    at, spent, left_out = 0, 0, 0
    for number, edit in enumerate(edits):
        flags = marked.get(number, [])
        size = MARKUP + sum(len(side.text) for side in (*edit.olds, *edit.news))
        stands = at if edit.after_index is None else edit.after_index
        if not whole and spent + size > BUDGET and not flags:
            left_out += 1
        else:
            if left_out:
                yield Row(kind="more", count=left_out), None
                left_out = 0
            yield from _between(new, at, stands, whole=whole, near=near, first=number == 0)
            yield _row(edit, flags), edit.after or edit.before
            spent += size
        at = stands + len(edit.news)
    if left_out:
        yield Row(kind="more", count=left_out), None
    else:
        yield from _between(new, at, len(new), whole=whole, near=near, last=True)


def _between(
    new: Sequence[Passage], start: int, end: int, *, whole: bool, near: int, first: bool = False, last: bool = False
) -> Iterator[tuple[Row, Passage | None]]:
    """The unchanged passages between two edits: those near either of them, the others as one fold."""
    count = end - start
    head, tail = (0 if first else near), (0 if last else near)
    if whole or count <= head + tail + 1:
        head, tail = count, 0
    for index in range(start, start + head):
        yield _kept(new[index], index, whole=whole), new[index]
    if count > head + tail:
        yield Row(kind="fold", anchor=f"p{start + head}", count=count - head - tail), None
    for index in range(end - tail, end):
        yield _kept(new[index], index, whole=whole), new[index]


def _kept(passage: Passage, index: int, *, whole: bool) -> Row:
    text = passage.text if whole or len(passage.text) <= LONG else passage.text[:LONG].rsplit(" ", 1)[0] + " …"
    html = escape(clean(text))
    return Row(kind="kept", anchor=f"p{index}", shape=passage.kind.value, before=html, after=html, both=html)


def _row(edit: Edit, flags: Sequence[tuple[int, Flag]]) -> Row:
    passage = edit.after or edit.before
    assert passage is not None, "an edit has at least one side"
    anchor = f"r{edit.before_index}" if edit.after_index is None else f"p{edit.after_index}"
    before, after, both = _sides(edit, [flag.evidence for _, flag in flags])
    moved = " › ".join(edit.before.section) if edit.kind is EditKind.MOVED and edit.before else ""
    return Row(
        kind=edit.kind.broad.value,
        anchor=anchor,
        shape=passage.kind.value,
        before=before,
        after=after,
        both=both,
        flags=tuple(number for number, _ in flags),
        moved_from=clean(moved) if edit.before and edit.before.section != passage.section else "",
    )


def _sides(edit: Edit, evidence: Sequence[str]) -> tuple[Markup, Markup, Markup]:
    none = Markup()
    if edit.kind.broad is EditKind.REWORDED:
        words = drawn(edit.words)
        before = spans(span for span in words if span.op is not Op.INSERT)
        after = spans(span for span in words if span.op is not Op.DELETE)
        return before, after, spans(readable(edit.words))
    old = none if edit.before is None else highlighted(edit.before.text, evidence)
    new = none if edit.after is None else highlighted(edit.after.text, evidence)
    if edit.kind is EditKind.ADDED:
        added = Markup("<ins>{}</ins>").format(new)
        return none, added, added
    if edit.kind is EditKind.REMOVED:
        removed = Markup("<del>{}</del>").format(old)
        return removed, none, removed
    return old, new, new


def spans(runs: Iterable[Span]) -> Markup:
    """Runs of words as HTML, with del and ins.

    >>> spans([Span(op=Op.KEEP, text="We "), Span(op=Op.INSERT, text="<never> "), Span(op=Op.KEEP, text="sell")])
    Markup('We <ins>&lt;never&gt;</ins> sell')
    """
    return Markup("").join(_span(run) for run in runs)


def _span(run: Span) -> Markup:
    text = clean(run.text)
    words = text.rstrip()
    if run.op is Op.KEEP or not words:
        return escape(text)
    form = Markup("<ins>{}</ins>{}") if run.op is Op.INSERT else Markup("<del>{}</del>{}")
    return form.format(words, text[len(words) :])


def highlighted(text: str, evidence: Iterable[str]) -> Markup:
    """The text with the words that raised a flag marked.

    >>> highlighted("We may train models.", ["train models"])
    Markup('We may <mark>train models</mark>.')
    """
    out, rest = Markup(), clean(text)
    for words in dict.fromkeys(evidence):
        before, found, after = rest.partition(clean(words))
        if found and words:
            out += escape(before) + Markup("<mark>{}</mark>").format(found)
            rest = after
    return out + escape(rest)


def _marked(flags: Sequence[Flag]) -> dict[int, list[tuple[int, Flag]]]:
    marked: dict[int, list[tuple[int, Flag]]] = {}
    for number, flag in enumerate(flags, 1):
        marked.setdefault(flag.edit, []).append((number, flag))
    return marked


def _with_section(row: Row, section: tuple[str, ...]) -> Row:
    return replace(row, section=tuple(clean(heading) for heading in section))
