"""Plain text of one line of Markdown: markup off, words and link targets kept apart."""

import html
import re
import unicodedata

_MARKED = re.compile(r"[\\\[\]*_`<&~!]")
_OTHER = re.compile(r"`|<(?!\s)|&(?=[#A-Za-z][#A-Za-z0-9]*;)|~~|!\[|\]\([^()\s]*[*\\]|\\(?![-_.()=+>])")
_ASIDE = re.compile(r"\]\([^()\s]++\)|\\.")
_UNDERSCORES = re.compile(r"\]\([^()\s]++\)|\\.|_++")
_ESCAPED = re.compile(r"\\([-_.()=+>])")
_STARS = re.compile(r"(?<![\s*])\*++|(?<!\*)\*++(?!\s)")
_LINK = re.compile(r"\[([^\[\]]*+)\]\(([^()\s]++)\)")
_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<image>!\[)
    | (?P<open>\[)
    | \](?P<target>\(\s*+
        (?:<[^<>\n]*+>|(?:[^()\s\\]++|\\.|\((?:[^()\s\\]++|\\.)*+\))*+)
        (?:\s++(?:"[^"]*+"|'[^']*+'))?+\s*+\))?+
    | <(?P<auto>https?://[^<>\s]*+|[^<>\s@]++@[^<>\s]++)>
    | (?P<tag></?[A-Za-z][^<>]*+>)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    | (?P<mark>\*++|~~|`++|_++)
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def plain(markdown: str) -> tuple[str, tuple[str, ...]]:
    r"""Words and link targets of a line of Markdown without its block marker.

    The words: NFC, white space folded, soft hyphens and zero-width spaces dropped, quotes and dashes as they stand;
    images are no words. Time is linear in the length.

    >>> plain("We **never** sell [your data](https://example.org/a_(b)) \\_here\\_<br>or there.")
    ('We never sell your data _here_ or there.', ('https://example.org/a_(b)',))
    """
    links: list[str] = []
    text = markdown
    if _MARKED.search(markdown):
        simple = _simply(markdown, links)
        text = _unmarked(markdown, links) if simple is None else simple
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split()), tuple(links)


def _simply(markdown: str, links: list[str]) -> str | None:
    """The words of a text with the markup most have: stars or underscores, plain links, escapes; None for any other."""
    if _OTHER.search(markdown):
        return None
    if "_" in markdown and "_" in _ASIDE.sub("", markdown):
        if "*" in markdown:
            return None
        text = _UNDERSCORES.sub(_unless_mark, markdown)
    else:
        text = _STARS.sub("", markdown) if "*" in markdown else markdown
    opened = text.count("[")
    if opened != text.count("]"):
        return None
    if opened:
        pieces = _LINK.split(text)  # each label and target stands between two pieces
        if len(pieces) != 3 * opened + 1:
            return None
        links.extend(pieces[2::3])
        del pieces[2::3]
        text = "".join(pieces)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _unless_mark(found: re.Match[str]) -> str:
    """What stands there, but for underscores that mark."""
    return _kept_mark(found.string, found.start(), found.end()) if found[0][0] == "_" else found[0]


def _unmarked(markdown: str, links: list[str]) -> str:
    out: list[str] = []
    opened: list[tuple[int, bool]] = []  # where in `out` a bracket opened, and whether for an image
    end = 0
    for token in _TOKEN.finditer(markdown):
        out.append(markdown[end : token.start()])
        end = token.end()
        match token.lastgroup:
            case "escaped":
                out.append(token["escaped"])
            case "image" | "open":
                opened.append((len(out), token.lastgroup == "image"))
                out.append("[")
            case "auto":
                links.append(token["auto"])
                out.append(token["auto"])
            case "tag":
                out.append(" " if token["tag"][1:3].lower() == "br" else "")
            case "entity":
                out.append(html.unescape(token["entity"]))
            case "mark":
                out.append(_kept_mark(markdown, token.start(), token.end()))
            case _:
                out.append(_closed(token["target"], opened, out, links))
    out.append(markdown[end:])
    return "".join(out)


def _closed(target: str | None, opened: list[tuple[int, bool]], out: list[str], links: list[str]) -> str:
    """What a closing bracket leaves in the text; notes the link and empties the opening bracket.

    A link that opened on a line above still ends here: pages put whole blocks into links.
    """
    if target is None or not opened:
        if opened:
            opened.pop()
        elif target is not None:
            links.append(_address(target[1:-1].strip()))
        return "]" if target is None else ""
    at, image = opened.pop()
    out[at] = ""
    if image:
        del out[at + 1 :]
    else:
        links.append(_address(target[1:-1].strip()))
    return ""


def _address(target: str) -> str:
    """The address of a link without its title."""
    if target.startswith("<"):
        return target[1 : target.index(">")]
    return target.split(maxsplit=1)[0] if target else ""


def _kept_mark(markdown: str, start: int, end: int) -> str:
    """A star or underscore that marks nothing stays: "snake_case", "5 * 3"."""
    before, after = markdown[start - 1 : start], markdown[end : end + 1]
    if before.isspace() and after.isspace():
        return markdown[start:end]
    if markdown[start] == "_" and before.isalnum() and after.isalnum():
        return markdown[start:end]
    return ""
