"""The Atom feed, as a feed reader reads it."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from lxml import etree

from alerts.feed import MAX_ENTRIES, Feed, atom
from tests.support import changes
from tests.support.deliveries import LINKS

AT = datetime(2025, 9, 18, 6, tzinfo=UTC)
FEED = Feed(
    title="Clausewatch", url="https://watch.example/feed.atom", page="https://watch.example", links=lambda c: LINKS
)


def test_a_reader_finds_title_sentence_facts_and_redline() -> None:
    parsed = feedparser.parse(atom(FEED, [changes.change()]))
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert entry.title == "Platform · Privacy Policy · AI training introduced, from 3 Nov 2025"
    assert entry.link == LINKS["change"]
    assert [tag.term for tag in entry.tags] == ["ai_training", "Platform"]
    html = entry.content[0].value
    assert "3 November 2025" in html
    assert "<del" in html
    assert "Settings › Data privacy › Data for AI" in html


def test_the_same_changes_give_the_same_bytes_and_a_change_keeps_its_id() -> None:
    change = changes.change()
    assert atom(FEED, [change]) == atom(FEED, [change])
    later = changes.change(at=AT + timedelta(days=1))
    first, second = feedparser.parse(atom(FEED, [later, change])).entries
    assert second.id == f"urn:clausewatch:change:{change.id}"
    assert first.id != second.id
    assert feedparser.parse(atom(FEED, [later, change])).feed.updated == first.updated


def test_an_empty_feed_and_a_long_one_are_feeds() -> None:
    assert feedparser.parse(atom(FEED, [])).entries == []
    many = (changes.change(service=f"S{number}") for number in range(MAX_ENTRIES + 10))
    assert len(feedparser.parse(atom(FEED, many)).entries) == MAX_ENTRIES


def test_it_is_written_in_the_language_asked_for() -> None:
    french = feedparser.parse(atom(Feed(title="x", url="https://w.example/f", language="fr"), [changes.change()]))
    assert french.entries[0].title.endswith("Entraînement d’IA\u00a0: introduction, à partir du 3 nov. 2025")


@pytest.mark.parametrize(
    "nasty",
    ["<script>alert(1)</script>", "]]><x/>", "a\x00\x0b\ufffe\ud800b", '"><img src=x onerror=alert(1)>', "&xxe;"],
)
def test_nothing_a_page_wrote_breaks_the_feed_or_lives_in_it(nasty: str) -> None:
    flag = changes.flag(before=None, after=nasty, evidence=nasty)
    change = changes.change(
        service=nasty, terms=nasty, flags=[flag], edits=[changes.edit(None, nasty, nasty)], url="javascript:alert(1)"
    )
    written = atom(FEED, [change])
    (entry,) = feedparser.parse(written, sanitize_html=False).entries
    content = etree.HTML(entry.content[0].value)
    assert not content.xpath("//script | //img | //x | //@onerror")
    assert all(
        href.startswith("https://watch.example/") for href in content.xpath("//a/@href") if "platform" not in href
    )
