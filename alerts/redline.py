"""Redline: what was taken out and put in, as runs of words, in plain text and in HTML. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup, escape

from alerts.clean import clean_line
from diffing.edit import Edit, Op, Span
from diffing.redline import readable
from diffing.words import word_edits

CONTEXT: Final = 12
"""Kept words that are shown on either side of a change; more than that is folded to an ellipsis."""
MARKS: Final = {Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}"), Op.KEEP: ("", "")}
"""What stands around changed words in plain text, as in git's word diff."""
STYLES: Final = {
    Op.DELETE: ("del", "color:#a1260d;background:#fde7e4;text-decoration:line-through"),
    Op.INSERT: ("ins", "color:#0b5a2b;background:#dff5e5;text-decoration:underline"),
}
"""Element and inline style of changed words in HTML; struck through and underlined too, for who sees no colour."""


def runs_of(edit: Edit) -> tuple[Span, ...]:
    """Return the words of an edit as runs that were kept, deleted or inserted."""
    if edit.words:
        return readable(edit.words)
    return runs_between(edit.before_text, edit.after_text)


def runs_between(before: str | None, after: str | None) -> tuple[Span, ...]:
    """Compare two sentences, either of which may be absent."""
    if before is None or after is None:
        op, text = (Op.INSERT, after) if before is None else (Op.DELETE, before)
        return (Span(op=op, text=text),) if text else ()
    return (Span(op=Op.KEEP, text=after),) if before == after else readable(word_edits(before, after))


def folded(runs: Sequence[Span], context: int = CONTEXT) -> tuple[Span, ...]:
    """Leave out kept words that are more than `context` words away from any change.

    >>> [span.text for span in folded(word_edits("one two three four sell", "one two three four give"), 1)]
    ['… four ', 'sell', 'give']
    """
    if len(runs) < 2:
        return tuple(runs)
    last = len(runs) - 1
    return tuple(
        replace(run, text=_around(run.text, context, first=i == 0, last=i == last)) if run.op is Op.KEEP else run
        for i, run in enumerate(runs)
    )


def as_text(runs: Iterable[Span]) -> str:
    """Write runs in one line of plain text; what the page itself wrote of our marks is pulled apart.

    >>> as_text(word_edits("We sell {+data+}.", "We give {+data+}."))
    'We [-sell-] {+give+} { +data+ }.'
    """
    return clean_line("".join(_marked(run) for run in runs))


def as_html(runs: Iterable[Span]) -> Markup:
    """Write runs as HTML with del and ins; everything of the page is escaped."""
    return Markup("").join(_element(run) for run in runs)


def unmarked(text: str) -> str:
    """Text of the page in which nothing looks like one of our marks.

    >>> unmarked("We {+never+} [-always-] do")
    'We { +never+ } [ -always- ] do'
    """
    for mark in (*MARKS[Op.DELETE], *MARKS[Op.INSERT]):
        text = text.replace(mark, " ".join(mark))
    return text


def _marked(run: Span) -> str:
    lead, words, tail = _parted(run)
    opening, closing = MARKS[run.op]
    return f"{lead}{opening}{unmarked(words)}{closing}{tail}" if words else " "


def _parted(run: Span) -> tuple[str, str, str]:
    """Part a run into its words, on one line, and a space before and after them where there is one.

    A deleted run is followed by a space in any case, so that it does not stick to what replaces it.
    """
    lead = " " if run.text[:1].isspace() else ""
    tail = " " if run.text[-1:].isspace() or run.op is Op.DELETE else ""
    return lead, clean_line(run.text), tail


def _element(run: Span) -> Markup:
    lead, words, tail = _parted(run)
    if run.op is Op.KEEP or not words:
        return escape(f"{lead}{words}{tail}")
    element, style = STYLES[run.op]
    return Markup('{}<{} style="{}">{}</{}>{}').format(lead, element, style, words, element, tail)


def _around(text: str, context: int, *, first: bool, last: bool) -> str:
    words = text.split()
    head = [] if first else words[:context]
    tail = [] if last else words[max(0, len(words) - context) :] if context else []
    if len(words) <= len(head) + len(tail) + 1:
        return text
    start = " " if head and text[:1].isspace() else ""
    end = " " if text[-1:].isspace() else ""
    return start + " ".join([*head, "…", *tail]) + end
