"""Config: what clausewatch.toml says, checked."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from clausewatch.errors import ConfigError
from diffing.change import ChangeKind, Severity
from diffing.flag import Effect

FILE_NAME = "clausewatch.toml"


class Table(BaseModel):
    """A table of the file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Crawl(Table):
    """How pages are fetched."""

    contact: str = Field("", description="Mail or web address shown to sites in the User-Agent.")
    robots: bool = Field(True, description="Obey robots.txt.")
    delay: float = Field(1.0, ge=0, description="Seconds between two requests to one host.")
    per_host: int = Field(2, ge=1, le=16, description="Requests to one host at once.")
    timeout: float = Field(30, gt=0, description="Seconds until a fetch is given up.")
    allow_hosts: tuple[str, ...] = Field((), description="Hosts on private addresses that may be fetched, by name.")


class Daemon(Table):
    """When the daemon crawls."""

    every: str = Field("1d", description="How often terms are visited that do not say it themselves: 30m, 6h, 1d, 1w.")
    jitter: float = Field(0.1, ge=0, le=0.5, description="Share of the interval by which a visit may be late.")


class Webhook(Table):
    """A channel that posts signed JSON."""

    type: Literal["webhook"] = Field(description='"webhook".')
    url: str = Field(description="Where to post. http or https.")
    secret: SecretStr = Field(description="Signs each post: whsec_ and base64.")
    old_secrets: tuple[SecretStr, ...] = Field((), description="Sign with these too, while receivers change over.")
    allow_private: bool = Field(False, description="The address may be a private one of your own network.")


