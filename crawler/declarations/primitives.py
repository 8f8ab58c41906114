"""Primitives: the filters that can be run, and what each is given. `crawler.extraction.filters` has the steps.

They are data, not code: what a public collection does in a script of its own is said with these instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Form(StrEnum):
    """What sort of text an argument or option is."""

    TEXT = "text"
    SELECTOR = "selector"
    PATTERN = "pattern"
    """A regular expression in the syntax of RE2, which needs time in proportion to the text whatever it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Primitive:
    """What one filter is given: texts (one or a list), or an object of options.

    arguments: the form of the texts, None when it takes an object instead. options: key and form of each.
    required: options that must be there; of `one_of` at least one. bare: whether the name alone says enough.
    """

    arguments: Form | None = None
    options: Mapping[str, Form] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    bare: bool = False


_REWRITING = {"pattern": Form.PATTERN, "replacement": Form.TEXT, "select": Form.SELECTOR}
_CONDITIONS = {
    "text": Form.PATTERN,
    "href": Form.PATTERN,
    "has": Form.SELECTOR,
    "lacks": Form.SELECTOR,
    "within": Form.SELECTOR,
}

PRIMITIVES: Mapping[str, Primitive] = MappingProxyType(
    {
        "removeQueryParams": Primitive(arguments=Form.TEXT, bare=True),
        "convertSpacesToStandard": Primitive(bare=True),
        "rewriteUrls": Primitive(options=_REWRITING, required=("pattern",)),
        "dropLinks": Primitive(arguments=Form.SELECTOR, bare=True),
        "removeElements": Primitive(arguments=Form.SELECTOR),
        "removeIf": Primitive(
            options={"select": Form.SELECTOR, **_CONDITIONS}, required=("select",), one_of=tuple(_CONDITIONS)
        ),
        "replaceText": Primitive(options=_REWRITING, required=("pattern",)),
    }
)
