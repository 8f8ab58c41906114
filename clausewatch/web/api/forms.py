"""Forms: records as the API gives them."""

from datetime import UTC, date, datetime, time, timedelta

from clausewatch.web.api import shapes
from clausewatch.web.rendering import iso
from clausewatch.web.slugs import service_slug
from clausewatch.web.store import entries, rows, statements
from clausewatch.web.store.directory import Listed


def service(name: str, listed: tuple[Listed, ...]) -> shapes.Service:
    """A service."""
    return shapes.Service(
        id=service_slug(name),
        name=name,
        terms=len(listed),
        versions=sum(one.versions for one in listed),
        flagged=sum(one.flagged for one in listed),
        last_changed=iso(max(one.last for one in listed)),
    )


def terms(one: Listed) -> shapes.Terms:
    """A text."""
    of = one.document
    return shapes.Terms(
        id=one.slug,
        service=of.service,
        terms=of.terms,
        post=whole(of.post),
        collection=of.collection,
        versions=one.versions,
        flagged=one.flagged,
        first_observed=iso(one.first),
        last_changed=iso(one.last),
    )


def version(one: rows.VersionRow, terms: str) -> shapes.VersionEntry:
    """A version without its text."""
    return shapes.VersionEntry(
        id=one.id, terms=terms, observed_at=iso(one.at), kind=one.kind, change_id=one.change or None
    )


def change(one: entries.Entry, listed: Listed) -> shapes.ChangeEntry:
    """A change in a list."""
    return shapes.ChangeEntry(
        id=one.id,
        terms=listed.slug,
        service=listed.document.service,
        observed_at=iso(one.at),
        kind=one.kind,
        news=one.news,
        severity=one.severity,
        flags=[{"topic": mark.topic, "effect": mark.effect, "stance": mark.stance} for mark in one.marks],
    )


def flag(one: rows.FlagRow, terms: str) -> shapes.FlagEntry:
    """A flag."""
    return shapes.FlagEntry(
        change_id=one.change,
        terms=terms,
        observed_at=iso(one.at),
        topic=one.topic,
        stance=one.stance,
        effect=one.effect,
        before=None if one.before is None else whole(one.before),
        after=None if one.after is None else whole(one.after),
        evidence=whole(one.evidence),
        rule=one.rule,
    )


def fact(one: rows.FactRow, terms: str) -> shapes.FactEntry:
    """A fact."""
    return shapes.FactEntry(
        change_id=one.change,
        terms=terms,
        observed_at=iso(one.at),
        name=one.name,
        value=whole(one.value),
        quote=whole(one.quote),
    )


def statement(one: statements.Standing, listed: Listed) -> shapes.Statement:
    """A statement in a text in force."""
    return shapes.Statement(
        terms=listed.slug,
        service=listed.document.service,
        topic=one.topic,
        stance=one.stance,
        sentence=whole(one.sentence),
        evidence=whole(one.evidence),
        section=whole(one.section),
        since=iso(one.since),
        change_id=one.change or None,
    )


def whole(text: str) -> str:
    """Text that UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()


def end(day: date) -> datetime | None:
    """The moment after a day, in UTC; None after the last there is."""
    return datetime.combine(day, time(), UTC) + timedelta(days=1) if day.year < 9999 else None
