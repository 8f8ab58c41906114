"""Adoption: how many services had introduced a topic by when."""

from collections.abc import Callable, Sequence
from datetime import datetime

from clausewatch.web.pictures.course import LEFT, RIGHT, WIDTH, places, years_below
from clausewatch.web.pictures.picture import Picture
from clausewatch.web.pictures.svg import Drawing
from clausewatch.web.words import Speech


def picture(
    firsts: Sequence[tuple[str, datetime, str]], topic: str, say: Speech, link: Callable[..., str]
) -> Picture | None:
    """A step for each service's first change that introduced the topic. firsts: service, when, change; oldest first."""
    if len(firsts) < 2:
        return None
    place = places([at for _, at, _ in firsts])
    title = say("pictures.adoption", topic=say.shared.topic(topic))
    drawing = Drawing(WIDTH, 210, title=title)
    years_below(drawing, firsts[0][1], firsts[-1][1], place, 190)
    for value in sorted({len(firsts), len(firsts) // 2}):
        y = 182 - value / len(firsts) * 166
        drawing.line(LEFT, y, WIDTH - RIGHT, y, "rule")
        drawing.text(LEFT - 6, y + 4, str(value), "end")
    drawn: list[tuple[float, float]] = [(place(firsts[0][1]), 182.0)]
    marks: list[tuple[float, float, str, str]] = []
    for number, (service, at, change) in enumerate(firsts, 1):
        x, y = place(at), 182 - number / len(firsts) * 166
        drawn += [(x, drawn[-1][1]), (x, y)]
        marks.append((x, y, f"{service}, {say.day(at)}", link(f"/change/{change}")))
    drawing.path(drawn, "length")
    for x, y, told, href in marks:
        drawing.dot(x, y, 3.5, "dot-flagged", told, href)
    return Picture(
        name="adoption",
        title=title,
        svg=drawing.svg(),
        legend=(),
        head=(say("pictures.service"), say("pictures.day")),
        rows=tuple((service, at.date().isoformat()) for service, at, _ in firsts),
    )
