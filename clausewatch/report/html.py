"""A report as a page of HTML that stands alone: no script, nothing loaded, everything foreign escaped."""

from typing import Final

from markupsafe import Markup, escape

from alerts.clean import clean
from clausewatch.report.report import Block, Kind, Report, Role, Span

ELEMENTS: Final = {
    Role.STRONG: Markup("<strong>{}</strong>"),
    Role.QUIET: Markup('<span class="quiet">{}</span>'),
    Role.INSERTED: Markup("<ins>{}</ins>"),
    Role.DELETED: Markup("<del>{}</del>"),
    Role.FOUND: Markup("<mark>{}</mark>"),
}
_PAGE = Markup("""<!DOCTYPE html>
<html{language}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif; }}
h1 {{ font-size: 1.4rem; }} h2 {{ font-size: 1.15rem; margin-top: 2rem; }}
h3, h4, h5, h6 {{ font-size: 1rem; margin: 1.2rem 0 .3rem; }}
p, li, dd {{ overflow-wrap: anywhere; }}
.quiet, dt {{ color: light-dark(#5b6470, #a3aab5); }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; }}
dt {{ white-space: nowrap; font-variant-numeric: tabular-nums; }} dd {{ margin: 0; }}
ins {{ background: light-dark(#dff5e5, #17402a); color: light-dark(#0b5a2b, #a5e6b8); }}
del {{ background: light-dark(#fde7e4, #4a1f1a); color: light-dark(#a1260d, #ffb4a6); }}
mark {{ background: light-dark(#fff1b8, #5c4b00); color: inherit; }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
""")
_AROUND: Final = {Kind.ITEM: ("<ul>", "</ul>"), Kind.LABELLED: ("<dl>", "</dl>")}
_MARGIN_REM: Final = 1.5


def html(report: Report) -> str:
    """The whole page."""
    language = Markup(' lang="{}"').format(report.language) if report.language else ""
    body: list[str] = []
    opened: Kind | None = None
    for block in report.blocks:
        kind = block.kind if block.kind in _AROUND else None
        if kind is not opened:
            body += [_AROUND[opened][1]] if opened else []
            body += [_AROUND[kind][0]] if kind else []
            opened = kind
        body.append(_block(block))
    body += [_AROUND[opened][1]] if opened else []
    return _PAGE.format(language=language, title=_safe(report.title), body=Markup("\n".join(body)))  # noqa: S704 - of parts escaped below


def _block(block: Block) -> Markup:
    words = Markup("").join(_span(one) for one in block.spans)
    match block.kind:
        case Kind.HEADING:
            level = min(block.level + 1, 6)
            return Markup("<h{0}>{1}</h{0}>").format(level, words)
        case Kind.TEXT:
            margin = Markup(' style="margin-left:{}rem"').format(_MARGIN_REM * block.level) if block.level else ""
            return Markup("<p{}>{}</p>").format(margin, words)
        case Kind.ITEM:
            margin = Markup(' style="margin-left:{}rem"').format(_MARGIN_REM * block.level) if block.level else ""
            return Markup("<li{}>{}</li>").format(margin, words)
        case Kind.LABELLED:
            return Markup("<dt>{}</dt><dd>{}</dd>").format(_safe(block.label), words)


def _span(one: Span) -> Markup:
    if one.role not in ELEMENTS:
        return _safe(one.text)
    words = one.text.strip()
    lead, _, tail = one.text.partition(words) if words else (one.text, "", "")
    element = ELEMENTS[one.role].format(_safe(words)) if words else ""
    return Markup("{}{}{}").format(lead and " ", element, tail and " ")


def _safe(text: str) -> Markup:
    """Foreign words: escaped, and without what would hide or reorder what stands around them."""
    return escape(clean(text))
