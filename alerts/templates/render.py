"""Render one template and end: python -m alerts.templates.render, with a JSON object on standard input."""

import json
import resource
import sys
from pathlib import Path
from typing import Any, Final

from jinja2 import TemplateError

from alerts.clean import clean_line
from alerts.note import Note, NotedItem, NotedPassage
from alerts.templates.sandbox import sandbox
from diffing.edit import Op, Span

MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space; Python with Jinja and Babel needs some 150 MB of it."""
CPU_SECONDS: Final = 2


def note_from(data: dict[str, Any]) -> Note:
    """Read a note back from the JSON of its fields."""
    passages = (
        NotedPassage(
            title=one["title"],
            section=one["section"],
            runs=tuple(Span(op=Op(run["op"]), text=run["text"]) for run in one["runs"]),
        )
        for one in data["passages"]
    )
    pairs = {key: tuple(map(tuple, data[key])) for key in ("facts", "links")}
    return Note(
        **{
            **data,
            **pairs,
            "passages": tuple(passages),
            "items": tuple(NotedItem(**item) for item in data["items"]),
            "rest": tuple(data["rest"]),
        }
    )


def main() -> None:
    """Write the template to standard output, or why not to standard error with exit code 1."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    given = json.loads(sys.stdin.buffer.read())
    try:
        template = sandbox(Path(given["folder"])).get_template(given["name"])
        written, room = [], given["limit"]
        for piece in template.generate(note=note_from(given["note"])):
            room -= len(piece)
            if room < 0:
                sys.exit(f"writes more than {given['limit']} characters")
            written.append(piece)
        sys.stdout.buffer.write("".join(written).encode("utf-8", "replace"))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        sys.exit(clean_line(f"line {line}: {error.message}" if line else f"{error.message}"))
    except MemoryError:
        sys.exit("used too much memory")
    except Exception as error:  # noqa: BLE001 - whatever a template does is told in a line
        sys.exit(clean_line(f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()
