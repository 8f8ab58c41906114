"""From a parsed page to Markdown in the form the public archives use: underlined headings, "*   " items, one block a
line."""

import re
from collections.abc import Callable, Sequence
from copy import copy
from functools import cache, lru_cache

from bs4 import Comment, Doctype, NavigableString, PageElement, Tag
from markdownify import MarkdownConverter

from crawler.extraction.lines import begins_line

_ESCAPES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"([\\`*_\[\]])"), r"\\\1"),
    (re.compile(r"<(?=[A-Za-z/!?])"), r"\\<"),
    (re.compile(r"&(?=#?\w{1,31};)"), r"\\&"),
)
_LINE_ESCAPES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"^(\s*)([-+])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"^(\s*)(=+|-{2,}|#{1,6}(?=\s|$)|>|~~~)"), r"\1\\\2"),
    (re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)"), r"\1\\\2"),
)
"""What would be read as markup in the words of a page is escaped, so that a page cannot write markup of its own:
anywhere, and at the beginning of a line."""

_MAY_MARK = re.compile(r"[\\`*_\[\]<&|]")
_MAY_MARK_LINE = re.compile(r"\s*[-+=#>~\d]")
"""Signs without which there is nothing to escape: asking for them is far less work than the escaping."""

_SPACES = re.compile(r"[\t \r\n]+")
_HEADING = re.compile(r"h\d")
_TRIMMED = frozenset(
    {
        "p", "blockquote", "article", "div", "section", "ol", "ul", "li", "dl", "dt", "dd",
        "table", "thead", "tbody", "tfoot", "tr", "td", "th",
    }
)  # fmt: skip
"""Elements, beside headings, at whose edges white space means nothing."""
_UNSEEN = (Comment, Doctype)
_VERBATIM = frozenset({"pre", "code", "kbd", "samp"})

_BLOCK_BREAK = re.compile(r"\s*\n\s*\n\s*")
_LINE_BREAK = re.compile(r"\s*\n\s*")
_CELLS = frozenset({"td", "th"})


def markdown(tags: Sequence[Tag]) -> str:
    """The Markdown of elements, one after the other, as separate blocks."""
    converter: _Converter = copy(_converter())
    converter.convert_fn_cache = {}  # by names of elements, which pages make up
    return "\n\n".join(str(converter.convert_soup(tag)).strip("\n") for tag in tags)


@cache
def _converter() -> "_Converter":
    """A converter to copy: to make one takes longer than to convert a paragraph."""
    return _Converter(wrap=True, wrap_width=None, autolinks=False, heading_style="underlined")


