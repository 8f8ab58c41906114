"""[crawl]: how pages are fetched."""

from pydantic import Field

from clausewatch.config.table import Table


class Crawl(Table):
    """How pages are fetched."""

    contact: str = Field("", description="Mail or web address shown to sites in the User-Agent.")
    robots: bool = Field(True, description="Obey robots.txt.")
    delay: float = Field(1.0, ge=0, description="Seconds between two requests to one host.")
    per_host: int = Field(2, ge=1, le=16, description="Requests to one host at once.")
    timeout: float = Field(30, gt=0, description="Seconds until a fetch is given up.")
    unreachable_after: int = Field(
        3, ge=1, le=100, description="Visits in a row without text until subscribers of faults are told."
    )
    chromium: str = Field(
        "",
        description='Path of Chromium, for pages that need a browser; empty: found by name; "none": use no browser.',
    )
    allow_hosts: tuple[str, ...] = Field((), description="Hosts on private addresses that may be fetched, by name.")
