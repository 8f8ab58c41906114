"""[alerts]: what holds for all alerts."""

from pydantic import Field

from clausewatch.config.hours import Zone
from clausewatch.config.table import Table


class Alerting(Table):
    """What holds for all alerts."""

    timezone: Zone = Field("UTC", min_length=1, description="Whose hours are meant where nothing else is said.")