class _Converter(MarkdownConverter):  # type: ignore[misc, unused-ignore]
    """markdownify, in the form of the public archives and without its slow spots on long lists and tables."""

    convert_fn_cache: dict[str, Callable[..., str] | None]
    _in_pre = False
    """Whether what is converted stands in preformatted text."""

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        """What markdownify's own does, without asking for the ancestors of every element."""
        name = node.name
        within = {*(parent_tags or ()), name}
        if _is_heading(name) or name in _CELLS:
            within.add("_inline")
        if name in _VERBATIM:
            within.add("_noformat")
        if not parent_tags:
            self._in_pre = node.find_parent("pre") is not None
        trimmed = _is_trimmed(name)
        pieces = [piece for child in node.contents if (piece := self._piece(child, within, trimmed))]
        text = "".join(pieces) if self._in_pre or "pre" in within else _joined(pieces)
        convert = self.get_conv_fn_cached(name)  # type: ignore[attr-defined, unused-ignore]
        return text if convert is None else str(convert(node, text, parent_tags=parent_tags or set()))

    def _piece(self, child: PageElement, within: set[str], trimmed: bool) -> str:
        if isinstance(child, Tag):
            return self.process_tag(child, parent_tags=within)
        if not isinstance(child, NavigableString) or _is_void(child, trimmed):
            return ""
        return self.process_text(child, parent_tags=within)

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        within = parent_tags or set()
        text = str(el)
        if "pre" not in within and ("  " in text or "\n" in text or "\t" in text or "\r" in text):
            text = _SPACES.sub(" ", text)
        if "_noformat" not in within:
            text = self.escape(text, within)
        before, after = el.previous_sibling, el.next_sibling
        edge = el.parent is not None and _is_trimmed(el.parent.name)
        if _trims(before) or (edge and not before):
            text = text.lstrip(" \t\r\n")
        if _trims(after) or (edge and not after):
            text = text.rstrip()
        if _MAY_MARK_LINE.match(text) and begins_line(el):
            for pattern, replacement in _LINE_ESCAPES:
                text = pattern.sub(replacement, text)
        return text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        if _MAY_MARK.search(text) is None:
            return text
        for pattern, replacement in _ESCAPES:
            text = pattern.sub(replacement, text)
        return text.replace("|", r"\|") if parent_tags & _CELLS else text

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = text.strip()
        if "_inline" in parent_tags and not parent_tags & _CELLS:
            return f" {text} "
        return f"\n\n{text}\n\n" if text else "\n\n"

    convert_p = convert_article = convert_section = convert_main = convert_header = convert_footer = convert_div
    convert_nav = convert_aside = convert_figure = convert_figcaption = convert_details = convert_summary = convert_div
    convert_address = convert_form = convert_fieldset = convert_legend = convert_hgroup = convert_dialog = convert_div
    convert_center = convert_dl = convert_dt = convert_dd = convert_caption = convert_option = convert_div

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.convert_div(el, text, parent_tags)

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags and not parent_tags & _CELLS else "\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\n\n* * *\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        text = " ".join(text.split(None))
        if not text or "_inline" in parent_tags:
            return f"\n\n{text}\n\n" if parent_tags & _CELLS else f" {text} "
        if n <= 2:
            return f"\n\n{text}\n{'=-'[n - 1] * max(3, len(text))}\n\n"
        return f"\n\n{'#' * min(n, 6)} {text}\n\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href = el.get("href")
        return _around(el, text, lambda words: f"[{words}]({href})") if href else text

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text if parent_tags & {"b", "strong"} else _around(el, text, lambda words: f"**{words}**")

    convert_strong = convert_b

    def convert_i(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        mark = "*" if _is_inside_word(el) else "_"  # underscores inside a word are no emphasis
        return text if parent_tags & {"i", "em"} else _around(el, text, lambda words: f"{mark}{words}{mark}")

    convert_em = convert_i

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.escape(" ".join(str(el.get("alt") or "").split()), parent_tags)

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = text.strip("\n")
        return f"\n{text}\n" if "li" in parent_tags else f"\n\n{text}\n\n"

    convert_ul = convert_ol = convert_menu = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = text.strip()
        if not text:
            return "\n"
        number = el.get("data-number")
        bullet = (f"{number}." if number else "*").ljust(4)
        bullet = bullet if bullet.endswith(" ") else f"{bullet} "
        lines = text.split("\n")
        rest = (f"    {line}" if line.strip() else "" for line in lines[1:])
        return "\n".join((bullet + lines[0], *rest)) + "\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = _LINE_BREAK.sub("<br>", _BLOCK_BREAK.sub("<br><br>", text.strip()))
        return f" {text} |" + "  |" * (_span(el) - 1)

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if not text:
            return ""
        row = f"|{text}\n"
        if "data-first" not in el.attrs:
            return row
        cells = el.find_all(["td", "th"], recursive=False)
        rule = "|" + " --- |" * sum(_span(cell) for cell in cells) + "\n"
        if all(cell.name == "th" for cell in cells) or el.find_parent("thead") is not None:
            return row + rule
        return rule.replace("---", "   ") + rule + row

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"


@lru_cache(maxsize=256)
def _is_heading(name: str) -> bool:
    return _HEADING.match(name) is not None


@lru_cache(maxsize=256)
def _is_trimmed(name: str) -> bool:
    return name in _TRIMMED or _is_heading(name)


def _trims(sibling: PageElement | None) -> bool:
    """Whether white space beside this piece means nothing."""
    return isinstance(sibling, Tag) and (sibling.name == "pre" or _is_trimmed(sibling.name))


def _is_void(piece: NavigableString, trimmed: bool) -> bool:
    """Whether words say nothing: a comment, or white space at the edge of a block."""
    if isinstance(piece, _UNSEEN):
        return True
    if piece.strip():
        return False
    before, after = piece.previous_sibling, piece.next_sibling
    return (trimmed and (not before or not after)) or _trims(before) or _trims(after)


def _joined(pieces: Sequence[str]) -> str:
    """Pieces, none empty, one after the other; where two meet, the longer run of line breaks counts, at most two."""
    if len(pieces) < 2:
        return "".join(pieces)
    joined: list[str] = []
    open_breaks = 0
    for piece in pieces:
        body = piece.lstrip("\n")
        words = body.rstrip("\n")
        breaks = len(piece) - len(body)
        if open_breaks and breaks:
            breaks = min(2, max(open_breaks, breaks))
        else:
            breaks += open_breaks
        joined += ("\n" * breaks, words)
        open_breaks = len(body) - len(words)
    return "".join(joined) + "\n" * open_breaks


def _is_inside_word(el: Tag) -> bool:
    before, after = el.previous_sibling, el.next_sibling
    return (isinstance(before, NavigableString) and before[-1:].isalnum()) or (
        isinstance(after, NavigableString) and after[:1].isalnum()
    )


def _around(el: Tag, text: str, wrapped: Callable[[str], str]) -> str:
    """Markup around words, line by line, their outer spaces kept outside; around several blocks there is none."""
    words = text.strip()
    if not words or "\n\n" in words or el.find(["li", "tr"]) is not None:
        return text
    if text.startswith("\n") and words.startswith("#"):
        marks, _, words = words.partition(" ")
        return f"\n\n{marks} {wrapped(words)}\n\n"
    start = text[: len(text) - len(text.lstrip())]
    lines = "\n".join(wrapped(line.strip()) if line.strip() else "" for line in words.split("\n"))
    return f"{start}{lines}{text[len(start) + len(words) :]}"


def _span(cell: Tag) -> int:
    span = str(cell.get("colspan", "1"))
    return max(1, min(50, int(span))) if span.isascii() and span.isdigit() and len(span) < 5 else 1
