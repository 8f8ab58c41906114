"""Visit: what came of visiting one document once."""

from dataclasses import dataclass

from diffing.change import Change
from diffing.fault import Fault
from diffing.outcome import Outcome
from diffing.version import Document
from diffing.warning import TermsWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of visiting one document once: a line in the table that `crawl` prints.

    fault: why there is no version; set exactly when the outcome is FAULT.
    change: what the version changed; None for NEW, UNCHANGED and FAULT.
    announces: of a blog post, the terms it names.
    warnings: on the terms, e.g. a selector that no longer matches; told to the operator, never to subscribers.
    """

    document: Document
    outcome: Outcome
    fault: Fault | None = None
    change: Change | None = None
    warnings: tuple[TermsWarning, ...] = ()
    announces: tuple[Document, ...] = ()
