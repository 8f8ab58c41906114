"""The sentence that sums up a change."""

from collections import Counter
from collections.abc import Iterable

from alerts.clean import clean_line
from alerts.locale import Locale, locale, typeset
from alerts.shorten import shorten
from alerts.summary.clause import clause
from alerts.summary.details import details
from alerts.summary.names import of
from alerts.summary.share import actor_of, facts_of, leading, named
from alerts.summary.values import day
from diffing.change import Change, ChangeKind
from diffing.edit import EditKind
from diffing.fact import FactName
from diffing.flag import Effect

NAME = 80
"""Longest name of a service or of terms told, in characters."""

TITLE = 120
"""Longest title of a blog post told, in characters."""


WORDS = {"en": 45, "fr": 54}
"""Most words of a sentence, unless its main clause alone has more. French takes a fifth more for the same."""


def summary(change: Change, language: str) -> str:
    """Say in one sentence, and at most a second, what a change does to people. language: "en" or "fr"."""
    return typeset(_told(change, locale(language)), language)


def _told(change: Change, words: Locale) -> str:
    if not change.judgement.flags:
        return _plain(change, words)
    opening = f"{_post(change, words)} " if change.judgement.kind is ChangeKind.POST else ""
    if change.judgement.kind is ChangeKind.RETURN:
        opening = f"{_returned(change, words)}. "
    service = _service(change)
    first, *others = _topics(change, words)
    told = _of_topic(change, first, service, words)
    if opening or not others:
        return f"{opening}{told}"
    return f"{told} {_of_topic(change, others[0], service, words)}"


def _topics(change: Change, words: Locale) -> list[str]:
    """Topics to tell: those whose words name what their clauses name; the first where none does."""
    plain = [topic for topic in change.topics if named(change, topic, words.named(topic))]
    return plain or list(change.topics[:1])


def _of_topic(change: Change, topic: str, service: str, words: Locale) -> str:
    plain = named(change, topic, words.named(topic))
    flag = leading(change, plain or named(change, topic, ()))
    found = facts_of(change, topic, flag)
    seen = change.after.observed_at.date()
    post = change.judgement.kind is ChangeKind.POST
    who = actor_of(change, flag)
    main, told = clause(flag, found, plain=bool(plain), who=who, post=post, service=service, seen=seen, words=words)
    gone = not plain or flag.effect in (Effect.WITHDRAWS, Effect.DROPS_PROTECTION)
    more = _effective(change, words) if gone else details(found, told, service, words)
    return words.text("words", "part").join(_within(WORDS[words.language], main, more)) + "."


def _within(limit: int, main: str, more: Iterable[str]) -> list[str]:
    """The main clause and those details that fit into so many words, in order."""
    kept, left = [main], limit - _words(main)
    for detail in more:
        if _words(detail) <= left:
            kept.append(detail)
            left -= _words(detail)
    return kept


def _words(text: str) -> int:
    return sum(any(character.isalnum() for character in word) for word in text.split())


def _plain(change: Change, words: Locale) -> str:
    kind = change.judgement.kind
    if kind is ChangeKind.POST:
        return _post(change, words)
    if kind is ChangeKind.RETURN:
        return _returned(change, words) + "."
    if kind is not ChangeKind.SUBSTANTIVE:
        return _named(kind.value, change, words) + "."
    counted = Counter(edit.kind for edit in change.judgement.edits)
    counts = [words.count(kind.value, counted[kind]) for kind in EditKind if counted[kind]]
    said = _named("changed" if counts else "changed_plain", change, words, counts=", ".join(counts))
    return words.text("words", "part").join([said, *_effective(change, words)]) + "."


def _returned(change: Change, words: Locale) -> str:
    since = change.judgement.returned_to
    if since is None:
        return _named("return", change, words)
    return _named("return_dated", change, words, day=words.day(since.date()))


def _effective(change: Change, words: Locale) -> list[str]:
    since = day(change.judgement.facts, FactName.EFFECTIVE_DATE)
    return [words.text("sentences", "effective").format(day=words.day(since))] if since else []


def _post(change: Change, words: Locale) -> str:
    title = shorten(clean_line(change.after.title), TITLE)
    said = words.text("sentences", "post" if title else "post_untitled")
    service = _service(change)
    return said.format(service=service, de_service=of(service), title=title) + "."


def _named(sentence: str, change: Change, words: Locale, **more: str) -> str:
    name = change.after.document.terms
    known = words.words["terms"]
    told = shorten(clean_line(name), NAME)
    terms = known.get(name, known["other"]).format(terms=told)
    return words.text("sentences", sentence).format(service=_service(change), name=told, terms=terms, **more)


def _service(change: Change) -> str:
    return shorten(clean_line(change.after.document.service), NAME)
