"""The sandbox templates are written in: they read the note, change nothing and reach nothing else."""

from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from alerts.plain import plain_text
from alerts.redline import as_html, as_text


def sandbox(folder: Path) -> ImmutableSandboxedEnvironment:
    """Return the environment for the templates of a folder. Those that end in .html escape what they are given.

    Beside Jinja's own filters there are `redline` and `redline_text`, which write the runs of a passage, and `plain`,
    which writes a whole note as our plain text.
    """
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"redline": as_html, "redline_text": as_text, "plain": plain_text}
    return made
