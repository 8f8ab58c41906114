"""Tokens: a text cut into the smallest pieces a redline may move, which are words."""

import re

_SIGNS = (
    r"\s!-/:-@\[-`{-~\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
_LETTERS = f"[^{_SIGNS}{_UNSPACED}]++"
_JOINT = r"['\u2019.,:/@_&\u2010\u2011-]"
_ADDRESS = r"https?://[!-~]*[0-9A-Za-z/]"
_TOKEN = re.compile(rf"(?:{_ADDRESS}|{_LETTERS}(?:{_JOINT}{_LETTERS})*+|.)\s*+", re.DOTALL)

_SHAPES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u02bc\u2032\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u00a0\u2009\u202f", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)

_ENDS = tuple(".!?:;|…。！？")


def tokens(text: str) -> list[str]:
    """Words, and between them single signs, each with the white space after it; joined they give the text.

    Scripts that put no space between words are cut into characters; a web address is one word.

    >>> tokens("We don't sell your third-party data, ever.")
    ['We ', "don't ", 'sell ', 'your ', 'third-party ', 'data', ', ', 'ever', '.']
    """
    return _TOKEN.findall(text)


def shapeless(word: str) -> str:
    """A token without the shape of its apostrophes, quotation marks and dashes, invisible signs and outer white space.

    >>> shapeless("l\u2019usage ") == shapeless("l'usage")
    True
    """
    return word.strip() if word.isascii() else word.translate(_SHAPES).strip()


def ends_sentence(word: str) -> bool:
    """Whether a sentence, or a cell of a table row, ends with this token.

    >>> [word for word in tokens("No. Yes: version 1.5 | a") if ends_sentence(word)]
    ['. ', ': ', '| ']
    """
    return word.startswith(_ENDS)
