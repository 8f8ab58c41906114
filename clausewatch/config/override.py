"""Override: keys of the file that the environment sets instead, as containers like to have it."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from clausewatch.errors import ConfigError

PREFIX = "CLAUSEWATCH__"
"""Two underscores, so that a secret's variable of any other name is never taken for a key."""


def overridden(raw: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """The raw file with the keys that the environment sets in their place.

    CLAUSEWATCH__CRAWL__DELAY=2 is `delay = 2` under [crawl]. A value is read as TOML, and as plain text where that is
    no TOML. Whether the keys exist is for whoever checks the file. Raises ConfigError for a variable that would put a
    key inside a value.

    >>> overridden({"crawl": {"robots": True}}, {"CLAUSEWATCH__CRAWL__DELAY": "2", "CLAUSEWATCH__ARCHIVE": "a.db"})
    {'crawl': {'robots': True, 'delay': 2}, 'archive': 'a.db'}
    """
    whole = dict(raw)
    for name in sorted(environment):
        if name.startswith(PREFIX):
            keys = [key.lower() for key in name.removeprefix(PREFIX).split("__")]
            _set(whole, keys, _value(environment[name]), name)
    return whole


def _set(table: dict[str, Any], keys: Iterable[str], value: object, name: str) -> None:
    *outer, last = keys
    for key in outer:
        inner = table.get(key, {})
        if not isinstance(inner, Mapping):
            raise ConfigError("environment", f"{name} goes into {key!r}, which is no table", "correct or unset it")
        table[key] = table = dict(inner)
    table[last] = value


def _value(text: str) -> object:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, KeyError):
        return text
