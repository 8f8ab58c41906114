"""What foreign words may do in a report: nothing."""

import html as entities
import io

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from clausewatch.report import Block, Kind, Report, Role, span
from clausewatch.report.html import html
from clausewatch.report.markdown import markdown
from clausewatch.report.text import print_text, text

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[click](javascript:alert(1))",
    "![x](https://a.test/p.png)", "https://evil.test/x www.evil.test", "<https://evil.test>", "# heading", "1. one",
    "- item", "| a | b |", "> quote", "**bold** _em_ ~~gone~~ `code`", "&lt;b&gt;", "</dd></dl><script>x</script>",
    "{+never+} [-always-]", "line\nbreak\n# two", "===", "---", "```", "\\", "[ref]: javascript:x", "$x$", "@everyone",
    "a\0b",
)  # fmt: skip


def report(words: str) -> Report:
    """The words in every place of a report."""
    blocks = tuple(
        Block(kind=kind, level=level, label=words, spans=(span(words, role), span(words, role)))
        for kind in Kind
        for level in (0, 2)
        for role in Role
    )
    return Report(title=words, blocks=(*blocks, *reversed(blocks)), language="en")


@pytest.mark.parametrize("words", HOSTILE)
def test_in_markdown_foreign_words_become_no_element(words: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(markdown(report(words)))
    elements = {tag.split(">")[0].split()[0].strip("/") for tag in rendered.split("<")[1:]}
    assert elements <= {"h1", "h2", "h3", "p", "ul", "li", "strong", "s"}
    assert "".join(words.split()).replace("\0", "") in "".join(entities.unescape(rendered).split())


@pytest.mark.parametrize("words", HOSTILE)
def test_in_html_foreign_words_are_escaped(words: str) -> None:
    page = html(report(words))
    for markup in ("<script", "<img", "onerror=alert(1)>"):
        assert markup not in page.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    assert "javascript:" not in page or 'href="javascript' not in page
    assert "<a " not in page


@pytest.mark.parametrize("hostile", ["\x1b[2Jclear", "\x1b]0;title\x07", "\u202ereversed\u202c", "a\rb", "\x9b31m"])
def test_nothing_reaches_a_terminal_that_it_would_obey(hostile: str) -> None:
    out = io.StringIO()
    print_text(Console(file=out, force_terminal=True, color_system=None, width=80), report(hostile))
    written = out.getvalue().replace("\x1b[", "") if hostile.startswith("a") else out.getvalue()
    for sign in ("\x1b[2J", "\x1b]", "\u202e", "\r", "\x9b", "\x07"):
        assert sign not in written


def test_marks_of_a_redline_are_ours_alone() -> None:
    told = text(Report(title="t", blocks=(Block(kind=Kind.TEXT, spans=(span("{+x+}"), span(" y", Role.INSERTED))),)))
    assert told == "t\n{ +x+ } {+y+}\n"


def test_text_stays_within_eighty_columns_without_trailing_space() -> None:
    lines = text(report("word " * 60 + "x" * 200)).splitlines()
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_in_markdown_what_has_no_label_stands_below_what_has_one() -> None:
    blocks = [Block(kind=Kind.LABELLED, label=label, spans=(span(f"said{label}"),)) for label in ("1.", "", "")]
    assert markdown(Report(title="t", blocks=tuple(blocks))) == "# t\n\n- 1\\. said1.\n  - said\n  - said\n"


def test_on_a_page_marks_stand_around_words_alone() -> None:
    blocks = (Block(kind=Kind.TEXT, spans=(span("We"), span(" may ", Role.INSERTED), span("sell."))),)
    assert "We <ins>may</ins> sell." in html(Report(title="t", blocks=blocks))


def test_a_page_loads_nothing_and_says_its_language() -> None:
    page = html(report("fine"))
    assert '<html lang="en">' in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
