"""Redlines: a change as a reader sees it on a terminal, with facts, flags and the words that differ."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from alerts.fact_words import in_words
from alerts.locale import locale
from alerts.shorten import shorten, shorten_around
from alerts.summary import summary
from clausewatch.cli.output import minute, plain
from diffing.change import Change
from diffing.edit import Edit, EditKind, Op
from diffing.fact import Fact, FactName
from diffing.flag import Flag
from diffing.redline import drawn

STYLES = {Op.INSERT: "green", Op.DELETE: "red strike", Op.KEEP: ""}
MARKS = {Op.INSERT: ("{+", "+}"), Op.DELETE: ("[-", "-]"), Op.KEEP: ("", "")}
"""What stands around inserted and deleted words, as in git's word diff; colour is not everywhere."""
WHOLE = {EditKind.ADDED: STYLES[Op.INSERT], EditKind.REMOVED: STYLES[Op.DELETE]}
SIGNS = {EditKind.ADDED: "+", EditKind.REMOVED: "-", EditKind.REWORDED: "~", EditKind.MOVED: ">"}
KEPT_WORDS = 12
"""Words that did not change and are shown on either side of those that did."""
QUOTE = 220
"""Characters of a quotation that are shown."""

ONE_A_LINE = frozenset({FactName.OPT_OUT_PATH, FactName.OPT_OUT_URL})
"""Facts too long to stand beside each other."""


def print_change(console: Console, change: Change, language: str, *, only_flagged: bool = False) -> None:
    """Print a change whole: the sentence that sums it up, facts with their quotations, flags and redline.

    language: of the sentence. only_flagged: show of the redline only the passages a flag is about.
    """
    after, judgement = change.after, change.judgement
    name = f"{after.document.service} · {after.document.terms}" + (f" · {after.title}" if after.title else "")
    console.print(plain(name, "bold"))
    seen = f"{minute(change.before.observed_at)} → " if change.before else ""
    console.print(
        plain(f"{seen}{minute(after.observed_at)}  {judgement.kind.value}, severity {judgement.severity.value}")
    )
    console.print(plain(f"{change.id}  {after.url}"), overflow="fold")
    console.print()
    console.print(plain(summary(change, language)))
    if judgement.facts:
        _part(console, "Facts")
        console.print(fact_table(judgement.facts))
    if judgement.flags:
        _part(console, "Flags")
        for flag in judgement.flags:
            console.print(Padding(flag_lines(flag), (0, 0, 0, 2)))
    flagged = {flag.edit for flag in judgement.flags}
    shown = [edit for number, edit in enumerate(judgement.edits) if number in flagged or not only_flagged]
    if shown:
        _part(console, f"Redline ({len(shown)} of {len(judgement.edits)} edits)")
        for line in redline(shown):
            console.print(line)


def fact_table(facts: Sequence[Fact]) -> Table:
    """A row a kind of fact: its name, its values each once, and the words the first was read from."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=3, overflow="fold", style="dim")
    words = locale("en")
    for name in FactName:
        mine = [fact for fact in facts if fact.name is name]
        if mine:
            found = list(dict.fromkeys(fact.value for fact in mine))
            values = "\n".join(found) if name in ONE_A_LINE else in_words(name, found, words)
            table.add_row("  " + words.fact(name), plain(values), plain(f"“{shorten(mine[0].quote, QUOTE)}”"))
    return table


def flag_lines(flag: Flag) -> Text:
    """A flag: topic and effect, the rule that raised it, and its sentence around the words that did."""
    words = locale("en")
    text = plain(f"{words.topic(flag.topic)}: {words.effect(flag.effect)}", "bold")
    text.append_text(plain(f"  ({flag.stance.value}; {flag.rule})\n", "dim"))
    sentence = flag.after if flag.after is not None else flag.before
    side = "" if flag.after is not None else "was: "
    return text.append_text(plain(f"{side}“{shorten_around(sentence or flag.evidence, flag.evidence, QUOTE)}”"))


def redline(edits: Iterable[Edit]) -> Iterator[Padding]:
    """The edits as lines: the headings they stand under, then the passage with its changed words marked."""
    section: tuple[str, ...] | None = None
    for edit in edits:
        passage = edit.after or edit.before
        if passage is not None and passage.section != section:
            section = passage.section
            yield Padding(plain(" › ".join(section) or "(before any heading)", "bold dim"), (0, 0, 0, 2))
        line = Text(f"{SIGNS[edit.kind.broad]} ")
        yield Padding(line.append_text(_words(edit)), (0, 0, 0, 4))


def _words(edit: Edit) -> Text:
    """The passage's words; those of a reworded one are marked where they differ."""
    passage = edit.after or edit.before
    text = _unmarked(passage.text) if passage else ""
    spans = drawn(edit.words)
    if not spans:
        return plain(text, WHOLE.get(edit.kind, ""))
    line = Text()
    for place, span in enumerate(spans):
        first, last = place == 0, place == len(spans) - 1
        shown = _around(span.text, first=first, last=last) if span.op is Op.KEEP else span.text
        # The white space after the last word stands outside the marks, so that a line may break there.
        words = shown.rstrip()
        opening, closing = MARKS[span.op]
        line.append_text(plain(f"{opening}{_unmarked(words)}{closing}", STYLES[span.op]))
        line.append(shown[len(words) :])
    return line


def _around(text: str, *, first: bool, last: bool) -> str:
    """Words that were kept, without those far from any change: `… near words`, `near … words`, `near words …`."""
    words = text.split(" ")
    head = [] if first else words[:KEPT_WORDS]
    tail = [] if last else words[-KEPT_WORDS:]
    return text if len(words) <= len(head) + len(tail) + 1 else " ".join([*head, "…", *tail])


def _unmarked(text: str) -> str:
    """Text of the page in which nothing looks like one of our marks.

    >>> _unmarked("We {+never+} [-always-] do")
    'We { +never+ } [ -always- ] do'
    """
    for marks in (MARKS[Op.INSERT], MARKS[Op.DELETE]):
        for mark in marks:
            text = text.replace(mark, " ".join(mark))
    return text


def _part(console: Console, title: str) -> None:
    console.print()
    console.print(plain(title, "bold underline"))
