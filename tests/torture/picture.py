"""Picture: memory by the hour as SVG."""

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 720, 260, 40


def memory_picture(megabytes: Sequence[float]) -> str:
    """A line from the first hour to the last, with the bound of 1.2 times the first hour's memory."""
    most = 1.3 * max(*megabytes, megabytes[0] * 1.2)

    def at(hour: int, value: float) -> str:
        x = EDGE + (WIDTH - 2 * EDGE) * hour / max(1, len(megabytes) - 1)
        return f"{x:.1f},{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most:.1f}"

    line = " ".join(at(hour, value) for hour, value in enumerate(megabytes))
    bound = f"{at(0, megabytes[0] * 1.2)} {at(len(megabytes) - 1, megabytes[0] * 1.2)}"
    said = f"{megabytes[0]} MB after the first hour, {megabytes[-1]} MB at the end"
    title = f"Memory of the daemon in MB, hours 1 to {len(megabytes)}; dashed: 1.2 times the first"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="12">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        f'<polyline points="{bound}" fill="none" stroke="firebrick" stroke-dasharray="4"/>'
        f'<polyline points="{line}" fill="none" stroke="steelblue" stroke-width="2"/>'
        f'<text x="{EDGE}" y="20">{title}</text>'
        f'<text x="{EDGE}" y="{HEIGHT - 12}">{said}</text>'
        "</svg>\n"
    )
