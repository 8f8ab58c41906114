"""Fact words: codes of places, data, recipients and legal bases as a reader says them."""

from collections.abc import Sequence

from alerts.locale import Locale
from diffing.fact import FactName


def in_words(name: FactName, values: Sequence[str], words: Locale) -> str:
    """The values of one kind of fact as a list in words; those that are no codes as they are.

    >>> from alerts.locale import locale
    >>> in_words(FactName.REGION, ["EEA", "UK"], locale("en"))
    'in the EEA and the UK'
    """
    match name:
        case FactName.REGION:
            return words.where(values)
        case FactName.DATA_USED | FactName.DATA_EXCLUDED:
            return words.listed(words.category(value) for value in values)
        case FactName.RECIPIENT:
            return words.listed(words.recipient(value) for value in values)
        case FactName.LEGAL_BASIS:
            return words.listed(words.legal_basis(value) for value in values)
        case _:
            return ", ".join(values)
