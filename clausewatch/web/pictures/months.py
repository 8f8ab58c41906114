"""Months: flagged changes a month by topic, as bars over the years."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from clausewatch.web.pictures.picture import Picture
from clausewatch.web.pictures.svg import Drawing
from clausewatch.web.words import Speech

WIDTH, HEIGHT, BASE, TOP, LEFT = 960, 190, 160, 14, 30


def picture(
    by_month: Mapping[str, Mapping[str, int]],
    topics: Sequence[str],
    say: Speech,
    link: Callable[..., str],
) -> Picture | None:
    """Bars from the first year with a change to the last; None where there is none.

    by_month: flagged changes by topic, by month ("2025-11"). A year's label leads to its page.
    """
    if not by_month:
        return None
    known = [topic for topic in topics if any(topic in counts for counts in by_month.values())]
    known += sorted({topic for counts in by_month.values() for topic in counts} - set(known))
    months = every_month(min(by_month), max(by_month))
    highest = max(sum(counts.values()) for counts in by_month.values())
    step = (WIDTH - LEFT) / len(months)
    drawing = Drawing(WIDTH, HEIGHT, title=say("pictures.months"))
    _scale(drawing, highest)
    for place, month in enumerate(months):
        x, y = LEFT + place * step, float(BASE)
        if month.endswith("-01") or place == 0:
            drawing.line(x, BASE, x, BASE + 6, "tick")
            if len(months) - place > 4 or place == 0:
                drawing.link(link(f"/year/{month[:4]}"), x + 3, BASE + 18, month[:4])
        for number, topic in enumerate(known):
            count = by_month.get(month, {}).get(topic, 0)
            if count:
                height = count / highest * (BASE - TOP)
                y -= height
                told = f"{say.month(month)}: {say.topic(topic)}, {say.number(count)}"
                drawing.bar(x, y, max(step - 1, 0.8), height, f"series-{number % 4}", told)
    return Picture(
        name="months",
        title=say("pictures.months"),
        svg=drawing.svg(),
        legend=tuple((f"series-{number % 4}", say.topic(topic)) for number, topic in enumerate(known)),
        head=(say("pictures.month"), *(say.topic(topic) for topic in known)),
        rows=tuple((month, *(by_month[month].get(topic, 0) for topic in known)) for month in by_month),
    )


def every_month(first: str, last: str) -> list[str]:
    """All months from the first to the last.

    >>> every_month("2024-11", "2025-02")
    ['2024-11', '2024-12', '2025-01', '2025-02']
    """
    start, end = (date.fromisoformat(f"{month}-01") for month in (first, last))
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [f"{start.year + (start.month - 1 + at) // 12}-{(start.month - 1 + at) % 12 + 1:02}" for at in range(count)]


def _scale(drawing: Drawing, highest: int) -> None:
    for value in sorted({highest, (highest + 1) // 2}):
        y = BASE - value / highest * (BASE - TOP)
        drawing.line(LEFT, y, WIDTH, y, "rule")
        drawing.text(LEFT - 6, y + 4, str(value), "end")
    drawing.line(LEFT, BASE, WIDTH, BASE, "axis")
