"""Language: which one a reader gets: that of the address, /fr/…, or else the one their browser asks for."""

from typing import Final

from alerts.locale import LANGUAGES

PREFIXES: Final = {f"/{language}": language for language in LANGUAGES}


def split(path: str) -> tuple[str, str]:
    """The language part of a path, "" where it has none, and the rest.

    >>> split("/fr/change/ab12"), split("/change/ab12"), split("/fr"), split("/frame")
    (('/fr', '/change/ab12'), ('', '/change/ab12'), ('/fr', '/'), ('', '/frame'))
    """
    first, _, rest = path.lstrip("/").partition("/")
    prefix = f"/{first}"
    return (prefix, f"/{rest}") if path.startswith(prefix) and prefix in PREFIXES else ("", path)


def wished(header: str) -> str:
    """The language of ours that an Accept-Language header puts first; English when it names none.

    >>> wished("fr-CA,fr;q=0.9,en;q=0.8"), wished("de, en;q=0.5, fr;q=0.4"), wished("*"), wished("fr;q=x")
    ('fr', 'en', 'en', 'en')
    """
    best, found = 0.0, LANGUAGES[0]
    for part in header[:500].split(","):
        name, _, weight = part.strip().partition(";q=")
        language = name.split("-")[0].casefold()
        quality = _quality(weight)
        if language in LANGUAGES and quality > best:
            best, found = quality, language
    return found


def _quality(weight: str) -> float:
    if not weight:
        return 1.0
    return float(weight) if weight.replace(".", "", 1).isdecimal() and weight.isascii() else 0.0
