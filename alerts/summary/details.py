"""What follows the main clause: default, way out, deadline, exclusions, recipients, legal basis."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from alerts.clean import clean_line
from alerts.locale import Locale
from alerts.shorten import shorten
from alerts.summary.recipients import companies, recipients
from alerts.summary.values import day, values
from diffing.fact import Fact, FactName

PATH = 100
"""Longest path through the settings told, in characters."""


def details(
    facts: Sequence[Fact],
    told: Collection[FactName],
    elsewhere: Sequence[Fact],
    *,
    promise: bool,
    service: str,
    seen: date,
    words: Locale,
) -> Iterator[str]:
    """One phrase a fact that the main clause did not tell.

    told: the names it did. elsewhere: facts of another clause that says the same topic's data goes to somebody else.
    promise: the clause says what is not done, so that no basis, default or way out can be its own. service: whose own
    name is no recipient. seen: the day the change was observed."""
    found = {name: values(facts, name) for name in FactName}
    if FactName.EFFECTIVE_DATE not in told:
        yield from effective(facts, seen, words)
    if promise:
        return
    for value in ("on", "off"):
        if found[FactName.DEFAULT] == [value]:
            yield words.text("defaults", f"default_{value}")
    yield from _way_out(found, day(facts, FactName.OPT_OUT_BY), words)
    out = found[FactName.DATA_EXCLUDED]
    if not found[FactName.DATA_USED]:
        out = [value for value in out if value != "personal_data"]
    if out and FactName.DATA_EXCLUDED not in told:
        yield words.text("sentences", "excluded").format(data=words.listed(words.category(value) for value in out))
    if found[FactName.RETROACTIVE]:
        yield words.text("sentences", "retroactive")
    yield from _shared(facts, told, elsewhere, service, words)
    if found[FactName.LEGAL_BASIS] and FactName.LEGAL_BASIS not in told:
        named = words.listed(words.legal_basis(value) for value in found[FactName.LEGAL_BASIS])
        yield words.text("sentences", "basis").format(basis=named)


def effective(facts: Sequence[Fact], seen: date, words: Locale) -> Iterator[str]:
    """From or since when the text holds."""
    since = day(facts, FactName.EFFECTIVE_DATE)
    if since:
        yield words.text("sentences", "effective" if since > seen else "in_effect_since").format(day=words.day(since))


def _way_out(found: dict[FactName, list[str]], until: date | None, words: Locale) -> Iterator[str]:
    """Where one can opt out, and until when: the deadline is never left out for want of a place."""
    route = ""
    if found[FactName.OPT_OUT_PATH]:
        route = _path(found[FactName.OPT_OUT_PATH][0], words)
    elif found[FactName.OPT_OUT_URL] and until is None:
        route = words.text("sentences", "opt_out_page")
    if until and route:
        yield words.text("sentences", "by_day").format(route=route, day=words.day(until))
    elif until:
        yield words.text("sentences", "opt_out_by").format(day=words.day(until))
    elif route:
        yield route


def _shared(
    facts: Sequence[Fact], told: Collection[FactName], elsewhere: Sequence[Fact], service: str, words: Locale
) -> Iterator[str]:
    here = recipients(facts, service, words)
    if here and FactName.RECIPIENT not in told:
        yield words.text("sentences", "shared").format(recipients=here)
    here_too = set(values(facts, FactName.RECIPIENT))
    given = [fact for fact in elsewhere if fact.value not in here_too]
    others = words.listed(companies(given, service)) or recipients(given, service, words)
    if others:
        regions = words.where(values(elsewhere, FactName.REGION))
        where = words.text("sentences", "where").format(regions=regions) if regions else ""
        yield words.text("sentences", "shared_where").format(recipients=others, where=where)


def _path(path: str, words: Locale) -> str:
    if " > " not in path and path.lower().startswith(("setting", "paramètre", "réglage", "préférence", "preference")):
        return words.text("sentences", "opt_out_settings")
    if " > " not in path and not (path.split()[0][0].isupper() and path.split()[-1][0].isupper()):
        return words.text("sentences", "opt_out_place").format(path=shorten(clean_line(path), PATH))
    return words.text("sentences", "opt_out_path").format(path=shorten(clean_line(path), PATH))
