"""Days and moments as typed on the command line."""

from datetime import UTC, datetime

from clausewatch.errors import UsageError


def moment(text: str, option: str) -> datetime:
    """A day or moment in ISO 8601; without a zone it is UTC. Raises UsageError.

    >>> moment("2025-11-04", "--since")
    datetime.datetime(2025, 11, 4, 0, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(option, f"{text!r} is no date", "write it as 2025-11-04 or 2025-11-04T12:30") from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
