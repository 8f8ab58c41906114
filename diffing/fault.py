"""Fault: why a fetch gave no trustworthy text; the last good version stays current."""

from dataclasses import dataclass
from enum import StrEnum


class FaultReason(StrEnum):
    """Why. Each has a sentence in data/locales for people; programs compare the value."""

    TIMEOUT = "timeout"
    DNS = "dns"
    CONNECTION = "connection"
    HTTP_STATUS = "http_status"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"
    FORBIDDEN_ADDRESS = "forbidden_address"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    CONTENT_TYPE = "content_type"
    BAD_FEED = "bad_feed"
    BLOCKED = "blocked"
    LOGIN = "login"
    CONSENT = "consent"
    MAINTENANCE = "maintenance"
    EMPTY = "empty"
    COLLAPSED = "collapsed"
    WRONG_LANGUAGE = "wrong_language"
    UNCONFIRMED = "unconfirmed"
    NEEDS_BROWSER = "needs_browser"
    EXTRACTION = "extraction"
    DECLARATION = "declaration"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fetch that gave no version.

    where: the address or selector it concerns; what: one clause for people, no page text beyond 100 characters;
    todo: what the reader can do.
    text_hash: of the text that was held back (COLLAPSED, WRONG_LANGUAGE, UNCONFIRMED), so that a second visit can
        confirm it.
    """

    reason: FaultReason
    where: str
    what: str
    todo: str
    text_hash: str = ""
