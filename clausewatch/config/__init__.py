"""What clausewatch.toml says, checked: a file for each table of it."""

from clausewatch.config.alerting import Alerting
from clausewatch.config.channels import (
    TYPES,
    Apprise,
    Channel,
    Command,
    Console,
    Discord,
    Email,
    File,
    Mattermost,
    Slack,
    Teams,
    Treated,
    Webhook,
)
from clausewatch.config.config import Config
from clausewatch.config.crawl import Crawl
from clausewatch.config.daemon import Daemon
from clausewatch.config.keeping import Keeping
from clausewatch.config.loading import FILE_NAME, find, load
from clausewatch.config.subscribe import Subscribe
from clausewatch.config.table import Table
from clausewatch.config.web import Web

__all__ = [
    "FILE_NAME",
    "TYPES",
    "Alerting",
    "Apprise",
    "Channel",
    "Command",
    "Config",
    "Console",
    "Crawl",
    "Daemon",
    "Discord",
    "Email",
    "File",
    "Keeping",
    "Mattermost",
    "Slack",
    "Subscribe",
    "Table",
    "Teams",
    "Treated",
    "Web",
    "Webhook",
    "find",
    "load",
]
