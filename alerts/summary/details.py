"""What follows the main clause: default, way out, deadline, exclusions, recipients, legal basis."""

from collections.abc import Collection, Iterator, Sequence

from alerts.clean import clean_line
from alerts.locale import Locale
from alerts.shorten import shorten
from alerts.summary.values import day, values
from diffing.fact import Fact, FactName

PATH = 100
"""Longest path through the settings told, in characters."""

NAME = 40
"""Longest name of a recipient told, in characters."""

RECIPIENTS = 3
"""Recipients told."""


def details(facts: Sequence[Fact], told: Collection[FactName], service: str, words: Locale) -> Iterator[str]:
    """One phrase a fact that the main clause did not tell. told: the names it did.

    service: whose own name is no recipient."""
    found = {name: values(facts, name) for name in FactName}
    since, until = day(facts, FactName.EFFECTIVE_DATE), day(facts, FactName.OPT_OUT_BY)
    if since and FactName.EFFECTIVE_DATE not in told:
        yield words.text("sentences", "effective").format(day=words.day(since))
    for value in ("on", "off"):
        if found[FactName.DEFAULT][:1] == [value]:
            yield words.text("defaults", f"default_{value}")
    if found[FactName.OPT_OUT_PATH]:
        yield _path(found[FactName.OPT_OUT_PATH][0], words)
    elif found[FactName.OPT_OUT_URL]:
        yield words.text("sentences", "opt_out_page")
    if until:
        yield words.text("sentences", "opt_out_by").format(day=words.day(until))
    if found[FactName.DATA_EXCLUDED] and FactName.DATA_EXCLUDED not in told:
        named = words.listed(words.category(value) for value in found[FactName.DATA_EXCLUDED])
        yield words.text("sentences", "excluded").format(data=named)
    if found[FactName.RETROACTIVE]:
        yield words.text("sentences", "retroactive")
    recipients = [name for name in found[FactName.RECIPIENT] if name.lower() != service.lower()]
    if recipients:
        yield words.text("sentences", "shared").format(recipients=_recipients(recipients, words))
    if found[FactName.LEGAL_BASIS]:
        named = words.listed(words.legal_basis(value) for value in found[FactName.LEGAL_BASIS])
        yield words.text("sentences", "basis").format(basis=named)


def _recipients(names: Sequence[str], words: Locale) -> str:
    """Named companies first: they say more than "third parties"."""
    groups = words.words["recipients"]
    ordered = sorted(names, key=lambda name: name in groups)
    return words.listed(shorten(clean_line(words.recipient(name)), NAME) for name in ordered[:RECIPIENTS])


def _path(path: str, words: Locale) -> str:
    if " > " not in path and path.lower().startswith(("setting", "paramètre", "réglage", "préférence", "preference")):
        return words.text("sentences", "opt_out_settings")
    return words.text("sentences", "opt_out_path").format(path=shorten(clean_line(path), PATH))
