"""Course: the versions of some terms on a time line, and how long their text was over time."""

from collections.abc import Callable, Sequence
from datetime import datetime

from clausewatch.web.pictures.picture import Picture
from clausewatch.web.pictures.svg import Drawing
from clausewatch.web.store.timeline import Step
from clausewatch.web.words import Speech

WIDTH, LEFT, RIGHT = 960, 40, 12


def line(steps: Sequence[Step], say: Speech, link: Callable[..., str]) -> Picture | None:
    """A mark a version, in three lanes: flagged, other news, noise. None for a single version."""
    if len(steps) < 2:
        return None
    place = places([step.at for step in steps])
    drawing = Drawing(WIDTH, 96, title=say("pictures.line"))
    years_below(drawing, steps[0].at, steps[-1].at, place, 80)
    lanes = {"flagged": 16.0, "news": 40.0, "noise": 62.0}
    for lane, y in lanes.items():
        drawing.line(LEFT, y, WIDTH - RIGHT, y, "rule")
        mine = [step for step in steps if lane_of(step) == lane]
        if lane == "flagged":
            for step in mine:
                told = f"{say.day(step.at)}: {', '.join(say.topic(topic) for topic, _ in step.effects)}"
                drawing.dot(place(step.at), y, 5, "dot-flagged", told, link(f"/change/{step.change}"))
        else:
            drawing.ticks([place(step.at) for step in mine], y, 7, f"tick-{lane}")
    return Picture(
        name="line",
        title=say("pictures.line"),
        svg=drawing.svg(),
        legend=(
            ("series-0", say("pictures.flagged")),
            ("series-1", say("pictures.news")),
            ("noise", say("pictures.noise")),
        ),
        head=(say("pictures.year"), say("pictures.flagged"), say("pictures.news"), say("pictures.noise")),
        rows=_by_year(steps),
    )


def length(points: Sequence[tuple[datetime, int]], say: Speech) -> Picture | None:
    """The length of the text in characters over time. points: oldest first. None for fewer than two."""
    if len(points) < 2:
        return None
    place = places([at for at, _ in points])
    highest = max(1, *(size for _, size in points))
    drawing = Drawing(WIDTH, 130, title=say("pictures.length"))
    years_below(drawing, points[0][0], points[-1][0], place, 112)
    drawing.line(LEFT, 14, WIDTH - RIGHT, 14, "rule")
    drawing.text(LEFT - 6, 18, f"{round(highest / 1000)} k", "end")
    drawn: list[tuple[float, float]] = []
    for at, size in points:
        y = 104 - size / highest * 90
        if drawn:
            drawn.append((place(at), drawn[-1][1]))
        drawn.append((place(at), y))
    drawing.path(drawn, "length")
    return Picture(
        name="length",
        title=say("pictures.length"),
        svg=drawing.svg(),
        legend=(),
        head=(say("pictures.day"), say("pictures.characters")),
        rows=tuple((at.date().isoformat(), size) for at, size in points),
    )


def lane_of(step: Step) -> str:
    """Where a version's mark stands."""
    return "flagged" if step.effects else "news" if step.news else "noise"


def _by_year(steps: Sequence[Step]) -> tuple[tuple[str | int, ...], ...]:
    counts: dict[int, dict[str, int]] = {}
    for step in steps:
        mine = counts.setdefault(step.at.year, {"flagged": 0, "news": 0, "noise": 0})
        mine[lane_of(step)] += 1
    return tuple((str(year), mine["flagged"], mine["news"], mine["noise"]) for year, mine in counts.items())


def places(moments: Sequence[datetime]) -> Callable[[datetime], float]:
    """Where moments stand across a picture, the first and the last given at its ends."""
    start, end = moments[0].timestamp(), moments[-1].timestamp()
    span = max(end - start, 1.0)

    def place(moment: datetime) -> float:
        return LEFT + (moment.timestamp() - start) / span * (WIDTH - LEFT - RIGHT)

    return place


def years_below(
    drawing: Drawing, first: datetime, last: datetime, place: Callable[[datetime], float], base: float
) -> None:
    """Draw the axis of time with the years below it."""
    drawing.line(LEFT, base - 8, WIDTH - RIGHT, base - 8, "axis")
    years = range(first.year + 1, last.year + 1)
    every = max(1, len(years) // 12)
    for year in years:
        x = place(first.replace(year=year, month=1, day=1, hour=0, minute=0, second=0, microsecond=0))
        drawing.line(x, base - 8, x, base - 2, "tick")
        if (year - first.year) % every == 0:
            drawing.text(x, base + 10, str(year), "middle")
    if not years:
        drawing.text(LEFT, base + 10, first.date().isoformat())
        drawing.text(WIDTH - RIGHT, base + 10, last.date().isoformat(), "end")
