"""[keeping]: how long captures and deliveries are kept; versions are never dropped."""

from pydantic import Field

from clausewatch.config.table import Table


class Keeping(Table):
    """How long the bytes of fetched pages, and what was delivered, are kept.

    Versions are never dropped, nor captures that are in use, nor alerts that wait or whose dates are still to come.
    """

    captures_for: str = Field("", description="Drop captures older than this: 90d, 52w. Empty: never.")
    captures_newest: int = Field(0, ge=0, description="Keep only so many newest captures of a source. 0: all.")
    deliveries_for: str = Field(
        "",
        description="Drop alerts delivered longer ago than this, 30d at least: 52w. Empty: never. They cannot be"
        " replayed then.",
    )
