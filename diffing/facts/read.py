"""Reading facts: from the parts of a change that belong to its flags, and from the date at the head of the text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from diffing.edit import Edit
from diffing.fact import Fact, FactName
from diffing.facts.categories import categories, settled
from diffing.facts.default import defaults
from diffing.facts.effective import deadlines, effective_dates
from diffing.facts.legal_basis import bare, legal_bases
from diffing.facts.links import links
from diffing.facts.opt_out import addresses, paths
from diffing.facts.polarity import named
from diffing.facts.reading import Reading, Text
from diffing.facts.recipients import recipients
from diffing.facts.regions import regions
from diffing.facts.retroactive import retroactive
from diffing.facts.scope import Part, Role, parts, spans_by_place
from diffing.facts.vocabulary import spoken, words
from diffing.flag import Flag, Stance
from diffing.passage import Passage
from diffing.sentences import sentences

HEAD = 15
"""Passages at the start of a text in which it says from when it holds."""

VALUES = 40
"""Different values told of one name; a text that names more is a list of everything."""

LENGTH = 20_000
"""Longest part read, in characters."""

_DIGIT = re.compile(r"\d")


def facts(
    edits: Sequence[Edit],
    flags: Sequence[Flag],
    after: Sequence[Passage],
    *,
    language: str,
    observed_on: date,
) -> tuple[Fact, ...]:
    """What a person acts on, read from the new words of a change and what they hang from.

    Facts come in the order of FactName, the flagged sentences' own before their neighbours'; each value of a name
    once a passage. Without a flag only the date at the head of the text is read. after: all passages of the new text;
    language: its ISO 639-1 code ("" is read as English, one without vocabulary gives no facts).
    """
    tongue = spoken(language)
    if tongue is None:
        return ()
    found = [
        reading.fact(part.index, part.passage.text)
        for part in parts(edits, flags, after, tongue)
        for reading in _of_part(part, tongue, observed_on)
    ]
    found += _head(edits, after, tongue, observed_on)
    return _each_once(found)


def _of_part(part: Part, language: str, observed_on: date) -> Iterator[Reading]:
    text = Text(words=part.text[:LENGTH], start=part.start)
    close = part.role in (Role.FLAGGED, Role.FOLLOWING, Role.PRECEDING)
    told = part.role is Role.FLAGGED
    if close or part.role is Role.NEAR:
        yield from effective_dates(text, language, observed_on, told=told)
        yield from defaults(text, language)
        yield from retroactive(text, language)
        yield from _way_out(part, text, language, observed_on)
    if part.role in (Role.FLAGGED, Role.STEM, Role.HEADING):
        denied = part.stances == {Stance.DENIES}
        yield from regions(text, language, heading=part.role is Role.HEADING, denied=denied)
    if close or part.role is Role.HEADING:
        named = bare(text.words, language) or (
            part.column < len(part.heads) and about("legal_basis", part.heads[part.column], language)
        )
        yield from legal_bases(text, language, named=named)
    if part.role in (Role.FLAGGED, Role.STEM):
        stem = part.passage.stem[-1] if part.role is Role.FLAGGED and part.start == 0 and part.passage.stem else ""
        yield from recipients(text, language, stem=stem if not part.heads else "")
    yield from _data(part, text, language)


def _data(part: Part, text: Text, language: str) -> Iterator[Reading]:
    """Categories of data, where the part is about them: the flagged sentence, its list, the data cells of its row."""
    about_data = [about("data", head, language) for head in part.heads]
    if any(about_data):
        if part.column < len(about_data) and about_data[part.column]:
            yield from settled(categories(text, language))
    elif part.role in (Role.FLAGGED, Role.LISTED):
        opening = part.passage.stem[-1] if part.passage.stem and not part.heads else ""
        _, state = named(opening, "", language)
        yield from settled(categories(text, language, state))
    elif part.role is Role.STEM or _continues(part, language):
        yield from settled(categories(text, language))


def about(what: str, head: str, language: str) -> bool:
    """Whether a column's head says that its cells are about `what`: "data" or "legal_basis"."""
    return bool(words("columns", language, what).search(head))


def _way_out(part: Part, text: Text, language: str, observed_on: date) -> Iterator[Reading]:
    """Deadline, path and address of opting out, sentence by sentence: a link belongs to the sentence it stands in."""
    linked = _links_in(part)
    for sentence in sentences(text.words, language):
        alone = Text(words=sentence.text, start=text.start + sentence.start)
        yield from deadlines(alone, language, observed_on)
        mine = [
            (target, start - sentence.start, end - sentence.start)
            for target, start, end in linked
            if sentence.start <= start and end <= sentence.end
        ]
        yield from paths(alone, language, mine)
        yield from addresses(alone, mine, language)


def _continues(part: Part, language: str) -> bool:
    return part.role is Role.FOLLOWING and bool(words("cues", language, "continues").match(part.text))


def _links_in(part: Part) -> list[tuple[str, int, int]]:
    if not part.passage.links:
        return []
    return [
        (target, start - part.start, end - part.start)
        for target, start, end in links(part.passage)
        if part.start <= start and end <= part.end
    ]


def _head(edits: Sequence[Edit], after: Sequence[Passage], language: str, observed_on: date) -> Iterator[Fact]:
    """Effective dates in the changed sentences at the head of the text."""
    for edit in edits:
        if edit.after_index is None or edit.after_index >= HEAD or not _has_digit(edit.after_text or ""):
            continue
        for at, new in spans_by_place(edit):
            for sentence in sentences(after[at].text[:LENGTH], language):
                if not any(start < sentence.end and sentence.start < end for start, end in new):
                    continue
                text = Text(words=sentence.text, start=sentence.start)
                for reading in effective_dates(text, language, observed_on, told=False):
                    yield reading.fact(at, after[at].text)


def _has_digit(text: str) -> bool:
    """Whether a digit stands in it, as in every date; most titles and openings have none."""
    return _DIGIT.search(text) is not None


def _each_once(found: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each value of a name once a passage, so that it is known which passage says what; at most VALUES values."""
    kept: dict[tuple[FactName, str, int], Fact] = {}
    for fact in found:
        kept.setdefault((fact.name, fact.value, fact.passage), fact)
    told = {name: list(dict.fromkeys(fact.value for fact in kept.values() if fact.name is name)) for name in FactName}
    return tuple(
        fact for name in FactName for fact in kept.values() if fact.name is name and fact.value in told[name][:VALUES]
    )
