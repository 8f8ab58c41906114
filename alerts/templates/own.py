"""Templates of one's own: rendered in a process of their own, so that whatever they do has an end.

Jinja's sandbox keeps a template from reaching anything, not from looping for ever or writing a gigabyte. The process
has a limit of processor time and of memory, and what it writes is read up to a limit (decision 0065).
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final, TypeVar

from alerts.note import Note

T = TypeVar("T")

MAX_OUTPUT: Final = 200_000
"""Characters a template may write."""
SECONDS: Final = 20.0
"""Until it is killed. Starting Python and Jinja takes 0.2 s, a note a few milliseconds."""


class TemplateFailed(Exception):  # noqa: N818 - caught by the channel, which goes on with ours
    """A template of one's own was not used; the message says which and why, on one line."""


class OwnTemplates:
    """The templates of a folder. A file of a name we ask for replaces ours; the others stay as they are."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def write(self, name: str, note: Note, ours: Callable[[], T], read: Callable[[str], T]) -> tuple[T, str]:
        """Write a note by the template of that name, or as we do where there is none or it does not work.

        read: what makes of its text what is wanted; raises ValueError for a text that is none. Returns the warning for
        the owner too, "" when all is well.
        """
        try:
            text = self.render(name, note)
            return (ours() if text is None else read(text)), ""
        except (TemplateFailed, ValueError) as error:
            said = str(error) if isinstance(error, TemplateFailed) else f"template {name}: {error}"
            return ours(), f"{said}; ours was sent instead"

    def render(self, name: str, note: Note) -> str | None:
        """Write a note by the template of that name; None when the folder has none. Raises TemplateFailed."""
        if self._folder is None or not (self._folder / name).is_file():
            return None
        given = json.dumps({"folder": str(self._folder), "name": name, "limit": MAX_OUTPUT, "note": asdict(note)})
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-m", "alerts.templates.render"],
                env={},
                input=given.encode("utf-8", "backslashreplace"),
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TemplateFailed(f"template {name}: took longer than {SECONDS:.0f} s") from error
        except OSError as error:
            raise TemplateFailed(f"template {name}: cannot be run ({error.strerror})") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()[:200] or "used too much memory or time"
            raise TemplateFailed(f"template {name}: {said}")
        return done.stdout.decode()
