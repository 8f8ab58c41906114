"""Verifying: what a page that was guessed turns out to be when it is read."""

from dataclasses import dataclass, replace

from bs4 import BeautifulSoup

from crawler.declarations import Declaration, Source
from crawler.discovery.links import Guess
from crawler.extraction import Extraction, extract
from crawler.extraction.parsing import parse
from crawler.suggesting import suggest
from crawler.vocabulary import Kind, fold
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.language import language_of

LONG = 1_500
"""Characters from which a text is long enough to be terms."""
SHORT = 400
"""Characters below which it is hardly any."""
GOOD = 0.9
"""Share of the main content a selector must cover, and of what it picks that must be main content, to be declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of terms, or a blog. score: 0 to 1, how sure it is. why: the reasons, for people.

    select: selectors for its text; empty for the readable main content. feed: of a blog, its feed's address.
    language: ISO 639-1 of its text, "" when unknown.
    """

    kind: str
    url: str
    score: float
    why: tuple[str, ...]
    select: tuple[str, ...] = ()
    feed: str = ""
    language: str = ""


def verified(guess: Guess, capture: Capture, kind: Kind) -> Found | Fault:
    """What is found of a guess once its page has come in; a Fault when it cannot be read."""
    source = Source(fetch=guess.url)
    read = extract((capture,), Declaration(service="", terms=guess.kind, sources=(source,)))
    if not isinstance(read, Extraction):
        return read
    score, why = guess.score, list(guess.why)
    if spoken := _spoken(capture, read, kind):
        score, why = score + 0.2, [*why, f'titled "{spoken}"']
    if len(read.text) >= LONG:
        score, why = score + 0.1, [*why, f"{len(read.text):,} characters"]
    elif len(read.text) < SHORT:
        score, why = score - 0.3, [*why, f"only {len(read.text)} characters"]
    found = Found(kind=guess.kind, url=capture.url, score=_clamped(score), why=tuple(why))
    return replace(found, select=_selectors(capture, read, source), language=language_of(read.text))


def title_of_site(capture: Capture) -> str:
    """What a site calls itself on a page of its, "" when it does not say."""
    soup = parse(capture)
    if isinstance(soup, Fault):
        return ""
    named = soup.select_one('meta[property="og:site_name"][content]')
    return " ".join(str(named["content"]).split())[:60] if named else ""


def _spoken(capture: Capture, read: Extraction, kind: Kind) -> str:
    """The words of its title or first heading that say it is of that kind."""
    soup = parse(capture)
    heading = soup.select_one("h1") if isinstance(soup, BeautifulSoup) else None
    texts = (fold(heading.get_text(" ")) if heading else "", fold(read.title))
    match = next((match for text in texts if (match := kind.pattern.search(text))), None)
    return match[0] if match else ""


def _selectors(capture: Capture, read: Extraction, source: Source) -> tuple[str, ...]:
    """A selector for what is readable of the page, when one is as good."""
    suggested = suggest(capture, read.text, source)
    if isinstance(suggested, Fault):
        return ()
    good = (one for one in suggested if len(one.select) == 1 and min(one.covered, one.precise) >= GOOD)
    best = next((one.select for one in good if "nth-of-type" not in one.select[0]), ())
    return best if best != ("body",) else ()


def _clamped(score: float) -> float:
    return round(max(0.0, min(1.0, score)), 2)
