"""Shorten text for people: between words, with an ellipsis where something is left out."""

ELLIPSIS = "…"


def shorten(text: str, limit: int) -> str:
    """Cut `text` to at most `limit` characters, never inside a word.

    A single word longer than half the limit (or a script without spaces) is cut where the limit falls.

    >>> shorten("We may use your posts to train models.", 20)
    'We may use your…'
    """
    if len(text) <= limit:
        return text
    return text[: _break_before(text, limit - len(ELLIPSIS))].rstrip(" ,;:") + ELLIPSIS


def shorten_around(text: str, keep: str, limit: int) -> str:
    """Cut `text` to at most `limit` characters so that `keep`, when it stands in it and fits, is still there.

    >>> shorten_around("First of all, after much thought, we may train models on posts, as said above.", "train", 40)
    '… thought, we may train models on…'
    """
    at = text.find(keep)
    if len(text) <= limit or at + len(keep) <= limit - len(ELLIPSIS) or len(keep) > limit // 2:
        return shorten(text, limit)
    room = limit - len(keep) - 2 * len(ELLIPSIS) - 1
    start = _break_after(text, max(0, at - room // 2), at)
    return f"{ELLIPSIS} {shorten(text[start:], limit - len(ELLIPSIS) - 1)}"


def _break_before(text: str, limit: int) -> int:
    """Index of the last break between words at or before `limit`, or `limit` when it lies too far back."""
    if text[limit : limit + 1].isspace():
        return limit
    found = max((i for i in range(limit, limit // 2, -1) if text[i - 1].isspace()), default=limit + 1)
    return found - 1 if found <= limit else limit


def _break_after(text: str, start: int, end: int) -> int:
    """Index of the first beginning of a word from `start` on, at most `end`."""
    return next((i for i in range(start, end) if i == 0 or text[i - 1].isspace()), end)
