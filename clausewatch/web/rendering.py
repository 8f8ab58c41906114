"""Rendering: templates into HTML, with everything foreign escaped and made harmless."""

from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from alerts.clean import clean
from clausewatch.web.quoting import short_quote
from clausewatch.web.redline import highlighted
from clausewatch.web.slugs import document_slug, service_slug
from clausewatch.web.visit import Page, Visit, segment

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


def render(page: Page, visit: Visit) -> str:
    """Draw a page."""
    template = environment().get_template(page.template)
    return template.render(
        {
            "visit": visit,
            "say": visit.say,
            "link": visit.link,
            "site": visit.site,
            "title": page.title,
            "version": version("clausewatch"),
            **page.values,
        }
    )


@cache
def environment() -> jinja2.Environment:
    """The templates. Every value is escaped, and cleaned of what a browser would obey or hide."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    made.filters |= {"iso": iso, "web": web_address, "service_slug": service_slug, "document_slug": document_slug}
    made.filters |= {"segment": segment, "highlighted": highlighted, "host": _host, "short_quote": short_quote}
    return made


def _harmless(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def iso(moment: datetime | date) -> str:
    """A moment as a `time` element has it.

    >>> iso(datetime(2025, 11, 4, 6, 12, tzinfo=UTC))
    '2025-11-04T06:12:00Z'
    """
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def web_address(url: str) -> str:
    """The address if a reader may be sent there: plain http or https; otherwise "".

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("//example.org")
    ('https://example.org/a', '', '')
    """
    if url != clean(url) or any(character in url for character in ' \\"<>`'):
        return ""
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname and not parts.username else ""
    except ValueError:
        return ""


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
