"""Loading: reads clausewatch.toml, checks it and says what is wrong with it."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from clausewatch.config.channels import Console, Email, File, Webhook
from clausewatch.config.config import Config
from clausewatch.config.crawl import Crawl
from clausewatch.config.daemon import Daemon
from clausewatch.config.subscribe import Subscribe
from clausewatch.config.table import Table
from clausewatch.errors import ConfigError

FILE_NAME = "clausewatch.toml"


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
