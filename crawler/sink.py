"""Sink: where the crawl hands over what it saw. The recorder is one; tests write their own."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from crawler.observation import Observation
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.version import Document
from diffing.warning import TermsWarning

Together = Callable[[], AbstractContextManager[Any]]
"""What several calls of a sink are made within, such as one transaction."""

TOGETHER_SECONDS = 0.3
"""How long calls are gathered into one transaction, which other writers wait for."""


class Sink(Protocol):
    """Takes what the crawl saw of a document and says what came of it.

    Exactly one of the three is called for each document visited, always from the thread that called `crawl`, or in a
    process of its own (`crawler.keeper`), and never two at a time. Each returns only when what it was given is stored.
    A ClausewatchError that one of them raises (the archive is full, locked, broken) stops the whole crawl and is raised
    again to the caller of `crawl`; no document is visited after it.
    """

    def observe(self, observation: Observation) -> Visit:
        """Judge and keep a text that was fetched anew, at least in part."""

    def unchanged(
        self,
        document: Document,
        captures: Sequence[Capture],
        at: datetime,
        warnings: tuple[TermsWarning, ...] | None = None,
    ) -> Visit:
        """Note that the current version still stands at `at`: nothing new came of any source.

        `captures` are the answers, whose validators are worth keeping: of status 304 and without body, or the very
        bytes of before. For a blog it is its listing, handed over when all its new posts have been; none when a post
        failed, so that the listing is read in full next time. `warnings`: None when no page was read anew.
        """

    def fault(self, document: Document, fault: Fault, at: datetime) -> Visit:
        """Note that the visit gave no trustworthy text; the last good version stays current."""
