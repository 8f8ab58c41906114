"""The last step to a version's text: one form for what looks the same."""

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_BREAKS = re.compile("[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_LINE_ENDS = re.compile("\r\n?")
_ODD_INDENT = re.compile(r"^( *)[^\S\n ][^\S\n]*", re.MULTILINE)
_INDENT = re.compile(r"^ {1,3}(?=\S)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """NFC, no control characters or lone surrogates, no trailing spaces, single blank lines, a line break at the end.

    A text without words is "".

    >>> normalise("\\x00One\\u2028 two  \\n\\n\\n\\nthree")
    'One  two\\n\\nthree\\n'
    """
    plain = _is_plain(text)
    if not plain:
        text = without_controls(_LINE_ENDS.sub("\n", text))
    text = _without_trailing(unicodedata.normalize("NFC", text))
    if not plain:
        text = _ODD_INDENT.sub(r"\1", text)
    if "\n " in text:
        text = _INDENT.sub("", text)
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    text = text.strip()
    return f"{text}\n" if any(char.isalnum() for char in text) else ""


def without_controls(text: str) -> str:
    """The text without control characters and lone surrogates; those that part words or lines become a space."""
    return text if _is_plain(text) else _CONTROL.sub("", _BREAKS.sub(" ", text))


def _is_plain(text: str) -> bool:
    """Whether a text holds no control character and no white space but spaces and line breaks, as most do.

    Asking is four times quicker than patterns that find nothing.
    """
    return text.replace("\n", "").isprintable()


def _without_trailing(text: str) -> str:
    """The text without spaces at the ends of its lines; a pattern would look at every space."""
    return "\n".join(map(str.rstrip, text.split("\n")))
