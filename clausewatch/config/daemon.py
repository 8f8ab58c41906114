"""[daemon]: when the daemon crawls."""

from pydantic import Field

from clausewatch.config.table import Table


class Daemon(Table):
    """When the daemon crawls."""

    every: str = Field("1d", description="How often terms are visited that do not say it themselves: 30m, 6h, 1d, 1w.")
    jitter: float = Field(0.1, ge=0, le=0.5, description="Share of the interval by which a visit may be late.")
