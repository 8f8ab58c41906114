"""Filters as declared: names and objects from a declaration, and what a user's `filters.toml` makes of foreign ones."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.declarations.declaration import Filter
from crawler.declarations.fields import css, key_error
from crawler.declarations.patterns import LONGEST, PatternError, compiled
from crawler.declarations.primitives import PRIMITIVES, Form, Primitive
from crawler.errors import DeclarationError

FILE_NAME = "filters.toml"
ARGUMENTS = "$arguments"
"""Stands, in a user's filter, for the texts the declaration gives to the foreign one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFilters:
    """What foreign filters are in our primitives, by "Service/name" or by name alone; the former counts more."""

    known: Mapping[str, tuple[Filter, ...]]

    def expanded(self, service: str, filters: Sequence[Filter]) -> tuple[Filter, ...]:
        """The filters of a service, foreign ones replaced by what they are here."""
        return tuple(step for filter_ in filters for step in self._steps(service, filter_))

    def _steps(self, service: str, filter_: Filter) -> tuple[Filter, ...]:
        for name in (f"{service}/{filter_.name}", filter_.name):
            if name in self.known:
                return tuple(_given(step, filter_.arguments) for step in self.known[name])
        return (filter_,)


NONE = UserFilters(known={})


def user_filters(path: Path) -> UserFilters:
    """Read the file; none there is none. Raises DeclarationError, with file and key."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return NONE
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(str(path), f"not valid TOML ({error})", "correct that place") from error
    except OSError as error:
        raise DeclarationError(str(path), f"cannot be read ({error.strerror})", "correct its permissions") from error
    known = {name: filters(table, name, str(path)) for name in table}
    for name, steps in known.items():
        for step in steps:
            if not is_known(step):
                what = f'key "{name}" uses "{step.name}", which cannot be run'
                raise DeclarationError(str(path), what, f"use {', '.join(PRIMITIVES)}, with what they need")
    return UserFilters(known=known)


def filters(table: Mapping[str, object], key: str, where: str) -> tuple[Filter, ...]:
    """The named filters under `key`: names, or objects of a name with a text, a list of texts or an object of options.

    What a known filter is given is checked; what a foreign one is given is kept where it is texts.
    """
    value = table.get(key, [])
    items = value if isinstance(value, list) else [value]
    return tuple(found for item in items for found in _filters(item, key, where))


def is_known(filter_: Filter) -> bool:
    """Whether the filter can be run: its name is a primitive's, and it is given what that needs."""
    primitive = PRIMITIVES.get(filter_.name)
    return primitive is not None and (primitive.bare or bool(filter_.arguments or filter_.options))


def _filters(value: object, key: str, where: str) -> tuple[Filter, ...]:
    if isinstance(value, str):
        return (Filter(name=value),)
    if isinstance(value, dict):
        return tuple(_filter(str(name), given, key, where) for name, given in value.items())
    raise key_error(where, key, value, "give the name of a filter, or an object of one name and its argument")


def _filter(name: str, given: object, key: str, where: str) -> Filter:
    primitive = PRIMITIVES.get(name)
    if primitive is None:
        items = given if isinstance(given, list) else [given]
        return Filter(name=name, arguments=tuple(str(item) for item in items if not isinstance(item, dict)))
    if isinstance(given, dict):
        return Filter(name=name, options=_options(given, primitive, f'{where}: filter "{name}"'))
    texts = given if isinstance(given, list) else [given]
    if primitive.arguments is None or not all(isinstance(text, str) for text in texts):
        wanted = "give an object with " + ", ".join(primitive.required) if primitive.options else "give texts"
        raise key_error(where, key, {name: given}, wanted if not primitive.bare else "give it without an argument")
    return Filter(name=name, arguments=tuple(_text(text, primitive.arguments, name, where) for text in texts))


def _options(given: Mapping[str, object], primitive: Primitive, where: str) -> tuple[tuple[str, str], ...]:
    unknown = [name for name in given if name not in primitive.options]
    if unknown:
        known = ", ".join(primitive.options) or "none"
        raise DeclarationError(where, f'unknown option "{unknown[0]}"', f"known here: {known}")
    missing = [name for name in primitive.required if not given.get(name)]
    if missing:
        raise DeclarationError(where, f'option "{missing[0]}" is missing', "give it a text")
    if primitive.one_of and not any(given.get(name) for name in primitive.one_of):
        raise DeclarationError(where, "no condition is given", f"give one of {', '.join(primitive.one_of)}")
    return tuple(sorted((name, _text(value, primitive.options[name], name, where)) for name, value in given.items()))


def _text(value: object, form: Form, key: str, where: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise key_error(where, key, value, f"give a text of at most {LONGEST:,} characters")
    if form is Form.SELECTOR and value != ARGUMENTS:
        return css(value, key, where)
    if form is Form.PATTERN:
        try:
            compiled(value)
        except PatternError as error:
            todo = "correct the pattern (RE2 syntax: no look-around, no back-references)"
            raise DeclarationError(where, f'option "{key}" cannot be run ({error})', todo) from error
    return value


def _given(step: Filter, arguments: tuple[str, ...]) -> Filter:
    """A step of a user's filter, with what the declaration gives in the place of `$arguments`."""
    if step.arguments != (ARGUMENTS,):
        return step
    return replace(step, arguments=arguments)
