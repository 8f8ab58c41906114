"""Word edits: what was deleted, inserted and kept between two texts, word by word."""

from collections.abc import Iterator, Sequence

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

from diffing.chain import Pair, heaviest_chain
from diffing.edit import Op, Span
from diffing.matching import LARGEST_LCS, match, unique_pairs
from diffing.redline import Run, tidy
from diffing.tokens import ends_sentence, tokens

SENTENCE_WISE = 120
"""Tokens, both sides together, above which a text is compared sentence by sentence."""

PATIENT = 600
"""Tokens, both sides together, above which a sentence is compared by RapidFuzz: diff-match-patch is quadratic in the
number of changes and takes 60 ms from there."""

_OPS = {-1: Op.DELETE, 0: Op.KEEP, 1: Op.INSERT}


def word_edits(before: str, after: str) -> tuple[Span, ...]:
    """What to delete from `before` and insert to get `after`, in whole words with the white space after them.

    All spans that are not INSERT, joined, give `before`; all that are not DELETE give `after`. Deletions come before
    insertions. Long texts are compared sentence by sentence. There is no time limit, so the same input gives the same
    output everywhere.

    >>> [(span.op.value, span.text) for span in word_edits("We sell data.", "We never sell data.")]
    [('keep', 'We '), ('insert', 'never '), ('keep', 'sell data.')]
    """
    runs = tidy(_compared(tokens(before), tokens(after)))
    return tuple(Span(op=op, text="".join(words)) for op, words in runs)


def _compared(a: list[str], b: list[str]) -> Iterator[Run]:
    """Runs between two texts: equal ends first, then by sentence or by word."""
    start, end = _equal_ends(a, b)
    yield Op.KEEP, a[:start]
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    yield from (_by_words if len(inner_a) + len(inner_b) <= SENTENCE_WISE else _by_sentences)(inner_a, inner_b)
    yield Op.KEEP, a[len(a) - end :]


def _equal_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(a), len(b))
    start = next((at for at in range(shorter) if a[at] != b[at]), shorter)
    end = next((at for at in range(shorter - start) if a[-1 - at] != b[-1 - at]), shorter - start)
    return start, end


def _by_sentences(a: list[str], b: list[str]) -> Iterator[Run]:
    olds, news = _sentences(a), _sentences(b)
    pairs = match(["".join(words) for words in olds], ["".join(words) for words in news]).in_order
    past_old = past_new = 0
    for i, j in (*pairs, (len(olds), len(news))):
        yield Op.DELETE, [word for words in olds[past_old:i] for word in words]
        yield Op.INSERT, [word for words in news[past_new:j] for word in words]
        if i < len(olds):
            yield from _by_words(olds[i], news[j])
        past_old, past_new = i + 1, j + 1


def _sentences(words: list[str]) -> list[list[str]]:
    sentences: list[list[str]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if ends_sentence(word):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _by_words(a: list[str], b: list[str]) -> Iterator[Run]:
    if not a or not b or a == b:
        yield (Op.KEEP, a) if a == b else (Op.DELETE, a)
        yield Op.INSERT, [] if a == b else b
    elif len(a) + len(b) <= PATIENT:
        yield from _by_diff_match_patch(a, b)
    else:
        yield from _by_common_words(a, b)


def _by_diff_match_patch(a: list[str], b: list[str]) -> Iterator[Run]:
    """Myers' difference over words, each encoded as a character, as diff-match-patch advises for line diffs."""
    codes: dict[str, str] = {}
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    decode: dict[str, str] = {}
    coded = ["".join(codes.setdefault(word, chr(0x100 + len(codes))) for word in words) for words in (a, b)]
    decode = {code: word for word, code in codes.items()}
    for op, text in differ.diff_main(*coded, False):
        yield _OPS[op], [decode[code] for code in text]


def _by_common_words(a: list[str], b: list[str]) -> Iterator[Run]:
    """The longest common sequence of words; of texts too long for that, the words that stand once on either side."""
    pairs = _common(a, b) if len(a) * len(b) <= LARGEST_LCS else heaviest_chain(unique_pairs(a, b))
    past_old = past_new = 0
    for pair in (*pairs, Pair(len(a), len(b))):
        yield Op.DELETE, a[past_old : pair.old]
        yield Op.INSERT, b[past_new : pair.new]
        yield Op.KEEP, a[pair.old : pair.old + 1]
        past_old, past_new = pair.old + 1, pair.new + 1


def _common(a: list[str], b: list[str]) -> Iterator[Pair]:
    for block in LCSseq.opcodes(a, b):
        if block.tag == "equal":
            for at in range(block.src_end - block.src_start):
                yield Pair(block.src_start + at, block.dest_start + at)
