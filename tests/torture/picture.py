"""Picture: memory by the hour as SVG."""

from collections.abc import Sequence
from math import ceil

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 48, 40
TICK_MB, TICK_HOURS = 50, 6
STYLE = 'font-family="sans-serif" font-size="12" fill="#333"'


def memory_picture(megabytes: Sequence[float]) -> str:
    """A line from the first hour to the last over a scale from 0, with the bound of 1.2 times the first hour's."""
    bound = 1.2 * megabytes[0]
    most = TICK_MB * ceil(max(*megabytes, bound) / TICK_MB)
    hours = len(megabytes)

    def x(hour: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (hour - 1) / max(1, hours - 1)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most

    line = " ".join(f"{x(hour):.1f},{y(value):.1f}" for hour, value in enumerate(megabytes, 1))
    said = f"{megabytes[0]} MB after the first hour, {megabytes[-1]} MB after {hours}"
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(LEFT, 20, f"Memory of the daemon in MB by the hour: {said}."),
        _text(LEFT, 36, "Dashed: 1.2 times the first hour's."),
        *(_rule(y(value), f"{value}") for value in range(0, most + 1, TICK_MB)),
        *(_text(x(hour), HEIGHT - 20, str(hour), "middle") for hour in (1, *range(TICK_HOURS, hours + 1, TICK_HOURS))),
        f'<path d="M{LEFT},{y(bound):.1f}H{WIDTH - RIGHT}" stroke="firebrick" stroke-dasharray="4"/>',
        f'<polyline points="{line}" fill="none" stroke="steelblue" stroke-width="2"/>',
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _rule(at: float, label: str) -> str:
    rule = f'<path d="M{LEFT},{at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
    return rule + _text(LEFT - 6, at + 4, label, "end")


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {STYLE}>{words}</text>'
