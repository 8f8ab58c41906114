"""From the JSON of one service to its declarations: a faulty terms is reported and leaves the others alone.

What public files really hold is tolerated with a warning: keys given twice, keys that belong into history files, an
older name of `terms`, keys nobody knows.
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rapidfuzz import process

from crawler.declarations import fields
from crawler.declarations.declaration import Declaration, Source, Watch
from crawler.declarations.filtering import NONE, UserFilters, filters
from crawler.errors import DeclarationError

PACE = frozenset({"every", "cron"})
"""Keys that say when to look: the terms' own one takes the place of either."""

SOURCE_KEYS = ("fetch", "select", "remove", "filter", "executeClientScripts")
TERMS_KEYS = (*SOURCE_KEYS, "combine", "watch")
WATCH_KEYS = (*(one.name for one in dataclasses.fields(Watch)), "regions")
OLD_NAME = "documents"
"""What the public format called `terms` before 2023."""
HISTORY_KEY = "validuntil"
"""In lower case; a key of history files, which sometimes stays behind when a declaration is moved."""
NEAR = 80.0
"""Likeness from which a known key is proposed for an unknown one, 0 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What one file gave: its service's name, the terms that can be run, what is wrong, what is merely odd."""

    service: str
    declarations: tuple[Declaration, ...]
    problems: tuple[DeclarationError, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _File:
    """A file while it is read: where it is, what filters are, and what has been found odd so far."""

    where: str
    known: UserFilters
    service: str = ""
    warnings: list[str] = field(default_factory=list)

    def warn(self, where: str, what: str) -> None:
        self.warnings.append(f"{where}: {what}")


def parse(content: str, where: str, *, known: UserFilters = NONE, name: str = "") -> Parsed:
    """Read the declaration of one service from its JSON text.

    where: the file, for messages. known: what foreign filters are here. name: the service, instead of the file's own
    word for it. Raises DeclarationError when the file as a whole cannot be read; what is wrong with single terms is in
    `problems`, and those terms are left out.
    """
    file = _File(where=where, known=known)
    table = _table(content, file)
    file.service = name or fields.text(table, "name", where).lstrip("\ufeff")
    if not file.service:
        raise DeclarationError(where, 'key "name" is missing', "give the service's name")
    terms = _terms(table, file)
    defaults = _object(table, "watch", where)
    declarations, problems = [], []
    for kind, value in terms.items():
        try:
            declarations.extend(_by_region(file, kind, value, defaults, terms))
        except DeclarationError as error:
            problems.append(error)
    return Parsed(
        service=file.service,
        declarations=tuple(declarations),
        problems=tuple(problems),
        warnings=tuple(file.warnings),
    )


def _table(content: str, file: _File) -> Mapping[str, object]:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [key for key, _ in pairs]
            twice = next(key for key in names if names.count(key) > 1)
            file.warn(file.where, f'key "{twice[:60]}" is given more than once; the last one counts')
        return table

    try:
        table = json.loads(content, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise DeclarationError(file.where, f"line {error.lineno}: {error.msg}", "correct the JSON") from error
    except RecursionError as error:
        raise DeclarationError(file.where, "nested too deeply", "correct the JSON") from error
    if not isinstance(table, dict):
        raise DeclarationError(file.where, "is no JSON object", 'give an object with "name" and "terms"')
    return table


def _terms(table: Mapping[str, object], file: _File) -> Mapping[str, object]:
    terms = table.get("terms")
    if terms is None and OLD_NAME in table:
        file.warn(file.where, f'key "{OLD_NAME}" is an older name of "terms" and is read as that')
        terms = table[OLD_NAME]
    if not terms and (terms is None or isinstance(terms, dict)):
        file.warn(file.where, "declares no terms; nothing to crawl")
        return {}
    if not isinstance(terms, dict):
        raise fields.key_error(file.where, "terms", terms, "give an object: the terms' types and where each is")
    return terms


def _object(table: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise fields.key_error(where, key, value, "give an object")
    return value


def _by_region(
    file: _File, name: str, value: object, defaults: Mapping[str, object], all_terms: Mapping[str, object]
) -> list[Declaration]:
    """The declaration of some terms; of terms watched from several regions one each, named after the region."""
    where = f'{file.where}: terms "{name}"'
    own = _object(value, "watch", where) if isinstance(value, dict) else {}
    if "region" in own and "regions" in own:
        raise fields.key_error(where, "region", own["region"], 'leave it out, or leave out "regions"')
    names = () if "region" in own else fields.texts({**defaults, **own}, "regions", where)
    regions = dict.fromkeys(_region(one, "regions", where) for one in names)
    if not regions:
        return [_declaration(file, name, value, defaults, where)]
    named = {f"{name} ({region})": region for region in regions}
    taken = next((one for one in named if one in all_terms), None)
    if taken is not None:
        raise DeclarationError(where, f'key "regions" makes "{taken}", which is declared too', "rename one of them")
    warned = len(file.warnings)
    found = []
    for one, region in named.items():
        del file.warnings[warned:]  # they are the same for each region
        declaration = _declaration(file, name, value, {**defaults, "region": region}, where)
        found.append(replace(declaration, terms=one))
    return found


def _region(value: str, key: str, where: str) -> str:
    """The name of a region: a country, or a name the configuration explains."""
    name = value.upper()
    if value and re.fullmatch(r"[A-Z0-9][A-Z0-9_-]{1,19}", name) is None:
        raise fields.key_error(where, key, value, 'give a country such as "IE", or a name of [regions.NAME]')
    return name


def _declaration(file: _File, name: str, value: object, defaults: Mapping[str, object], where: str) -> Declaration:
    if not name.strip():
        raise DeclarationError(where, "the terms have no type", 'name them, e.g. "Privacy Policy"')
    table = _current(value, where, file)
    _warn_of_keys(table, TERMS_KEYS, where, file)
    own = _object(table, "watch", where)
    _warn_of_keys(own, WATCH_KEYS, f'{where}: "watch"', file)
    if PACE & set(own):
        defaults = {key: default for key, default in defaults.items() if key not in PACE}
    watch = _watch({**defaults, **own}, where)
    sources = _sources(table, watch, where, file)
    return Declaration(service=file.service, terms=name, sources=sources, watch=watch, where=where)


def _current(value: object, where: str, file: _File) -> Mapping[str, object]:
    """The declaration in force: the value itself or, of a list as history files have it, the last one still valid."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        file.warn(where, "is a list, as in a history file; the last one still valid is taken")
        valid = [one for one in value if all(key.lower() != HISTORY_KEY for key in one)]
        value = (valid or value)[-1]
    if not isinstance(value, dict):
        raise DeclarationError(where, "is no object", 'give an object with "fetch" and "select"')
    return value


def _warn_of_keys(table: Mapping[str, object], known: tuple[str, ...], where: str, file: _File) -> None:
    for key in table:
        if key in known:
            continue
        if key.lower() == HISTORY_KEY:
            file.warn(where, f'key "{key}" belongs into a history file and is left out of account')
            continue
        near = process.extractOne(key, known, score_cutoff=NEAR)
        file.warn(where, f'unknown key "{key[:60]}"; ' + (f'did you mean "{near[0]}"?' if near else "it does nothing"))


def _watch(table: Mapping[str, object], where: str) -> Watch:
    feed = fields.text(table, "feed", where)
    follow = fields.text(table, "follow", where)
    if "every" in table and "cron" in table:
        raise fields.key_error(where, "cron", table["cron"], 'give "every" or "cron", not both')
    return Watch(
        every=fields.interval(table, "every", where),
        confirm=fields.interval(table, "confirm", where),
        cron=fields.cron(table, "cron", where),
        timezone=fields.timezone(table, "timezone", where),
        language=fields.text(table, "language", where).lower(),
        region=_region(fields.text(table, "region", where), "region", where),
        topics=fields.texts(table, "topics", where),
        feed=feed if feed == "auto" else fields.address(table, "feed", where),
        follow=fields.css(follow, "follow", where) if follow else "",
    )


def _sources(table: Mapping[str, object], watch: Watch, where: str, file: _File) -> tuple[Source, ...]:
    parts = table.get("combine", [{}])
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        raise fields.key_error(where, "combine", parts, "give a list of objects, one for each page")
    for part in parts:
        _warn_of_keys(part, SOURCE_KEYS, where, file)
    defaults = {key: table[key] for key in SOURCE_KEYS if key in table}
    return tuple(_source({**defaults, **part}, watch, where, file) for part in parts)


def _source(table: Mapping[str, object], watch: Watch, where: str, file: _File) -> Source:
    fetch = fields.address(table, "fetch", where)
    if not fetch and (not watch.feed or watch.feed == "auto"):
        raise DeclarationError(where, 'key "fetch" is missing', "give the address of the page")
    return Source(
        fetch=fetch,
        select=fields.selectors(table, "select", where),
        remove=fields.selectors(table, "remove", where),
        filters=file.known.expanded(file.service, filters(table, "filter", where)),
        browser=fields.flag(table, "executeClientScripts", where) if "executeClientScripts" in table else None,
    )
