"""Files: answers that are no pages: numbers as CSV; texts and captures as they are, where nothing in them is live."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from alerts.feed import MAX_ENTRIES, MEDIA_TYPE, Feed, atom
from clausewatch import wiring
from clausewatch.web.cache import Drawn, drawn
from clausewatch.web.pages import topic
from clausewatch.web.pages.terms import lengths
from clausewatch.web.pictures import adoption, course, months
from clausewatch.web.pictures.picture import Picture
from clausewatch.web.store import numbers, timeline
from clausewatch.web.visit import NoPage, Visit
from diffing.change import Change

CSV: Final = "text/csv; charset=utf-8"
PLAIN: Final = "text/plain; charset=utf-8"
SANDBOX: Final = {"Content-Security-Policy": "sandbox; default-src 'none'"}
"""For what publishers wrote: even a browser that would not take it for plain text runs nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An address and what is there. make: from the visit and the parts of the path."""

    path: str
    make: Callable[..., Drawn]


def months_csv(visit: Visit) -> Drawn:
    """Flagged changes a month."""
    with visit.site.archive.reading() as database:
        by_month = numbers.by_month(database)
    return _csv(months.picture(by_month, visit.site.topic_names, visit.say, visit.link))


def adoption_csv(visit: Visit, name: str) -> Drawn:
    """The first change at each service that introduced a topic."""
    if name not in visit.site.topic_names:
        raise NoPage
    with visit.site.archive.reading() as database:
        firsts = numbers.first_adoptions(database, name)
    return _csv(adoption.picture(firsts, name, visit.say, visit.link))


def topic_csv(visit: Visit, name: str) -> Drawn:
    """Who says what now."""
    return drawn(topic.csv(visit, name).encode("utf-8", "replace"), CSV)


def terms_csv(visit: Visit, slug: str, name: str) -> Drawn:
    """The numbers of a text's pictures."""
    listed = visit.site.directory().by_slug.get(slug)
    if listed is None or name not in ("line", "length"):
        raise NoPage
    with visit.site.archive.reading() as database:
        steps = timeline.steps(database, listed.id)
    if name == "line":
        return _csv(course.line(steps, visit.say, visit.link))
    return _csv(course.length(lengths(visit, steps), visit.say))


def text(visit: Visit, version_id: str) -> Drawn:
    """The text of a version, in Markdown as it is kept."""
    version = visit.site.archive.version(version_id)
    if version is None:
        raise NoPage
    return drawn(version.text.encode("utf-8", "replace"), PLAIN)


def capture(visit: Visit, version_id: str, number: str) -> Drawn:
    """The bytes a version was made from, as plain text; those that are no text are given as they are."""
    captures = visit.site.archive.captures(version_id)
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:4]) <= len(captures):
        raise NoPage
    return drawn(captures[int(number) - 1].body, PLAIN)


def feed(visit: Visit) -> Drawn:
    """The newest changes that are news, as an Atom feed."""
    return _feed(visit, visit.say("latest.title"), "/", visit.site.archive.changes(news=True, limit=MAX_ENTRIES))


def feed_of_topic(visit: Visit, name: str) -> Drawn:
    """The newest changes flagged for a topic."""
    if name not in visit.site.topic_names:
        raise NoPage
    found = visit.site.archive.changes(topic=name, limit=MAX_ENTRIES)
    return _feed(visit, visit.say.topic(name), f"/topic/{name}", found)


def feed_of_service(visit: Visit, slug: str) -> Drawn:
    """The newest changes of a service that are news."""
    name = visit.site.directory().service_slugs.get(slug)
    if name is None:
        raise NoPage
    found = visit.site.archive.changes(service=name, news=True, limit=MAX_ENTRIES)
    return _feed(visit, name, f"/service/{slug}", found)


def _feed(visit: Visit, title: str, page: str, changes: Iterable[Change]) -> Drawn:
    base = visit.site.config.web.public_url
    feed = Feed(
        title=f"{visit.site.config.web.title}: {title}",
        url=f"{base}{visit.prefix}{visit.path}",
        page=f"{base}{visit.link(page)}",
        language=visit.language,
        links=wiring.links(visit.site.config),
    )
    return drawn(atom(feed, changes), MEDIA_TYPE)


def _csv(picture: Picture | None) -> Drawn:
    if picture is None:
        raise NoPage
    return drawn(picture.csv().encode("utf-8", "replace"), CSV)


FILES: tuple[File, ...] = (
    File(path="/feed.atom", make=feed),
    File(path="/feed/topic/{name}.atom", make=feed_of_topic),
    File(path="/feed/service/{slug}.atom", make=feed_of_service),
    File(path="/pictures/months.csv", make=months_csv),
    File(path="/pictures/adoption/{name}.csv", make=adoption_csv),
    File(path="/pictures/terms/{slug}/{name}.csv", make=terms_csv),
    File(path="/topic/{name}.csv", make=topic_csv),
    File(path="/version/{version_id}/text", make=text),
    File(path="/version/{version_id}/capture/{number}", make=capture),
)


def made(file: File, visit: Visit, parts: dict[str, Any]) -> Drawn:
    """What is at an address. Raises NoPage."""
    return file.make(visit, **parts)
