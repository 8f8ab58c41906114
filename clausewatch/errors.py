"""What can go wrong in the application itself."""

from enum import StrEnum

from data.errors import ClausewatchError


class Reason(StrEnum):
    """Why."""

    CONFIG = "config"
    USAGE = "usage"
    NOT_FOUND = "not_found"
    SERVE = "serve"
    PUBLISH = "publish"
    HELD = "held"


class ConfigError(ClausewatchError):
    """The configuration cannot be used."""

    reason = Reason.CONFIG


class UsageError(ClausewatchError):
    """The command line asks for something that cannot be; exit code 2."""

    reason = Reason.USAGE


class NotFoundError(ClausewatchError):
    """What was asked for is not in the archive or among the targets; exit code 1."""

    reason = Reason.NOT_FOUND


class ServeError(ClausewatchError):
    """The pages cannot be served."""

    reason = Reason.SERVE


class HeldError(ClausewatchError):
    """Another process holds what only one may hold; exit code 1."""

    reason = Reason.HELD


class PublishError(ClausewatchError):
    """The static site cannot be written."""

    reason = Reason.PUBLISH
