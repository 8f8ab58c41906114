"""Returns: whether a text that stood before is back, and whether that is news or a page that flips."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from diffing.stay import Stay

SETTLED = timedelta(days=2)
"""How long the other text must have stood for its end to be news.

Tried 1, 2, 3, 5 and 7 days on 26,620 recorded versions of 749 documents, of which 9,734 are returns: 263, 201, 177, 157
and 138 of them are news then (2026-11-23). Real withdrawals of announced terms after 2 to 4 days are among those that
only the lower values keep; failed loads and A/B variants rarely stand a full day.
"""

FLIP_WINDOW = timedelta(days=90)
"""How far back earlier returns count as flips. Tried 30, 60, 90 and 180 days: 286, 227, 201 and 185 are news. A page
that flipped for weeks at the start of 2026 paused for 27 days in between, so 30 days forget too soon."""

ONE_FLIP_SETTLED = timedelta(days=7)
"""How long the other text must have stood when the document returned once already inside the window: withdrawn terms
that come into force after all. Tried 2, 7 and 14 days: 239, 201 and 188 are news. With more flips than one, none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A text that is back.

    version_id: of the version that last had it. observed_at: when that text was first observed.
    news: whether the other text had settled, so that its end is news.
    stood: how long the other text stood, the longest of them if there were several.
    flips: returns of this document within the window before this one.
    """

    version_id: str
    observed_at: datetime
    news: bool
    stood: timedelta
    flips: int


class Runs:
    """Stays of one document, those of the same text in a row as one; they are added oldest first.

    What a return is told from is kept up to date, so that telling it takes no longer the longer the history is.
    runs: the first stay of each. first, last: by text, the numbers of its runs. returns: when earlier texts came back.
    """

    def __init__(self, stays: Iterable[Stay] = ()) -> None:
        self.runs: list[Stay] = []
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.returns: list[datetime] = []
        for stay in stays:
            self.add(stay)

    def add(self, stay: Stay) -> None:
        """Take in the next stay."""
        text = stay.text_hash
        if self.runs and self.runs[-1].text_hash == text:
            return
        if text in self.first:
            self.returns.append(stay.observed_at)
        self.first.setdefault(text, len(self.runs))
        self.last[text] = len(self.runs)
        self.runs.append(stay)


def return_of(history: Runs, text_hash: str, now: datetime) -> Return | None:
    """Tell whether a text seen at `now` stood before, and whether its return is news.

    history: of this document; its last text still stands. None when the text is new or is the one that stands. A clock
    that went backwards counts as no time at all.
    """
    last = history.last.get(text_hash)
    if last is None or last == len(history.runs) - 1:
        return None
    stood = _longest(history.runs[last + 1 :], now)
    flips = len(history.returns) - bisect_left(history.returns, now - FLIP_WINDOW)
    news = (flips == 0 and stood >= SETTLED) or (flips == 1 and stood >= ONE_FLIP_SETTLED)
    first = history.runs[history.first[text_hash]]
    return Return(
        version_id=history.runs[last].version_id, observed_at=first.observed_at, news=news, stood=stood, flips=flips
    )


def _longest(others: Sequence[Stay], now: datetime) -> timedelta:
    """The time the longest-standing of these texts stood, its stays added up."""
    stood: dict[str, timedelta] = {}
    ends = [*(other.observed_at for other in others[1:]), now]
    for other, end in zip(others, ends, strict=True):
        span = max(end - other.observed_at, timedelta())
        stood[other.text_hash] = stood.get(other.text_hash, timedelta()) + span
    return max(stood.values())
