"""Output: how every command prints, for people in 80 columns or for programs as JSON lines."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from alerts.clean import clean


def console(*, stderr: bool = False) -> Console:
    """A console that colours only on a terminal (and honours NO_COLOR); 80 columns where there is no terminal."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, highlight=False, markup=False, soft_wrap=False, width=None if stream.isatty() else 80)


def json_lines(objects: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line on stdout, flushed each, nothing else."""
    for value in objects:
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def day(moment: datetime) -> str:
    """The day in UTC: 2025-11-04."""
    return moment.strftime("%Y-%m-%d")


def minute(moment: datetime) -> str:
    """The minute in UTC: 2025-11-04 00:35."""
    return moment.strftime("%Y-%m-%d %H:%M")


def size(count: int) -> str:
    """Bytes as people read them.

    >>> size(17_105_846), size(900)
    ('17.1 MB', '900 bytes')
    """
    for unit, length in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= length:
            return f"{count / length:.1f} {unit}"
    return f"{count} bytes"


def plain(text: str, style: str = "") -> Text:
    """Foreign text for a terminal: nothing in it can move the cursor, colour or reorder what stands around it."""
    return Text(clean(text), style=style)
