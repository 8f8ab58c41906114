"""Words for people: outcomes, flags and effects as the terminal says them."""

from alerts.locale import locale
from diffing.change import Change
from diffing.flag import Effect
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


def flags_in_words(change: Change) -> str:
    """Which topics were flagged and how, each once: "AI training: introduces; Microsoft ads: limits"."""
    said = dict.fromkeys((flag.topic, flag.effect) for flag in change.judgement.flags)
    return "; ".join(f"{locale('en').topic(topic)}: {locale('en').effect(effect)}" for topic, effect in said)
