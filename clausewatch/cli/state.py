"""State of one run of the command line: what the options before the command said."""

from pathlib import Path

from clausewatch.config import Config, find

config_file: Path | None = None


def config() -> Config:
    """The configuration this run works with. Raises ConfigError."""
    return find(config_file)
