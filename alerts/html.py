"""Write a note as a piece of HTML, for feeds and other places with styles of their own. Pure.

Everything a page wrote is escaped; addresses are plain http or https. Changed words stand in del and ins, whose inline
styles tell them apart where a reader brings none.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from alerts.note import Note, NotedItem, NotedPassage
from alerts.redline import as_html


def as_piece(note: Note) -> Markup:
    """Write a note without its title: sentence, facts, way out, passages, the rest, links."""
    return _joined(
        [
            Markup("<p>{}</p>").format(note.lead) if note.lead else Markup(),
            _facts(note),
            _opt_out(note),
            *map(_passage, note.passages),
            *map(_item, note.items),
            *(Markup("<p>{}</p>").format(line) for line in note.rest),
            _links(note),
            Markup("<p><small>{}</small></p>").format(note.seen) if note.seen else Markup(),
        ]
    )


def _facts(note: Note) -> Markup:
    row = Markup('<tr><th align="left" valign="top">{}</th><td>{}</td></tr>')
    rows = _joined(row.format(label, value) for label, value in note.facts)
    return Markup("<table>{}</table>").format(rows) if rows else rows


def _opt_out(note: Note) -> Markup:
    link = _link(note.opt_out_url, note.opt_out_url) if note.opt_out_url else Markup()
    told = Markup("<br>").join(filter(None, [escape(note.opt_out), link]))
    return Markup("<h3>{}</h3><p>{}</p>").format(note.words["opt_out"], told) if told else told


def _passage(passage: NotedPassage) -> Markup:
    section = Markup("<br><small>{}</small>").format(passage.section) if passage.section else Markup()
    head = Markup("<h3>{}{}</h3>").format(passage.title, section) if passage.title else Markup()
    return head + Markup("<blockquote>{}</blockquote>").format(as_html(passage.runs))


def _item(item: NotedItem) -> Markup:
    title = _link(item.url, item.title) if item.url else Markup("<strong>{}</strong>").format(item.title)
    return Markup("<p>{}<br>{}</p>").format(title, item.lead)


def _links(note: Note) -> Markup:
    listed = _joined(Markup("<li>{}</li>").format(_link(url, label)) for label, url in note.links)
    return Markup("<ul>{}</ul>").format(listed) if listed else listed


def _link(url: str, label: str) -> Markup:
    return Markup('<a href="{}" rel="nofollow noreferrer">{}</a>').format(url, label)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(filter(None, parts))
