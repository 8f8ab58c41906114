"""SVG: a small drawing of bars, lines and words, coloured by the stylesheet's classes."""

from markupsafe import Markup, escape


class Drawing:
    """Collects shapes. All words are escaped; classes are our own."""

    def __init__(self, width: int, height: int, *, title: str) -> None:
        self._size = (width, height)
        self._title = title
        self._parts: list[str] = []

    def bar(self, x: float, y: float, width: float, height: float, name: str, told: str) -> None:
        """A rectangle that says what it stands for when pointed at."""
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{name}">'
            f"<title>{escape(told)}</title></rect>"
        )

    def dot(self, x: float, y: float, radius: float, name: str, told: str, href: str = "") -> None:
        """A point, which may lead somewhere."""
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" class="{name}"><title>{escape(told)}</title></circle>'
        self._parts.append(f'<a href="{escape(href)}" tabindex="-1">{shape}</a>' if href else shape)

    def line(self, x: float, y: float, to_x: float, to_y: float, name: str) -> None:
        """A straight line."""
        self._parts.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" class="{name}"/>')

    def ticks(self, places: list[float], y: float, half: float, name: str) -> None:
        """Short upright lines, as one shape; those that would cover each other are drawn once."""
        drawn = " ".join(f"M{x:.1f} {y - half:.0f}v{2 * half:.0f}" for x in dict.fromkeys(round(x, 1) for x in places))
        self._parts.append(f'<path d="{drawn}" class="{name}"/>')

    def path(self, points: list[tuple[float, float]], name: str) -> None:
        """A line through points."""
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(f'<polyline points="{drawn}" class="{name}"/>')

    def text(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Words."""
        self._parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>')

    def link(self, href: str, x: float, y: float, words: str) -> None:
        """Words that lead somewhere."""
        self._parts.append(f'<a href="{escape(href)}"><text x="{x:.1f}" y="{y:.1f}">{escape(words)}</text></a>')

    def svg(self) -> Markup:
        """The drawing, as it stands in a page; the table beside it says the same to those who cannot see."""
        width, height = self._size
        return Markup(  # noqa: S704 - every word in it was escaped above
            f'<svg viewBox="0 0 {width} {height}" role="group" aria-label="{escape(self._title)}">'
            f"{''.join(self._parts)}</svg>"
        )
