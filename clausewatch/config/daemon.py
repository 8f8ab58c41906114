"""[daemon]: when the daemon crawls."""

from pydantic import Field

from clausewatch.config.table import Reference, Table


class Daemon(Table):
    """When the daemon crawls."""

    every: str = Field("1d", description="How often terms are visited that do not say it themselves: 30m, 6h, 1d, 1w.")
    timezone: str = Field("UTC", description="Whose clocks a cron expression means that names no zone: Europe/Paris.")
    adaptive: bool = Field(True, description="Visit sooner after a change or near an announced date, later in silence.")
    fastest: str = Field("6h", description="The shortest interval that adapting may come to.")
    slowest: str = Field("1w", description="The longest interval that adapting may come to.")
    spread: str = Field("10m", description="At most so long after the start are visits spread that were due before.")
    listen: str = Field("", description='Answer /healthz, /readyz and /metrics here: "127.0.0.1:9464". Empty: nowhere.')
    heartbeat: Reference = Field("", description="Address to post to every minute, so that silence there is noticed.")
    heartbeat_private: bool = Field(False, description="The heartbeat's address may be one of your own network.")
    jitter: float = Field(0.1, ge=0, le=0.5, description="Share of the interval by which a visit may be late.")
