"""Words for people: outcomes, flags and effects as the terminal says them."""

from collections.abc import Iterable

from alerts.locale import locale
from diffing.flag import Effect, Flag
from diffing.outcome import Outcome

STYLES = {
    Outcome.CHANGED: "bold yellow",
    Outcome.POST: "bold yellow",
    Outcome.NEW: "green",
    Outcome.FAULT: "bold red",
    Outcome.RETURN: "cyan",
}

EFFECT_STYLES = {Effect.INTRODUCES: "bold red", Effect.DROPS_PROTECTION: "bold red"}


def outcome_style(outcome: Outcome) -> str:
    """The colour an outcome is shown in on a terminal; "" for the quiet ones."""
    return STYLES.get(outcome, "")


def flags_in_words(flags: Iterable[Flag]) -> str:
    """Which topics were flagged and how, each once: "AI training: introduces, limits; ad data: rewords"."""
    words = locale("en")
    said: dict[str, dict[str, None]] = {}
    for flag in flags:
        said.setdefault(flag.topic, {})[words.effect(flag.effect)] = None
    return "; ".join(f"{words.topic(topic)}: {', '.join(effects)}" for topic, effects in said.items())


def counted(count: int, thing: str) -> str:
    """So many things.

    >>> counted(1, "edit"), counted(0, "edit")
    ('1 edit', '0 edits')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
