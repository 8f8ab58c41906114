"""Feed: changes as an Atom feed (RFC 4287), with facts and redline inside each entry. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from lxml import etree

from alerts.event import change_event, iso
from alerts.html import as_piece
from alerts.note import note_of
from alerts.payload import change_data
from diffing.change import Change

ATOM: Final = "http://www.w3.org/2005/Atom"
MAX_ENTRIES: Final = 50
"""Entries of a feed, the newest; a reader that asks once a day misses none."""
MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed is. title: for people. url: where it is served. page: where its changes are shown, "" for nowhere.

    language: "en" or "fr". links: where a change can be looked up, as `payload.change_data` takes them.
    """

    title: str
    url: str
    page: str = ""
    language: str = "en"
    links: Callable[[Change], Mapping[str, str]] = lambda change: {}


def atom(feed: Feed, changes: Iterable[Change]) -> bytes:
    """Write changes, the newest first, as a feed in UTF-8; more than `MAX_ENTRIES` are not read.

    The same changes give the same bytes. An entry's id stays the same for ever, so no reader shows it twice.
    """
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set(LANGUAGE, feed.language)
    entries = [_entry(feed, change) for change in islice(changes, MAX_ENTRIES)]
    newest = max((entry.findtext(f"{{{ATOM}}}updated", "") for entry in entries), default=iso(BEFORE_ALL))
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", newest)
    _add(root, "generator", "Clausewatch")
    _add(_add(root, "author"), "name", "Clausewatch")
    _add(root, "link", rel="self", href=feed.url, type="application/atom+xml")
    if feed.page:
        _add(root, "link", rel="alternate", href=feed.page, type="text/html")
    root.extend(entries)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(feed: Feed, change: Change) -> etree._Element:
    data = change_data(change, links=feed.links(change))
    after = change.after
    note = note_of(change_event(change, data, feed.language).body(), feed.language, after.observed_at.date())
    entry = etree.Element(f"{{{ATOM}}}entry")
    _add(entry, "id", f"urn:clausewatch:change:{change.id}")
    _add(entry, "title", note.title)
    _add(entry, "updated", iso(after.observed_at))
    if note.links:
        _add(entry, "link", rel="alternate", href=note.links[0][1])
    for topic in change.topics:
        _add(entry, "category", term=topic)
    _add(entry, "category", term=after.document.service, scheme="urn:clausewatch:service")
    _add(entry, "summary", note.lead)
    _add(entry, "content", str(as_piece(note)), type="html")
    return entry


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = _NO_XML.sub("\ufffd", text) or None
    for key, value in attributes.items():
        made.set(key, _NO_XML.sub("\ufffd", value))
    return made
