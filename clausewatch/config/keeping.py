"""[keeping]: how long captures are kept; versions are never dropped."""

from pydantic import Field

from clausewatch.config.table import Table


class Keeping(Table):
    """How long the bytes of fetched pages are kept. Versions are never dropped, nor captures that are in use."""

    captures_for: str = Field("", description="Drop captures older than this: 90d, 52w. Empty: never.")
    captures_newest: int = Field(0, ge=0, description="Keep only so many newest captures of a source. 0: all.")
