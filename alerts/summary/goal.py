"""Goal: what the flagged words say is done with data - train or develop, AI or no more than models - and with whom."""

import re

from alerts.locale import Locale

_TRAIN = re.compile(
    r"\b(?:pre-?|re-?)?train|\bfine-?tun|\bentra[iî]n|\bformer\b|\bformation\b|\baffiner\b|\bentren|\baddestr|\btrein",
    re.IGNORECASE,
)
_IMPROVE = re.compile(r"\b(?:improv|develop|build|enhanc|creat|amélior|développ|cré(?:er|ons|ation))", re.IGNORECASE)
_KINDS = (
    ("generative_ai", r"\b(?:generativ\w*|content-generating|génératives?)\b"),
    ("ai", r"\b(?:AI|artificial intelligence|G(?:en)?AI|(?:large )?language models?|LLMs?|IA|intelligence artificielle"
           r"|grands modèles de langage|neural networks?|KI|künstliche\w? Intelligenz|inteligencia artificial"
           r"|intelligenza artificiale|kunstmatige intelligentie|inteligência artificial)\b"),
    ("machine_learning", r"\b(?:machine[- ]learning|ML|deep learning|apprentissage (?:automatique|profond))\b"),
    ("models", r"\b(?:models?|modèles?)\b"),
    ("algorithms", r"\b(?:algorithm\w*)\b"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


def goal(said: str, above: str, words: Locale) -> dict[str, str]:
    """The words for what is done and to what: no sentence may say "train" of a text that says "improve our algorithms".

    said: the flagged words. above: those they hang from, asked where the flagged ones do not say it.
    """
    train = bool(_TRAIN.search(said)) or (not _IMPROVE.search(said) and bool(_TRAIN.search(above)))
    kind = _kind(said) or _kind(above) or "ai"
    return {"train": words.text("words", "train" if train else "develop"), "ai": words.text("words", kind)}


def _kind(said: str) -> str | None:
    return next((kind for kind, pattern in _PATTERNS if pattern.search(said)), None)


def companies(said: str, names: list[str], service: str) -> list[str]:
    """Those of the names that the words name, without the service's own."""
    return [
        name
        for name in names
        if name.lower() not in service.lower() and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said, re.IGNORECASE)
    ]


def involving(said: str, names: list[str], service: str, words: Locale) -> str:
    """With whom: " involving Microsoft and Bing"; "" where the words name none of them."""
    named = companies(said, names, service)
    return words.text("sentences", "involving").format(companies=words.listed(named)) if named else ""
