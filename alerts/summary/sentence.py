"""The sentence that sums up a change."""

from collections import Counter
from collections.abc import Iterable, Sequence

from alerts.clean import clean_line
from alerts.locale import Locale, locale, typeset
from alerts.shorten import shorten
from alerts.summary.clause import DENIED, Subject, clause
from alerts.summary.details import details, effective
from alerts.summary.names import of
from alerts.summary.share import actor_of, elsewhere, facts_of, leading, named, passage_of, rewritten, still_said
from diffing.change import Change, ChangeKind
from diffing.edit import EditKind
from diffing.flag import Effect, Flag

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
        return f"{opening}{_sentence(told, words)}"
    main, *more = _of_topic(change, others[0], service, words)
    return f"{_sentence(told, words)} {_sentence([main, *(each for each in more if each not in told)], words)}"


def _sentence(parts: Sequence[str], words: Locale) -> str:
    return words.text("words", "part").join(parts) + "."


def _topics(change: Change, words: Locale) -> list[str]:
    """Topics to tell: those whose words name what their clauses name; the first where none does."""
    plain = [topic for topic in change.topics if _plain_flags(change, topic, words)]
    return plain or list(change.topics[:1])


def _plain_flags(change: Change, topic: str, words: Locale) -> list[Flag]:
    """The flags of a topic that its own clauses can tell: where these name companies, those that name one - or all, if
    the service is of these companies itself."""
    asked = words.named(topic)
    service = change.after.document.service
    others = [name for name in asked if name.lower() not in service.lower()]
    return named(change, topic, others) or (named(change, topic, ()) if len(others) < len(asked) else [])


def _of_topic(change: Change, topic: str, service: str, words: Locale) -> list[str]:
    """The main clause on a topic, and the details that fit."""
    plain = _plain_flags(change, topic, words)
    flag = leading(change, plain or named(change, topic, ()))
    found = facts_of(change, topic, flag)
    seen = change.after.observed_at.date()
    main = clause(
        Subject(
            flag=flag,
            passage=passage_of(change, flag),
            facts=found,
            plain=bool(plain),
            who=actor_of(change, flag),
            post=change.judgement.kind is ChangeKind.POST,
            rewritten=rewritten(change, topic),
            kept=still_said(change, topic),
            service=service,
            seen=seen,
        ),
        words,
    )
    if not plain or main.form == "rewords" or flag.effect in (Effect.WITHDRAWS, Effect.DROPS_PROTECTION):
        more = effective(found, seen, words)
    else:
        more = details(
            found,
            main.told,
            elsewhere(change, topic, flag),
            promise=main.form in DENIED,
            service=service,
            seen=seen,
            words=words,
        )
    return _within(WORDS[words.language], main.text, more)


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
    counted = Counter(edit.kind.broad for edit in change.judgement.edits)
    counts = [words.count(kind.value, counted[kind]) for kind in EditKind if counted[kind]]
    said = _named("changed" if counts else "changed_plain", change, words, counts=", ".join(counts))
    return (
        words.text("words", "part").join(
            [said, *effective(change.judgement.facts, change.after.observed_at.date(), words)]
        )
        + "."
    )


def _returned(change: Change, words: Locale) -> str:
    since = change.judgement.returned_to
    if since is None:
        return _named("return", change, words)
    return _named("return_dated", change, words, day=words.day(since.date()))


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
