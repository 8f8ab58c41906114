"""The readable main content of a page, for when no declared selector helps."""

from bs4 import BeautifulSoup, Tag

from crawler.extraction.tree import tree

MIN_SHARE = 0.3
"""When trafilatura keeps less than this share of the page's <main> or <article>, that element is taken whole."""

_LANDMARKS = "main, article, [role=main]"
_NOISE = "nav, header, footer, aside, form, dialog, [role=navigation], [role=banner], [role=contentinfo], [role=dialog]"


def main_content(soup: BeautifulSoup) -> Tag:
    """The main content of a cleaned page: what trafilatura keeps, or the page's own landmark when that is far more.

    Without either, the body without navigation, header and footer. The page may be changed by this.
    """
    from trafilatura import extract as readable  # takes 0.15 s to import, and few pages need it

    landmark = soup.select_one(_LANDMARKS)
    found = readable(
        str(soup), output_format="html", include_links=True, include_formatting=True, include_tables=True,
        include_comments=False, favor_recall=True,
    )  # fmt: skip
    kept = tree(found).body if found else None
    if kept is not None and (landmark is None or _size(kept) >= MIN_SHARE * _size(landmark)):
        return kept
    for tag in (landmark or soup).select(_NOISE):
        tag.extract()
    return landmark or soup.body or soup


def _size(tag: Tag) -> int:
    return len(tag.get_text(" ", strip=True))
