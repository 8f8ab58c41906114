"""What Clausewatch ships as data: declarations, topics, languages, facts, locales and the demo site.

Data only, no behaviour but to find and read the files, wherever the package is installed.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of shipped data called `name`: "declarations", "topics", "languages", "facts", "locales",
    "discovery" or "demo".

    >>> folder("topics").name
    'topics'
    """
    return ROOT / name
