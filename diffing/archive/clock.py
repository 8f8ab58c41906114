"""Times as the archive keeps them: whole milliseconds since 1970-01-01T00:00Z."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Milliseconds since the epoch; what is finer is cut off, as `Version.id` does.

    Raises ValueError for a time without a zone: it could mean any hour.

    >>> to_ms(datetime(2025, 11, 3, 8, 30, 0, 1999, tzinfo=UTC))
    1762158600001
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The moment, aware, UTC.

    >>> from_ms(1762158600001).isoformat()
    '2025-11-03T08:30:00.001000+00:00'
    """
    return _EPOCH + milliseconds * _MILLISECOND


def from_ms_or_none(milliseconds: int | None) -> datetime | None:
    """The moment in a column that may hold none."""
    return None if milliseconds is None else from_ms(milliseconds)
