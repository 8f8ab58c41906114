"""Word edits: what was deleted, inserted and kept between two texts, word by word."""

from collections.abc import Iterable, Iterator

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

from diffing.chain import Pair, heaviest_chain
from diffing.ends import equal_ends
from diffing.matching import LARGEST_LCS, match, unique_pairs
from diffing.redline import Run, joined, tidy
from diffing.span import Op, Span
from diffing.tokens import ends_sentence, shapeless, tokens

SENTENCE_WISE = 120
"""Words and signs, both sides together, above which a text is compared sentence by sentence."""

PATIENT = 600
"""The same above which a sentence is compared by RapidFuzz: diff-match-patch, quadratic in the number of changes, takes
60 ms from there (2026-11-23)."""

CELL_END = " | "
"""What stands between the cells of a row, see `Passage.text`."""

_OPS = {-1: Op.DELETE, 0: Op.KEEP, 1: Op.INSERT}

Step = tuple[Op, int]
"""So many words are kept, deleted or inserted next."""


def word_edits(before: str, after: str) -> tuple[Span, ...]:
    """What to delete from `before` and insert to get `after`, in whole words.

    All spans that are not INSERT, joined, give `before`; all that are not DELETE give `after`. Deletions come before
    insertions. White space belongs to the word before it, and stands alone where only it changed. A word of which only
    the quotes or dashes have another shape is deleted and inserted by itself, see `diffing.redline.readable`. Rows of
    as many cells are compared cell by cell, long texts sentence by sentence. There is no time limit, so the same input
    gives the same output everywhere.

    >>> [(span.op.value, span.text) for span in word_edits("We sell data.", "We never sell data.")]
    [('keep', 'We '), ('insert', 'never '), ('keep', 'sell data.')]
    """
    olds, news = _cells(before), _cells(after)
    if len(olds) != len(news):
        olds, news = [before], [after]
    cells = [run for old, new in zip(olds, news, strict=True) for run in _cell_edits(tokens(old), tokens(new))]
    return tuple(Span(op=op, text="".join(words)) for op, words in (cells if len(olds) == 1 else joined(cells)))


def _cells(text: str) -> list[str]:
    """The cells of a table row, each with the bar behind it; another text is one cell."""
    *cells, last = text.split(CELL_END)
    return [*(cell + CELL_END for cell in cells), last]


def _cell_edits(a: list[str], b: list[str]) -> list[Run]:
    steps = _compared(list(map(shapeless, a)), list(map(shapeless, b)))
    return tidy(_runs(steps, a, b))


def _runs(steps: Iterable[Step], a: list[str], b: list[str]) -> Iterator[Run]:
    """The words that the steps count."""
    i = j = 0
    for op, count in steps:
        old, new = a[i : i + count], b[j : j + count]
        if op is Op.KEEP:
            yield from ((op, old),) if old == new else _kept_but_for_shape(old, new)
        else:
            yield op, old if op is Op.DELETE else new
        i += count if op is not Op.INSERT else 0
        j += count if op is not Op.DELETE else 0


def _kept_but_for_shape(old: list[str], new: list[str]) -> Iterator[Run]:
    for one, other in zip(old, new, strict=True):
        word = one.rstrip()
        if one == other:
            yield Op.KEEP, [one]
        elif word != other.rstrip():
            yield Op.DELETE, [one]
            yield Op.INSERT, [other]
        else:
            for op, text in (Op.KEEP, word), (Op.DELETE, one[len(word) :]), (Op.INSERT, other[len(word) :]):
                yield op, [text] if text else []


def _compared(a: list[str], b: list[str]) -> Iterator[Step]:
    """Steps between two texts: equal ends first, then by sentence or by word."""
    start, end = equal_ends(a, b)
    yield Op.KEEP, start
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    yield from (_by_words if len(inner_a) + len(inner_b) <= SENTENCE_WISE else _by_sentences)(inner_a, inner_b)
    yield Op.KEEP, end


def _by_sentences(a: list[str], b: list[str]) -> Iterator[Step]:
    olds, news = _sentences(a), _sentences(b)
    pairs = match([" ".join(words) for words in olds], [" ".join(words) for words in news])
    past_old = past_new = pairs.start
    yield Op.KEEP, sum(map(len, olds[: pairs.start]))
    for i, j in (*pairs.between, (len(olds) - pairs.end, len(news) - pairs.end)):
        yield Op.DELETE, sum(map(len, olds[past_old:i]))
        yield Op.INSERT, sum(map(len, news[past_new:j]))
        if i < len(olds) - pairs.end:
            yield from _by_words(olds[i], news[j])
        past_old, past_new = i + 1, j + 1
    yield Op.KEEP, sum(map(len, olds[len(olds) - pairs.end :]))


def _sentences(words: list[str]) -> list[list[str]]:
    sentences: list[list[str]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if ends_sentence(word):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _by_words(a: list[str], b: list[str]) -> Iterator[Step]:
    if a == b:
        yield Op.KEEP, len(a)
    elif len(a) + len(b) <= PATIENT:
        yield from _by_diff_match_patch(a, b)
    else:
        yield from _by_common_words(a, b)


def _by_diff_match_patch(a: list[str], b: list[str]) -> Iterator[Step]:
    """Myers' difference over words, each encoded as a character, as diff-match-patch advises for line diffs."""
    codes: dict[str, str] = {}
    coded = ["".join(codes.setdefault(word, chr(0x100 + len(codes))) for word in words) for words in (a, b)]
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    for op, text in differ.diff_main(*coded, False):
        yield _OPS[op], len(text)


def _by_common_words(a: list[str], b: list[str]) -> Iterator[Step]:
    """The longest common sequence of words; of texts too long for that, the words that stand once on either side."""
    pairs = _common(a, b) if len(a) * len(b) <= LARGEST_LCS else heaviest_chain(unique_pairs(a, b))
    past_old = past_new = 0
    for pair in (*pairs, Pair(len(a), len(b))):
        yield Op.DELETE, pair.old - past_old
        yield Op.INSERT, pair.new - past_new
        yield Op.KEEP, int(pair.old < len(a))
        past_old, past_new = pair.old + 1, pair.new + 1


def _common(a: list[str], b: list[str]) -> Iterator[Pair]:
    for block in LCSseq.opcodes(a, b):
        if block.tag == "equal":
            for at in range(block.src_end - block.src_start):
                yield Pair(block.src_start + at, block.dest_start + at)
