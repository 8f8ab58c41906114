"""Writing: a report in the form that was asked for."""

import json
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from rich.console import Console

from clausewatch.report.html import html
from clausewatch.report.markdown import markdown
from clausewatch.report.report import Report
from clausewatch.report.text import print_text, text


class Format(StrEnum):
    """How a report is written."""

    TERMINAL = "terminal"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def written(form: Format, report: Callable[[], Report], data: Callable[[], Mapping[str, Any]]) -> None:
    """Write a report to stdout. terminal: coloured, as wide as the terminal, where there is one; else as plain.

    data: what it holds, for JSON.
    """
    match form:
        case Format.JSON:
            sys.stdout.write(json.dumps(data(), ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        case Format.MARKDOWN:
            sys.stdout.write(markdown(report()))
        case Format.HTML:
            sys.stdout.write(html(report()))
        case Format.TERMINAL if sys.stdout.isatty():
            print_text(Console(file=sys.stdout, highlight=False, markup=False), report())
        case Format.TERMINAL | Format.PLAIN:
            sys.stdout.write(text(report()))
