"""A change as a report, and with its edits as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from alerts.fact_words import in_words
from alerts.locale import locale
from alerts.payload import change_data
from alerts.redline import folded, runs_of
from alerts.shorten import shorten, shorten_around
from alerts.summary import summary
from clausewatch.cli import output
from clausewatch.cli.between import between
from clausewatch.cli.documents import name_of
from clausewatch.cli.words import counted
from clausewatch.report import Block, Kind, Report, Role, Span, span
from diffing.change import Change, Judgement
from diffing.edit import Edit, EditKind, Op
from diffing.fact import Fact, FactName
from diffing.flag import Flag
from diffing.kind import is_cosmetic
from diffing.passage import Passage
from diffing.version import Version

SIGNS: Final = {EditKind.ADDED: "+", EditKind.REMOVED: "-", EditKind.REWORDED: "~", EditKind.MOVED: ">"}
HEADING: Final = 100
"""Characters of a heading that are shown above a redline; pages mark whole paragraphs as headings."""
QUOTE: Final = 220
"""Characters of a quotation that are shown."""
ONE_A_LINE: Final = frozenset({FactName.OPT_OUT_PATH, FactName.OPT_OUT_URL})
"""Facts too long to stand beside each other."""
DATES: Final = frozenset({FactName.EFFECTIVE_DATE, FactName.OPT_OUT_BY})
ROLES: Final = {Op.INSERT: Role.INSERTED, Op.DELETE: Role.DELETED, Op.KEEP: Role.PLAIN}


def change_report(change: Change, language: str, *, only_flagged: bool = False) -> Report:
    """The sentence that sums it up, its facts with their quotations, flags and redline.

    language: of the sentence. Two texts of different documents are both named. only_flagged: show of the redline only
    the passages a flag is about.
    """
    before, after, judgement = change.before, change.after, change.judgement
    said = between(change)
    told = summary(change, language) if said is None else said[language]
    blocks = [_head(change, judged=said is None), Block(kind=Kind.TEXT, spans=(span(told),))]
    if judgement.facts:
        blocks += [_heading("Facts"), *_facts(judgement.facts)]
    if judgement.flags:
        blocks += [_heading("Flags"), *(_flag(flag, judged=said is None) for flag in judgement.flags)]
    shown = _flagged(judgement) if only_flagged else _worth_drawing(judgement)
    if shown:
        left_out = len(judgement.edits) - len(shown)
        some = f"{len(shown)} of " if left_out else ""
        blocks += [_heading(f"Redline ({some}{counted(len(judgement.edits), 'edit')})"), *_redline(shown)]
        if left_out and not only_flagged:
            differ = "differs" if left_out == 1 else "differ"
            told = f"{counted(left_out, 'more passage')} {differ} only in numbering or punctuation."
            blocks.append(Block(kind=Kind.TEXT, spans=(span(told, Role.QUIET),)))
    return Report(title=_title(before, after), blocks=tuple(blocks), language=after.language)


def full_data(change: Change, links: Mapping[str, str]) -> dict[str, Any]:
    """A change in the webhook's shape, and every edit of it with its words; of two documents the first is named too."""
    data = {**change_data(change, links=links), "edits": [_edit_data(edit) for edit in change.judgement.edits]}
    said = between(change)
    if said is not None:
        data["summary"] = dict(said)
    if change.before is not None and change.before.document != change.after.document:
        of = change.before.document
        data["before"] = {"service": of.service, "terms": of.terms, "collection": of.collection, **data["before"]}
    return data


def _title(before: Version | None, after: Version) -> str:
    """What is compared; two collections' same terms are told apart."""
    if before is None or before.document == after.document:
        return name_of(after.document, after.title)
    sides = [name_of(side.document, side.title) for side in (before, after)]
    if sides[0] == sides[1]:
        told = (f" ({side.document.collection})" if side.document.collection else "" for side in (before, after))
        sides = [name + where for name, where in zip(sides, told, strict=True)]
    return " → ".join(sides)


def _head(change: Change, *, judged: bool) -> Block:
    """When it was seen, and where. judged: whether it is a change of a publisher's, which has a kind and a severity."""
    before, after, judgement = change.before, change.after, change.judgement
    seen = " → ".join(_seen(side) for side in (before, after) if side)
    addresses = dict.fromkeys(side.url for side in (before, after) if side and side.url)
    kind = (f"{judgement.kind.value}, severity {judgement.severity.value}",) if judged else ()
    told = "  ".join((seen, *kind, *addresses))
    return Block(kind=Kind.TEXT, spans=(span(told, Role.QUIET),))


def _seen(version: Version) -> str:
    return f"{output.minute(version.observed_at)} ({version.id})"


