"""Stand-in for `alerts.summary` until it is there: the plainest sentence about a change."""

from diffing.change import Change


def summary(change: Change, language: str) -> str:
    """Say in a sentence what changed."""
    said = {"en": "changed", "fr": "modifié"}[language]
    return f"{change.after.document} {said}: {', '.join(change.topics) or '–'}."
