"""Config: the whole of clausewatch.toml."""

from pathlib import Path

from pydantic import Field

from clausewatch.config.alerting import Alerting
from clausewatch.config.channels import Channel
from clausewatch.config.crawl import Crawl
from clausewatch.config.daemon import Daemon
from clausewatch.config.keeping import Keeping
from clausewatch.config.region import Region
from clausewatch.config.subscribe import Subscribe
from clausewatch.config.table import Beside, Table
from clausewatch.config.wayback import Wayback
from clausewatch.config.web import Web


class Config(Table):
    """The whole file. Paths are relative to it."""

    archive: Beside = Field(Path("clausewatch.db"), description="The database.")
    targets: tuple[Beside, ...] = Field((), description="Folders of declarations; none means the shipped ones.")
    filters: Beside = Field(Path("filters.toml"), description="What foreign filters are in our own; may be missing.")
    topics: tuple[Beside, ...] = Field((), description="Folders of topics of your own, beside the shipped ones.")
    crawl: Crawl = Field(Crawl(), description="How pages are fetched.")
    daemon: Daemon = Field(Daemon(), description="When the daemon crawls.")
    keeping: Keeping = Field(Keeping(), description="How long captures and deliveries are kept.")
    alerts: Alerting = Field(Alerting(), description="What holds for all alerts.")
    web: Web = Field(Web(), description="The pages and the API of `clausewatch serve`.")
    regions: dict[str, Region] = Field({}, description="Places that terms are seen from, by name.")
    wayback: Wayback = Field(Wayback(), description="Where the past is looked up.")
    channels: dict[str, Channel] = Field({}, description="Where alerts go, by a name of your choice.")
    subscriptions: tuple[Subscribe, ...] = Field((), description="Who is told what.")
