"""Reports: what a command found, told once and written for a terminal, a text, Markdown or HTML."""

from clausewatch.report.report import Block, Kind, Report, Role, Span, span
from clausewatch.report.writing import Format, written

__all__ = ["Block", "Format", "Kind", "Report", "Role", "Span", "span", "written"]
