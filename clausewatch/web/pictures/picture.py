"""Picture: a drawing with the numbers it was drawn from, as a table and as CSV."""

import csv
import io
from dataclasses import dataclass

from markupsafe import Markup

from alerts.clean import clean_line

Cell = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is shown. name: of its CSV. legend: class and words. head, rows: the numbers."""

    name: str
    title: str
    svg: Markup
    legend: tuple[tuple[str, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """The numbers as CSV (RFC 4180)."""
        return as_csv(self.head, self.rows)


def as_csv(head: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    """Rows as CSV in which nothing is a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([neutral(cell) for cell in row] for row in (head, *rows))
    return file.getvalue()


def neutral(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula.

    >>> neutral("=cmd|'/c calc'!A1"), neutral("2025-11"), neutral(3)
    ("'=cmd|'/c calc'!A1", '2025-11', 3)
    """
    if isinstance(cell, int):
        return cell
    text = clean_line(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
