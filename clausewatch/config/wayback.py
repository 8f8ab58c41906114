"""[wayback]: where the past is looked up."""

from pydantic import Field

from clausewatch.config.table import Table


class Wayback(Table):
    """Where `clausewatch import wayback` looks, and how gently."""

    url: str = Field("https://web.archive.org", description="An archive that answers CDX questions.")
    delay: float = Field(2.0, ge=0, description="Seconds between two requests to it.")
