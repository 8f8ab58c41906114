"""From the JSON of one service to its declarations: a faulty terms is reported and leaves the others alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.declarations import fields
from crawler.declarations.declaration import Declaration, Source, Watch
from crawler.errors import DeclarationError

SOURCE_KEYS = ("fetch", "select", "remove", "filter", "executeClientScripts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What one file gave: its service's name, the terms that can be run, what is wrong, what is merely odd."""

    service: str
    declarations: tuple[Declaration, ...]
    problems: tuple[DeclarationError, ...] = ()
    warnings: tuple[str, ...] = ()


def parse(content: str, where: str) -> Parsed:
    """Read the declaration of one service from its JSON text.

    `where` names the file in messages. Raises DeclarationError when the file as a whole cannot be read; what is wrong
    with single terms is in `problems`, and those terms are left out.
    """
    table = _table(content, where)
    service = fields.text(table, "name", where)
    if not service:
        raise DeclarationError(where, 'key "name" is missing', "give the service's name")
    terms = table.get("terms", {})
    if not isinstance(terms, dict):
        raise fields.key_error(where, "terms", terms, "give an object: the terms' types and where each is")
    defaults = _object(table, "watch", where)
    declarations, problems = [], []
    for name, value in terms.items():
        try:
            declarations.append(_declaration(service, name, value, defaults, f'{where}: terms "{name}"'))
        except DeclarationError as error:
            problems.append(error)
    warnings = () if terms else (f"{where}: declares no terms; nothing to crawl",)
    return Parsed(service=service, declarations=tuple(declarations), problems=tuple(problems), warnings=warnings)


def _table(content: str, where: str) -> Mapping[str, object]:
    try:
        table = json.loads(content)
    except json.JSONDecodeError as error:
        raise DeclarationError(where, f"line {error.lineno}: {error.msg}", "correct the JSON") from error
    except RecursionError as error:
        raise DeclarationError(where, "nested too deeply", "correct the JSON") from error
    if not isinstance(table, dict):
        raise DeclarationError(where, "is no JSON object", 'give an object with "name" and "terms"')
    return table


def _object(table: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise fields.key_error(where, key, value, "give an object")
    return value


def _declaration(service: str, name: str, value: object, defaults: Mapping[str, object], where: str) -> Declaration:
    if not name.strip():
        raise DeclarationError(where, "the terms have no type", 'name them, e.g. "Privacy Policy"')
    if not isinstance(value, dict):
        raise DeclarationError(where, "is no object", 'give an object with "fetch" and "select"')
    watch = _watch({**defaults, **_object(value, "watch", where)}, where)
    return Declaration(service=service, terms=name, sources=_sources(value, watch, where), watch=watch, where=where)


def _watch(table: Mapping[str, object], where: str) -> Watch:
    feed = fields.text(table, "feed", where)
    follow = fields.text(table, "follow", where)
    return Watch(
        every=fields.interval(table, "every", where),
        language=fields.text(table, "language", where).lower(),
        region=fields.text(table, "region", where).upper(),
        topics=fields.texts(table, "topics", where),
        feed=feed if feed == "auto" else fields.address(table, "feed", where),
        follow=fields.css(follow, "follow", where) if follow else "",
    )


def _sources(table: Mapping[str, object], watch: Watch, where: str) -> tuple[Source, ...]:
    parts = table.get("combine", [{}])
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        raise fields.key_error(where, "combine", parts, "give a list of objects, one for each page")
    defaults = {key: table[key] for key in SOURCE_KEYS if key in table}
    return tuple(_source({**defaults, **part}, watch, where) for part in parts)


def _source(table: Mapping[str, object], watch: Watch, where: str) -> Source:
    fetch = fields.address(table, "fetch", where)
    if not fetch and (not watch.feed or watch.feed == "auto"):
        raise DeclarationError(where, 'key "fetch" is missing', "give the address of the page")
    return Source(
        fetch=fetch,
        select=fields.selectors(table, "select", where),
        remove=fields.selectors(table, "remove", where),
        filters=fields.filters(table, "filter", where),
        browser=fields.flag(table, "executeClientScripts", where),
    )
