"""Loading: reads clausewatch.toml and what the environment overrides of it, and checks both."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from clausewatch.config.complaint import complaint
from clausewatch.config.config import Config
from clausewatch.config.override import overridden
from clausewatch.config.table import Place
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
    return _checked(raw, path, environment)


def find(explicit: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """The config named, else clausewatch.toml in the working directory, else the defaults there."""
    if explicit is not None:
        return load(explicit, environment)
    here = Path.cwd() / FILE_NAME
    return load(here, environment) if here.exists() else _checked({}, here, environment)


def _checked(raw: dict[str, Any], path: Path, environment: Mapping[str, str]) -> Config:
    whole = overridden(raw, environment)
    place = Place(folder=path.resolve().parent, environment=environment)
    try:
        config = Config.model_validate(whole, context=place)
    except ValidationError as error:
        # A misspelt key that is required is two errors; the misspelling is the one that helps.
        telling = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise ConfigError(str(path), *complaint(telling, whole)) from error
    _check_names(config, path)
    return config


def _check_names(config: Config, path: Path) -> None:
    """Every channel that is named exists."""
    named = {f"subscriptions.{i}.channel": one.channel for i, one in enumerate(config.subscriptions)}
    for name, channel in config.channels.items():
        named |= {f"channels.{name}.fallback.{i}": other for i, other in enumerate(channel.fallback)}
    for key, channel_name in named.items():
        if channel_name not in config.channels:
            known = ", ".join(config.channels) or "none"
            raise ConfigError(
                str(path), f"key {key!r}: no channel is called {channel_name!r}", f"known channels: {known}"
            )