class Email(Table):
    """A channel that sends mail."""

    type: Literal["email"] = Field(description='"email".')
    host: str = Field(description="The mail server.")
    port: int = Field(587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls.")
    sender: str = Field(description="The From address.")
    to: tuple[str, ...] = Field(min_length=1, description="Who gets the mails.")
    user: str = Field("", description="Name to log in with; none means no log-in.")
    password: SecretStr = Field(SecretStr(""), description="Password to log in with.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the connection is encrypted.")


class Console(Table):
    """A channel that prints."""

    type: Literal["console"] = Field(description='"console".')


class File(Table):
    """A channel that appends JSON lines."""

    type: Literal["file"] = Field(description='"file".')
    path: Path = Field(description="The file to append to, a JSON object a line.")


Channel = Annotated[Webhook | Email | Console | File, Field(discriminator="type")]


class Subscribe(Table):
    """Who is told what; empty lists mean "all"."""

    channel: str = Field(description="Name of a channel above.")
    topics: tuple[str, ...] = Field((), description="ai_training, microsoft_ads, or a topic of your own.")
    effects: tuple[Effect, ...] = Field((), description="What the change does.")
    severities: tuple[Severity, ...] = Field((), description="How soon to look.")
    services: tuple[str, ...] = Field((), description="Names or globs: LinkedIn, Meta*")
    terms: tuple[str, ...] = Field((), description="Names or globs: Privacy Policy, *Terms*")
    kinds: tuple[ChangeKind, ...] = Field((), description="Of the kinds that are told: substantive, return, post.")
    language: Literal["en", "fr"] = Field("en", description="The language the alert is written in.")
    unflagged: bool = Field(False, description="Tell of changes without a flag too.")


class Config(Table):
    """The whole file. Paths are relative to it."""

    archive: Path = Field(Path("clausewatch.db"), description="The database.")
    targets: tuple[Path, ...] = Field((), description="Folders of declarations; none means the shipped ones.")
    topics: tuple[Path, ...] = Field((), description="Folders of topics of your own, beside the shipped ones.")
    crawl: Crawl = Field(Crawl(), description="How pages are fetched.")
    daemon: Daemon = Field(Daemon(), description="When the daemon crawls.")
    channels: dict[str, Channel] = Field({}, description="Where alerts go, by a name of your choice.")
    subscriptions: tuple[Subscribe, ...] = Field((), description="Who is told what.")


def load(path: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """Read the file. Secrets written "env:NAME" or "file:PATH" are looked up. Raises ConfigError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"not valid TOML ({error})", "correct that place") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "not UTF-8 text", "save the file as UTF-8") from error
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})", "write one: clausewatch init") from error
    try:
        config = Config.model_validate(_with_secrets(raw, path, environment))
    except ValidationError as error:
        raise ConfigError(str(path), *_told(error.errors()[0], raw)) from error
    _check_names(config, path)
    return _beside(config, path.resolve().parent)


def find(explicit: Path | None) -> Config:
    """The config named, else clausewatch.toml in the working directory, else the defaults there."""
    if explicit is not None:
        return load(explicit)
    here = Path.cwd() / FILE_NAME
    return load(here) if here.exists() else _beside(Config(), Path.cwd())


def _beside(config: Config, folder: Path) -> Config:
    """The config with its paths made absolute, relative to the file's folder."""
    channels = {
        name: channel.model_copy(update={"path": folder / channel.path}) if isinstance(channel, File) else channel
        for name, channel in config.channels.items()
    }
    return config.model_copy(
        update={
            "archive": folder / config.archive,
            "targets": tuple(folder / path for path in config.targets),
            "topics": tuple(folder / path for path in config.topics),
            "channels": channels,
        }
    )


def _with_secrets(raw: dict[str, Any], path: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """The raw file with "env:NAME" and "file:PATH" resolved under the keys that hold secrets."""

    def resolve(key: str, value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(key, item) for item in value]
        if not isinstance(value, str):
            return value
        kind, _, name = value.partition(":")
        if kind == "env":
            if name not in environment:
                raise ConfigError(str(path), f"key {key!r} names the unset variable {name}", f"set {name}")
            return environment[name]
        if kind == "file":
            try:
                return (path.parent / name).read_text(encoding="utf-8").strip()
            except OSError as error:
                what = f"key {key!r} names {name}, which cannot be read ({error.strerror})"
                raise ConfigError(str(path), what, "correct the path or its rights") from error
        return value

    channels = raw.get("channels")
    if not isinstance(channels, dict):
        return raw
    secret_keys = {"secret", "old_secrets", "password", "user", "url"}
    return raw | {
        "channels": {
            name: {
                key: resolve(f"channels.{name}.{key}", value) if key in secret_keys else value
                for key, value in channel.items()
            }
            if isinstance(channel, dict)
            else channel
            for name, channel in channels.items()
        }
    }


def _told(error: ErrorDetails, raw: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and what to do, for pydantic's first complaint. Never shows a value: it may be a secret."""
    tags = {"webhook", "email", "console", "file"}
    path = tuple(part for i, part in enumerate(error["loc"]) if not (i == 2 and part in tags))
    key = ".".join(map(str, path))
    if error["type"] == "extra_forbidden":
        known = _known_keys(path, raw)
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        return f"unknown key {key!r}", f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
    return f"key {key!r}: {error['msg']}", "correct it (docs/configuration.md lists every key)"


def _known_keys(path: tuple[int | str, ...], raw: Mapping[str, Any]) -> list[str]:
    channel_types: dict[object, type[Table]] = {"webhook": Webhook, "email": Email, "console": Console, "file": File}
    match path:
        case ("channels", name, _):
            model = channel_types.get(raw["channels"][name].get("type"), Table)
        case ("crawl", _):
            model = Crawl
        case ("daemon", _):
            model = Daemon
        case ("subscriptions", *_):
            model = Subscribe
        case _:
            model = Config
    return list(model.model_fields)


def _check_names(config: Config, path: Path) -> None:
    """Every subscription names a channel that exists."""
    for index, subscription in enumerate(config.subscriptions):
        if subscription.channel not in config.channels:
            known = ", ".join(config.channels) or "none"
            what = f"key 'subscriptions.{index}.channel': no channel is called {subscription.channel!r}"
            raise ConfigError(str(path), what, f"known channels: {known}")
