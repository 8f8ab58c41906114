"""Fact: something a person acts on, read from the text with its quotation."""

from dataclasses import dataclass
from enum import StrEnum


class FactName(StrEnum):
    """What a fact tells; its value's form is given with each."""

    EFFECTIVE_DATE = "effective_date"
    """ISO date from which the change holds."""
    OPT_OUT_BY = "opt_out_by"
    """ISO date until which one can object."""
    REGION = "region"
    """A region or country people live in: "EEA", "EU", "UK", "CH", "CA", "HK", "US" …, or "worldwide"."""
    DATA_USED = "data_used"
    """A category of data used, from the list in data/facts/categories.yaml: "profile", "posts" …"""
    DATA_EXCLUDED = "data_excluded"
    """A category of data, or of people ("minors"), that is left out; same list."""
    RECIPIENT = "recipient"
    """Who gets the data, as named: "Microsoft", "affiliates"."""
    LEGAL_BASIS = "legal_basis"
    """"legitimate_interests", "consent", "contract" or "legal_obligation"."""
    DEFAULT = "default"
    """"on" or "off"."""
    OPT_OUT_PATH = "opt_out_path"
    """Where in the settings, steps joined by " > "."""
    OPT_OUT_URL = "opt_out_url"
    """An http or https address."""
    RETROACTIVE = "retroactive"
    """"yes": data from before is used too, or models trained already are not trained again without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something read from the text; what is not in the text is absent, never guessed.

    value: normalised, in the form its name documents.
    quote: the words it was read from, verbatim from the passage's text (for OPT_OUT_URL: the linked words).
    passage: index of the passage in the new version, from 0.
    start, end: where the quote stands in that passage's text, in characters.
    """

    name: FactName
    value: str
    quote: str
    passage: int
    start: int
    end: int
