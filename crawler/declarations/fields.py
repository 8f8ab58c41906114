"""Reading single keys of a declaration: the right type, or a message that names file, terms and key."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from cronsim import CronSim, CronSimError
from soupsieve import SelectorSyntaxError
from soupsieve import compile as compile_selector

from crawler.declarations.declaration import Range, Selector
from crawler.errors import DeclarationError

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_CONTAINS = re.compile(r":contains\(")
_BARE_VALUE = re.compile(r"""\[\s*([\w:-]+)\s*([~|^$*]?=)\s*([^\s"'\]][^"'\]]*?)\s*\]""")


def key_error(where: str, key: str, found: object, wanted: str) -> DeclarationError:
    """The error for a key of the wrong type or form."""
    shown = repr(found)
    return DeclarationError(where, f'key "{key}" is {shown if len(shown) <= 60 else shown[:57] + "..."}', wanted)


def text(table: Mapping[str, object], key: str, where: str, *, default: str = "") -> str:
    """The text under `key`, or `default` when the key is absent."""
    value = table.get(key, default)
    if not isinstance(value, str):
        raise key_error(where, key, value, "give a text")
    return value.strip()


def flag(table: Mapping[str, object], key: str, where: str) -> bool:
    """The truth value under `key`; absent is false."""
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise key_error(where, key, value, "give true or false")
    return value


def texts(table: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """The texts under `key`: one, or a list of them."""
    value = table.get(key, [])
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in items):
        raise key_error(where, key, value, "give a text or a list of texts")
    return tuple(str(item) for item in items)


def address(table: Mapping[str, object], key: str, where: str) -> str:
    """The http or https address under `key`; "" when absent."""
    value = text(table, key, where)
    parts = urlsplit(value)
    if value and (parts.scheme.lower() not in {"http", "https"} or not parts.hostname):
        raise key_error(where, key, value, "give an address that begins with https:// or http://")
    if parts.username is not None:
        what = f'key "{key}" has a name or password in its address'
        raise DeclarationError(where, what, "give it without; pages behind a log-in cannot be watched")
    return value


def interval(table: Mapping[str, object], key: str, where: str) -> timedelta | None:
    """The time under `key`, written "30m", "6h", "1d" or "1w"; None when absent."""
    value = text(table, key, where)
    if not value:
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,5})\s*([mhdw])", value)
    if match is None:
        raise key_error(where, key, value, 'give a number and a unit, such as "30m", "6h", "1d" or "1w"')
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def cron(table: Mapping[str, object], key: str, where: str) -> str:
    """The cron expression of five fields under `key`; "" when absent."""
    value = text(table, key, where)
    if value:
        try:
            if len(value.split()) != 5:
                raise CronSimError("not five fields")
            CronSim(value, datetime(2000, 1, 1, tzinfo=UTC))
        except CronSimError as error:
            wanted = 'give five fields, minute hour day month weekday: "0 6 * * 1-5"'
            raise key_error(where, key, value, wanted) from error
    return value


def timezone(table: Mapping[str, object], key: str, where: str) -> str:
    """The IANA name of a time zone under `key`; "" when absent."""
    value = text(table, key, where)
    if value and value not in available_timezones():
        raise key_error(where, key, value, 'give the name of a time zone: "Europe/Paris"')
    return value


def selectors(table: Mapping[str, object], key: str, where: str) -> tuple[Selector, ...]:
    """The CSS selectors and ranges under `key`, in order."""
    value = table.get(key, [])
    items = value if isinstance(value, list) else [value]
    return tuple(_selector(item, key, where) for item in items if item != "")


def css(value: str, key: str, where: str) -> str:
    """The selector, when it is one; attribute values without quotes, as `[href*=/privacy]`, are quoted.

    `:contains()`, which jQuery made known, is written as soupsieve wants it.
    """
    value = _CONTAINS.sub(":-soup-contains(", value)
    for candidate in (value, _BARE_VALUE.sub(r'[\1\2"\3"]', value)):
        try:
            compile_selector(candidate)
        except SelectorSyntaxError:
            continue
        return candidate
    raise key_error(where, key, value, "correct the CSS selector")


def _selector(value: object, key: str, where: str) -> Selector:
    if isinstance(value, str):
        return css(value, key, where)
    if isinstance(value, dict):
        return _range(value, key, where)
    raise key_error(where, key, value, "give a CSS selector, a range, or a list of them")


def _range(value: Mapping[str, object], key: str, where: str) -> Range:
    names = set(value)
    starts, ends = names & {"startBefore", "startAfter"}, names & {"endBefore", "endAfter"}
    if len(starts) != 1 or len(ends) != 1 or len(names) != 2:
        raise key_error(where, key, value, "give a range one startBefore or startAfter and one endBefore or endAfter")
    start, end = starts.pop(), ends.pop()
    return Range(
        start=css(text(value, start, where), start, where),
        end=css(text(value, end, where), end, where),
        after_start=start == "startAfter",
        after_end=end == "endAfter",
    )
