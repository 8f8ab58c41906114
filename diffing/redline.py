"""Redline: runs of kept, deleted and inserted words, tidied so that a person can read them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from diffing.ends import equal_ends
from diffing.span import Op, Span
from diffing.tokens import ends_sentence, shapeless, tokens

Run = tuple[Op, list[str]]
"""A run of tokens with what happened to them."""


CHANCE = 4
"""Most tokens that are kept by chance; without a limit a change swallows its neighbours and grows with each."""


@dataclass(slots=True)
class _Step:
    """Some kept tokens, then what replaced what."""

    kept: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)


BREAK = "¶ "
"""What a line break, where a passage was cut or joined, is drawn as."""


def drawn(spans: Iterable[Span]) -> tuple[Span, ...]:
    r"""Spans with their line breaks drawn, so that people see where a passage was cut.

    >>> [span.text for span in drawn([Span(op=Op.KEEP, text="One."), Span(op=Op.INSERT, text="\n")])]
    ['One.', '¶ ']
    """
    return tuple(replace(span, text=_with_breaks(span)) if "\n" in span.text else span for span in spans)


def _with_breaks(span: Span) -> str:
    told = span.text.replace("\n", BREAK)
    # What takes the place of a break that went begins with its own white space.
    return told.rstrip() if span.op is Op.DELETE and span.text.endswith("\n") else told


def readable(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same for people: drawn, and without what only the shape of quotes, dashes or white space tells apart.

    All that is not DELETE, joined, still gives the new text.
    """
    runs: list[Span] = []
    for at, span in enumerate(spans):
        after = spans[at + 1] if at + 1 < len(spans) else None
        if span.op is Op.DELETE and after is not None and after.op is Op.INSERT:
            continue
        before = spans[at - 1] if at else None
        told = _unlike(before.text, span.text) if before is not None and (before.op, span.op) == _REPLACED else (span,)
        for run in told:
            if runs and runs[-1].op is run.op:
                run = replace(run, text=runs.pop().text + run.text)
            runs.append(run)
    return drawn(runs)


_REPLACED = (Op.DELETE, Op.INSERT)


def _unlike(gone: str, came: str) -> Iterator[Span]:
    """What was replaced by what, with the words at either end that are alike but for their shape as kept ones."""
    old, new = tokens(gone), tokens(came)
    start, end = equal_ends(list(map(_told, old)), list(map(_told, new)))
    parts = (
        (Op.KEEP, new[:start]),
        (Op.DELETE, old[start : len(old) - end]),
        (Op.INSERT, new[start : len(new) - end]),
        (Op.KEEP, new[len(new) - end :] if end else []),
    )
    return (Span(op=op, text="".join(words)) for op, words in parts if words)


def _told(word: str) -> str:
    """What people read of a token; a line break is something."""
    return shapeless(word) + "\n" * word.count("\n")


def tidy(runs: Iterable[Run]) -> list[Run]:
    """The same two texts, told in fewer and rounder runs: deletions before insertions, no run empty.

    Words kept by chance between two larger changes are given up; a run that could stand a little earlier or later is
    set where a sentence begins. After diff-match-patch's semantic cleanup, over tokens instead of characters, so that
    no word is ever cut.
    """
    steps = _joined(_steps(runs))
    for at, step in enumerate(steps[:-1]):
        _share_white_space(step, steps[at + 1])
        _slide(step, steps[at + 1])
    return _runs(steps)


def joined(runs: Iterable[Run]) -> list[Run]:
    """The same in fewer runs: those of a kind beside each other are one, and deletions come before insertions."""
    return _runs(_steps(runs))


def _runs(steps: Iterable[_Step]) -> list[Run]:
    return [
        (op, words)
        for step in steps
        for op, words in ((Op.KEEP, step.kept), (Op.DELETE, step.deleted), (Op.INSERT, step.inserted))
        if words
    ]


def _steps(runs: Iterable[Run]) -> Iterator[_Step]:
    step = _Step()
    for op, words in runs:
        if op is Op.DELETE:
            step.deleted += words
        elif op is Op.INSERT:
            step.inserted += words
        elif step.deleted or step.inserted:
            yield step
            step = _Step(kept=list(words))
        else:
            step.kept += words
    yield step


def _joined(steps: Iterable[_Step]) -> list[_Step]:
    """Give up what is kept between two changes that both outweigh it."""
    done: list[_Step] = []
    for step in steps:
        done.append(step)
        while len(done) > 1 and _by_chance(done[-1].kept, done[-2], done[-1]):
            last = done.pop()
            done[-1].deleted += last.kept + last.deleted
            done[-1].inserted += last.kept + last.inserted
    return done


def _by_chance(kept: list[str], before: _Step, after: _Step) -> bool:
    return len(kept) <= CHANCE and _weight(kept) <= min(_change(before), _change(after))


def _change(step: _Step) -> int:
    """How much a reader sees of it: of other quotes and dashes nothing."""
    if list(map(shapeless, step.deleted)) == list(map(shapeless, step.inserted)):
        return 0
    return max(_weight(step.deleted), _weight(step.inserted))


def _weight(words: list[str]) -> int:
    """Letters, without the white space."""
    return sum(len(word.rstrip()) for word in words)


def _share_white_space(step: _Step, after: _Step) -> None:
    """Where a sign came or went between a word and its white space, that is all that changed."""
    for some, other in ((step.deleted, step.inserted), (step.inserted, step.deleted)):
        space = "".join(some)
        if space.isspace() and other and other[-1] != space and other[-1].endswith(space):
            other[-1] = other[-1].removesuffix(space)
            some.clear()
            after.kept.insert(0, space)
            return


def _slide(step: _Step, after: _Step) -> None:
    """Set a pure insertion or deletion where it begins a sentence, if it can stand there as well."""
    moving = step.deleted or step.inserted
    if step.deleted and step.inserted:
        return
    left = _overlap(step.kept[::-1], moving[::-1])
    right = _overlap(after.kept, moving)
    still = step.kept[: len(step.kept) - left]
    ring = [*step.kept[len(still) :], *moving, *after.kept[:right]]
    places = [at for at in range(left + right + 1) if _begins(still + ring[:at])]
    if left in places or not places:
        return
    at = places[-1]
    step.kept[len(still) :] = ring[:at]
    after.kept[:right] = ring[at + len(moving) :]
    moving[:] = ring[at : at + len(moving)]


def _begins(before: list[str]) -> bool:
    """Whether a sentence begins after these tokens, of which the last may be white space alone."""
    last = next((word for word in reversed(before) if not word.isspace()), None)
    return last is None or ends_sentence(last)


def _overlap(kept: list[str], moving: list[str]) -> int:
    """How far a run can slide over the kept words beside it: each must equal the word that it lets go."""
    ring = [*moving, *kept]
    return next((at for at, word in enumerate(kept) if word != ring[at]), len(kept))
