"""Errors of the crawler: CrawlerError, and below it one class for each thing a reader would mend differently."""

from enum import StrEnum

from data.errors import ClausewatchError


class Reason(StrEnum):
    """Why the crawler refuses; for programs, never read from the message."""

    DECLARATION = "declaration"
    UNKNOWN_TARGET = "unknown_target"
    REACTOR = "reactor"
    KEEPING = "keeping"
    SETTINGS = "settings"
    HISTORY = "history"
    DISCOVERY = "discovery"
    EXPORT = "export"


class CrawlerError(ClausewatchError):
    """Something the crawler cannot work with; what a page does wrong is a Fault instead, and stops only itself."""


class DeclarationError(CrawlerError):
    """A declaration file is malformed, or two of them declare the same service."""

    reason = Reason.DECLARATION


class UnknownTarget(CrawlerError):  # noqa: N818
    """No declaration has that service or those terms; the message gives the nearest names."""

    reason = Reason.UNKNOWN_TARGET


class ReactorError(CrawlerError):
    """The crawl's event loop could not be started, or died under a crawl."""

    reason = Reason.REACTOR


class KeepingError(CrawlerError):
    """The process that keeps what a long crawl saw has died."""

    reason = Reason.KEEPING


class SettingsError(CrawlerError):
    """A setting of the crawl is missing or not of the right form."""

    reason = Reason.SETTINGS


class HistoryError(CrawlerError):
    """A history to import cannot be read: no repository, a damaged bundle, or git stopped."""

    reason = Reason.HISTORY


class DiscoveryError(CrawlerError):
    """A site whose pages are to be found cannot be read at all."""

    reason = Reason.DISCOVERY


class ExportError(CrawlerError):
    """What is kept cannot be written where it was to go."""

    reason = Reason.EXPORT
