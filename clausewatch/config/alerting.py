"""[alerts]: what holds for all alerts."""

from typing import Annotated

from pydantic import Field

from clausewatch.config.hours import Clock, Zone
from clausewatch.config.table import Table

Days = Annotated[int, Field(ge=0, le=365)]


class Alerting(Table):
    """What holds for all alerts."""

    timezone: Zone = Field("UTC", min_length=1, description="Whose hours are meant where nothing else is said.")
    reminders: tuple[Days, ...] = Field(
        (7, 1), description="Days before a deadline or effective date to remind its readers; [] for never."
    )
    remind_at: Clock = Field("09:00", description="From what hour on.")