def _heading(text: str) -> Block:
    return Block(kind=Kind.HEADING, level=1, spans=(span(text),))


def _facts(facts: Sequence[Fact]) -> Iterator[Block]:
    """A block a kind of fact: its name, its values each once, and the words the first was read from."""
    words = locale("en")
    for name in FactName:
        mine = [fact for fact in facts if fact.name is name]
        if name in DATES:
            mine.sort(key=lambda fact: fact.value)
        if not mine:
            continue
        values = list(dict.fromkeys(fact.value for fact in mine))
        first, *others = values if name in ONE_A_LINE else [in_words(name, values, words)]
        quoted = span(f"  “{shorten(mine[0].quote, QUOTE)}”", Role.QUIET)
        yield _labelled(words.fact(name), span(first, Role.STRONG), quoted)
        yield from (_labelled("", span(value, Role.STRONG)) for value in others)


def _labelled(label: str, *spans: Span) -> Block:
    return Block(kind=Kind.LABELLED, level=1, label=label, spans=spans)


def _flag(flag: Flag, *, judged: bool) -> Block:
    """Its topic and effect, its sentence around the words that raised it, and the rule that did.

    judged: whether it is an effect, and not what one of two texts says and the other does not.
    """
    words = locale("en")
    told = f"{words.topic(flag.topic)}: {words.effect(flag.effect) if judged else _where(flag)}"
    whole = flag.after if flag.after is not None else flag.before or flag.evidence
    sentence = shorten_around(whole, flag.evidence, QUOTE)
    was = "" if flag.after is not None else "was: "
    spans = (
        span(told, Role.STRONG),
        span(f"  {was}“{sentence}”"),
        span(f"  ({flag.stance.value}; {flag.rule})", Role.QUIET),
    )
    return Block(kind=Kind.ITEM, spans=spans)


def _where(flag: Flag) -> str:
    if flag.before is not None and flag.after is not None:
        return "worded differently"
    return "only in the first" if flag.after is None else "only in the second"


def _flagged(judgement: Judgement) -> tuple[Edit, ...]:
    numbers = {flag.edit for flag in judgement.flags}
    return tuple(edit for number, edit in enumerate(judgement.edits) if number in numbers)


def _worth_drawing(judgement: Judgement) -> tuple[Edit, ...]:
    """The edits without those that changed no word, unless a flag is about one or there are no others."""
    flagged = {flag.edit for flag in judgement.flags}
    worth = tuple(
        edit
        for number, edit in enumerate(judgement.edits)
        if number in flagged or edit.kind is not EditKind.REWORDED or not _is_dress(edit)
    )
    return worth or judgement.edits


def _is_dress(edit: Edit) -> bool:
    """Whether no word of it changed and none became a defined term, which is written with a capital."""
    capitals = [[sign for sign in text or "" if sign.isupper()] for text in (edit.before_text, edit.after_text)]
    return is_cosmetic(edit) and capitals[0] == capitals[1]


def _redline(edits: tuple[Edit, ...]) -> Iterator[Block]:
    section: tuple[str, ...] | None = None
    for edit in edits:
        passage = edit.after or edit.before
        if passage is not None and passage.section != section:
            section = passage.section
            above = " › ".join(shorten(name, HEADING) for name in section)
            yield Block(kind=Kind.HEADING, level=2, spans=(span(above or "(before any heading)"),))
        yield Block(kind=Kind.LABELLED, label=SIGNS[edit.kind.broad], spans=_words(edit))


def _words(edit: Edit) -> tuple[Span, ...]:
    """The runs of words; what was taken out does not stick to what took its place."""
    if edit.kind is EditKind.MOVED and edit.before and edit.after:
        return _moved(edit.before, edit.after)
    spans: list[Span] = []
    for run in folded(runs_of(edit)):
        parted = not spans or run.text[:1].isspace() or spans[-1].text[-1:].isspace()
        if run.op is Op.INSERT and not parted and spans[-1].role is Role.DELETED:
            spans.append(span(" "))
        spans.append(span(run.text, ROLES[run.op]))
    return tuple(spans)


def _moved(before: Passage, after: Passage) -> tuple[Span, ...]:
    """The beginning of a passage that stands elsewhere now, and where it stood if under other headings."""
    told = span(shorten(after.text, QUOTE))
    if before.section == after.section:
        return (told,)
    return told, span(f" (moved from {' › '.join(before.section) or 'before any heading'})", Role.QUIET)


def _edit_data(edit: Edit) -> dict[str, Any]:
    passage = edit.after or edit.before
    return {
        "kind": edit.kind.value,
        "section": list(passage.section) if passage else [],
        "before": edit.before_text,
        "after": edit.after_text,
        "words": [{"op": run.op.value, "text": run.text} for run in edit.words],
    }
