"""[channels.NAME]: where alerts go, a table for each type of channel."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from clausewatch.config.hours import Hours, Span, Zone
from clausewatch.config.table import Beside, Reference, Secret, Table


class Treated(Table):
    """What every channel may say."""

    quiet: Hours = Field("", description='Hours in which nothing is sent: "22:00-07:00".')
    timezone: Zone = Field("", description="Whose hours those are: Europe/Paris. Else that of [alerts].")
    limit: int = Field(0, ge=0, description="Alerts it takes in `per`; more come in one digest. 0: any number.")
    per: Span = Field("1h", description="In what time: 10m, 1h, 1d.")
    fallback: tuple[str, ...] = Field((), description="Channels that are told when this one is disabled.")


class Styled(Treated):
    """A channel whose words may be replaced."""

    templates: Beside | None = Field(None, description="Folder of templates of your own (docs/channels.md).")


class Webhook(Treated):
    """A channel that posts signed JSON."""

    type: Literal["webhook"] = Field(description='"webhook".')
    url: Reference = Field(description="Where to post. http or https.")
    secret: Secret = Field(description="Signs each post: whsec_ and base64.")
    old_secrets: tuple[Secret, ...] = Field((), description="Sign with these too, while receivers change over.")
    allow_private: bool = Field(False, description="The address may be a private one of your own network.")


class Email(Styled):
    """A channel that sends mail."""

    type: Literal["email"] = Field(description='"email".')
    host: str = Field(description="The mail server.")
    port: int = Field(587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls.")
    sender: str = Field(description="The From address.")
    to: tuple[str, ...] = Field(min_length=1, description="Who gets the mails.")
    user: Reference = Field("", description="Name to log in with; none means no log-in.")
    password: Secret = Field(SecretStr(""), description="Password to log in with.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the connection is encrypted.")


class Console(Styled):
    """A channel that prints."""

    type: Literal["console"] = Field(description='"console".')


class File(Treated):
    """A channel that appends JSON lines."""

    type: Literal["file"] = Field(description='"file".')
    path: Beside = Field(description="The file to append to, a JSON object a line.")


class ChatHook(Styled):
    """A channel that posts to the incoming webhook of a chat service."""

    url: Secret = Field(description="The incoming webhook. It is a secret.")
    allow_private: bool = Field(False, description="The address may be a private one of your own network.")


class Slack(ChatHook):
    """A channel of Slack."""

    type: Literal["slack"] = Field(description='"slack".')


class Discord(ChatHook):
    """A channel of Discord."""

    type: Literal["discord"] = Field(description='"discord".')


class Teams(ChatHook):
    """A channel of Microsoft Teams."""

    type: Literal["teams"] = Field(description='"teams".')


class Mattermost(ChatHook):
    """A channel of Mattermost."""

    type: Literal["mattermost"] = Field(description='"mattermost".')


class Apprise(Styled):
    """A channel through Apprise: ntfy, Matrix, Telegram and others."""

    type: Literal["apprise"] = Field(description='"apprise".')
    url: Secret = Field(description="An Apprise address: ntfys://ntfy.sh/TOPIC. It is a secret.")
    allow_private: bool = Field(False, description="Its host may be a private one of your own network.")


class Command(Treated):
    """A channel that gives alerts to a program."""

    type: Literal["command"] = Field(description='"command".')
    command: tuple[str, ...] = Field(min_length=1, description="The program and its arguments; no shell reads them.")
    timeout: float = Field(60, gt=0, le=600, description="Seconds until it is killed.")


Channel = Annotated[
    Webhook | Email | Slack | Discord | Teams | Mattermost | Apprise | Command | File | Console,
    Field(discriminator="type"),
]
TYPES: dict[str, type[Table]] = {
    "webhook": Webhook,
    "email": Email,
    "slack": Slack,
    "discord": Discord,
    "teams": Teams,
    "mattermost": Mattermost,
    "apprise": Apprise,
    "command": Command,
    "file": File,
    "console": Console,
}
"""Every type of channel, in the order the reference lists them."""
