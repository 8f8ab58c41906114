"""Word edits: what was deleted, inserted and kept between two texts, word by word."""

import re

from diff_match_patch import diff_match_patch

from diffing.edit import Op, Span

_WORD = re.compile(r"\S+\s*|\s+")
_OPS = {
    diff_match_patch.DIFF_DELETE: Op.DELETE,
    diff_match_patch.DIFF_INSERT: Op.INSERT,
    diff_match_patch.DIFF_EQUAL: Op.KEEP,
}
_FIRST, _SURROGATES, _SURROGATE_COUNT = 0x100, 0xD800, 0x800


def word_edits(before: str, after: str) -> tuple[Span, ...]:
    """What to delete from `before` and insert to get `after`, in whole words with the white space after them.

    All spans that are not INSERT, joined, give `before`; all that are not DELETE give `after`. Deletions come before
    insertions. There is no time limit, so the same input gives the same output everywhere.

    >>> [(span.op.value, span.text) for span in word_edits("We sell data.", "We never sell data.")]
    [('keep', 'We '), ('insert', 'never '), ('keep', 'sell data.')]
    """
    codes: dict[str, str] = {}
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    diffs = differ.diff_main(_encode(before, codes), _encode(after, codes), False)
    differ.diff_cleanupSemantic(diffs)
    decode = {code: word for word, code in codes.items()}
    return tuple(Span(op=_OPS[op], text="".join(decode[code] for code in coded)) for op, coded in diffs)


def _encode(text: str, codes: dict[str, str]) -> str:
    out = []
    for word in _WORD.findall(text):
        code = codes.get(word)
        if code is None:
            number = _FIRST + len(codes)
            code = codes[word] = chr(number if number < _SURROGATES else number + _SURROGATE_COUNT)
        out.append(code)
    return "".join(out)
