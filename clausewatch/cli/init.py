"""`clausewatch init`: write a commented configuration."""

from pathlib import Path
from typing import Annotated

import typer

from clausewatch.cli.main import app
from clausewatch.config import FILE_NAME
from clausewatch.errors import ConfigError

TEMPLATE = """\
# Clausewatch. Paths are relative to this file. Every key is explained in docs/configuration.md.

# The database that keeps everything.
archive = "clausewatch.db"

# Folders of declarations (Open Terms Archive JSON). Leave it out to use the ones shipped with Clausewatch.
# targets = ["declarations"]

# Folders of topics of your own, beside ai_training and microsoft_ads.
# topics = ["topics"]

[crawl]
# Shown to the sites you visit, so that they can reach you.
contact = ""
# Seconds between two requests to one host.
delay = 1.0

[daemon]
# How often terms are visited that do not say it themselves: 30m, 6h, 1d, 1w.
every = "1d"

# Where alerts go. A secret is best kept out of this file: "env:NAME" or "file:PATH".
[channels.screen]
type = "console"

# [channels.newsroom]
# type = "webhook"
# url = "https://example.org/hooks/clausewatch"
# secret = "env:CLAUSEWATCH_WEBHOOK_SECRET"    # whsec_...

# [channels.desk]
# type = "slack"                               # or discord, teams, mattermost, apprise, command: docs/channels.md
# url = "env:CLAUSEWATCH_SLACK_HOOK"
# quiet = "22:00-07:00"

# [channels.mail]
# type = "email"
# host = "smtp.example.org"
# port = 587
# security = "starttls"                        # or "tls", "none"
# user = "clausewatch"
# password = "env:CLAUSEWATCH_SMTP_PASSWORD"
# sender = "Clausewatch <clausewatch@example.org>"
# to = ["desk@example.org"]

# Who is told what. Lists left out mean "all"; names may be globs.
[[subscriptions]]
channel = "screen"
language = "en"

# [[subscriptions]]
# channel = "mail"
# topics = ["ai_training"]
# services = ["LinkedIn", "Meta*"]
# language = "fr"
# digest = "daily"                             # or "weekly"; left out: at once
# at = "08:00"
"""


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.", show_default=False)] = Path(),
) -> None:
    """Write a commented clausewatch.toml. An existing one is left alone."""
    path = folder / FILE_NAME
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError as error:
        raise ConfigError(str(path), "is there already", "edit it, or move it away first") from error
    except OSError as error:
        raise ConfigError(str(path), f"cannot be written ({error.strerror})", "name another folder") from error
    typer.echo(f"Wrote {path}. Next: clausewatch targets list, then clausewatch crawl LinkedIn")
