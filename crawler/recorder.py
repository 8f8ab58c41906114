"""Recorder: judges what was seen and keeps it, in one write each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.announcing import Announces, nothing
from crawler.confirming import unconfirmed
from crawler.lasting import AFTER, Lasting, NotifyFault, nobody
from crawler.observation import Observation
from crawler.rereading import Base, ReExtract, needs_reading, never, reread
from crawler.switching import alike, cannot_be_told
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.archive.errors import Backwards, Superseded
from diffing.archive.record import Attempt, Message, Record
from diffing.capture import Capture
from diffing.change import Change, ChangeKind, Judgement
from diffing.fault import Fault, FaultReason
from diffing.gate import shrank, suspicion
from diffing.judge import judge, judge_post
from diffing.language import language_of
from diffing.outcome import Outcome
from diffing.returns import Return
from diffing.topics import Topic
from diffing.version import Document, Version, text_hash
from diffing.warning import TermsWarning, WarningReason

Notify = Callable[[Change], Sequence[Message]]
"""Who is to be told of a change: the messages that go to the outbox with it. Pure."""

HELD_LONG = timedelta(days=7)
"""After so long an odd text is believed although it differs at every visit: a page that really shrank and goes on
changing must not be held for ever, and a failed load does not last a week."""

BEGINNING = 4_000
"""Characters looked at first for a line that stands in both texts; mostly there is one."""

PROSE = 40
"""Characters from which a line is prose, and stands in no two languages."""

STANDS_LONG = timedelta(days=30)
"""How long a warning of how a text came about stands while the text does."""

OF_THE_TEXT = frozenset({WarningReason.SHRUNK, WarningReason.SWITCH})
"""Warnings of how a text came about: the page read again does not give them again."""

OUTCOMES = {
    ChangeKind.SUBSTANTIVE: Outcome.CHANGED,
    ChangeKind.COSMETIC: Outcome.COSMETIC,
    ChangeKind.LINKS: Outcome.LINKS,
    ChangeKind.RETURN: Outcome.RETURN,
    ChangeKind.UPGRADE: Outcome.UPGRADE,
    ChangeKind.POST: Outcome.POST,
}


class Recorder:
    """The `crawler.sink.Sink` that keeps: gate, judgement, and one transaction for version, change and messages.

    Also what an import of a history goes through, so that both are judged alike.
    """

    def __init__(
        self,
        archive: Archive,
        topics: Sequence[Topic],
        *,
        notify: Notify = lambda change: (),
        re_extract: ReExtract = never,
        notify_fault: NotifyFault = nobody,
        unreachable_after: int = AFTER,
        announces: Announces = nothing,
    ) -> None:
        self._archive = archive
        self._lasting = Lasting(archive=archive, notify=notify_fault, after=unreachable_after)
        self._topics = tuple(topics)
        self._notify = notify
        self._re_extract = re_extract
        self._announces = announces

    def observe(self, observation: Observation, *, upgrade: bool = False, confirmed: bool = False) -> Visit:
        """Judge a text and keep it, unless it is the current one or not to be trusted.

        upgrade: the publisher changed nothing, we did. confirmed: the text is known to have stood, so it is not held
        back however odd it looks. Raises the archive's errors when it cannot write.
        """
        try:
            return self._observe(observation, upgrade, confirmed)
        except Superseded:
            # Another process kept a version while this one was judged: judge again, against that one.
            return self._observe(observation, upgrade, confirmed)
        except Backwards as error:
            fault = Fault(reason=FaultReason.CLOCK, where=observation.url, what=error.what, todo="set the clock right")
            return self.fault(observation.document, fault, observation.observed_at)

    def _observe(self, observation: Observation, upgrade: bool, confirmed: bool) -> Visit:
        document = observation.document
        current = self._archive.current(document)
        version = self._version(observation)
        if current is None:
            return self._first(observation, version)
        base = Base(version=current) if upgrade else self._base(current, observation)
        trusted = upgrade or confirmed
        if base is None:
            base, upgrade = Base(version=current), True  # it cannot be told from our doing, so it counts as that
        if base.gone:
            return self._selectors_again(base.gone, observation, confirmed)
        if base.version.text == version.text:
            self._take_over(current, replace(version, text=base.version.text), observation)
            warnings = (*observation.warnings, *self._still_standing(current, observation))
            return self.unchanged(document, observation.captures, observation.observed_at, warnings)
        if not trusted and (fault := self._suspicion(base.version, version)):
            return self.fault(document, fault, observation.observed_at)
        if shrank(base.version.text, version.text):
            observation = replace(observation, warnings=(*observation.warnings, _shrunk(base.version, version)))
        if base.switched and not trusted and not alike(base.version.text, version.text):
            warning = cannot_be_told(version, self._flagged(base.version, version))
            observation, upgrade = replace(observation, warnings=(*observation.warnings, warning)), True
        current = self._take_over(current, base.version, observation)
        return self._changed(observation, current, version, upgrade)

    def unchanged(
        self,
        document: Document,
        captures: Sequence[Capture],
        at: datetime,
        warnings: tuple[TermsWarning, ...] | None = None,
    ) -> Visit:
        """Note that the current version still stands at `at`. warnings: None when no page was read anew."""
        current = self._archive.stamp(document)
        attempt = Attempt(
            document=document,
            at=at,
            outcome=Outcome.UNCHANGED,
            fault=None,
            version_id=current.version_id if current else None,
            warnings=warnings,
        )
        url = current.url if current else ""
        self._archive.attempt(attempt, captures, self._lasting.succeeded(document, url, at))
        return Visit(document=document, outcome=Outcome.UNCHANGED, warnings=warnings or ())

    def fault(self, document: Document, fault: Fault, at: datetime) -> Visit:
        """Note that a visit gave no trustworthy text; the last good version stays current."""
        attempt = Attempt(document=document, at=at, outcome=Outcome.FAULT, fault=fault, version_id=None)
        self._archive.attempt(attempt, (), self._lasting.failed(document, fault, at))
        return Visit(document=document, outcome=Outcome.FAULT, fault=fault)

    def _version(self, observation: Observation) -> Version:
        return Version(
            document=observation.document,
            observed_at=observation.observed_at,
            text=observation.text,
            url=observation.url,
            language=observation.language or language_of(observation.text),
            extractor=observation.extractor,
            declaration=observation.declaration,
            title=observation.title if observation.document.post else "",
            fallback=bool(observation.fallback),
        )

    def _first(self, observation: Observation, version: Version) -> Visit:
        """Keep the first version of a document; only a new blog post is a change."""
        document = observation.document
        # of a first text, the language is measured against the declared one
        found = language_of(version.text) if observation.language else version.language
        languages = {"language_before": observation.language, "language_after": found}
        if fault := self._unconfirmed(suspicion("", version.text, **languages), version):
            return self.fault(document, fault, observation.observed_at)
        if not document.post:
            kept = self._keep(observation, version, None, Outcome.NEW)
            outcome = Outcome.NEW if kept else Outcome.UNCHANGED
            return Visit(document=document, outcome=outcome, warnings=observation.warnings)
        judgement = judge_post(
            version.text,
            topics=self._topics,
            language=version.language,
            service=document.service,
            observed_on=version.observed_at.date(),
            news=not observation.backlog,
        )
        announced = self._announces(version)
        if not (judgement.flags or announced):
            judgement = replace(judgement, news=False)  # it bears on nothing that is watched: noted, not told
        visit = self._keep_change(observation, None, version, judgement, announced)
        return replace(visit, announces=announced)

    def _changed(self, observation: Observation, current: Version, version: Version, upgrade: bool) -> Visit:
        document, seen = observation.document, text_hash(version.text)
        back = self._archive.back(document, seen, version.observed_at)
        judgement = self._judged(current, version, back=back, upgrade=upgrade)
        if judgement.news and (fault := unconfirmed(self._archive, version, observation.confirm)):
            return self.fault(document, fault, observation.observed_at)
        return self._keep_change(observation, current, version, judgement)

    def _judged(
        self, before: Version, after: Version, *, back: Return | None = None, upgrade: bool = False
    ) -> Judgement:
        return judge(
            before.text,
            after.text,
            topics=self._topics,
            language=after.language,
            service=after.document.service,
            observed_on=after.observed_at.date(),
            back=back,
            upgrade=upgrade,
        )

    def _flagged(self, before: Version, after: Version) -> frozenset[str]:
        """The topics that would be flagged between two texts, were it all the publisher's doing."""
        return frozenset(flag.topic for flag in self._judged(before, after).flags)

    def _keep_change(
        self,
        observation: Observation,
        before: Version | None,
        after: Version,
        judgement: Judgement,
        announces: tuple[Document, ...] = (),
    ) -> Visit:
        change = Change(before=before, after=after, judgement=judgement)
        outcome = OUTCOMES[judgement.kind]
        if not self._keep(observation, after, change, outcome, announces):
            return Visit(document=after.document, outcome=Outcome.UNCHANGED, warnings=observation.warnings)
        return Visit(document=after.document, outcome=outcome, change=change, warnings=observation.warnings)

    def _keep(
        self,
        observation: Observation,
        version: Version,
        change: Change | None,
        outcome: Outcome,
        announces: tuple[Document, ...] = (),
    ) -> bool:
        """Store it all in one transaction; False when another process has stored the same text meanwhile."""
        attempt = Attempt(
            document=version.document,
            at=version.observed_at,
            outcome=outcome,
            fault=None,
            version_id=version.id,
            warnings=observation.warnings,
        )
        messages = tuple(self._notify(change)) if change is not None and change.judgement.news else ()
        back = self._lasting.succeeded(version.document, version.url, version.observed_at)
        return self._archive.record(
            Record(
                version=version,
                captures=tuple(observation.captures),
                change=change,
                messages=(*messages, *back),
                attempt=attempt,
                announces=announces,
            )
        )

    def _suspicion(self, current: Version, version: Version) -> Fault | None:
        """Why a text is held back, measured against the current one."""
        before, after = current.language, version.language
        if not _shares_lines(current.text, version.text):  # else it is in the language it was in
            before, after = language_of(current.text) or before, language_of(version.text) or after
        reason = suspicion(current.text, version.text, language_before=before, language_after=after)
        return self._unconfirmed(reason, version)

    def _unconfirmed(self, reason: FaultReason | None, version: Version) -> Fault | None:
        """Hold an odd text back until a second visit confirms it: the very same text, or another as odd a week on."""
        if reason is None:
            return None
        fault = _held(reason, version)
        if reason is FaultReason.EMPTY:
            return fault
        last = self._archive.last_attempt(version.document)
        if last is not None and last.fault is not None and last.fault.text_hash == fault.text_hash:
            return None
        since = self._archive.held_since(version.document, reason)
        return None if since is not None and version.observed_at - since >= HELD_LONG else fault

    def _base(self, current: Version, observation: Observation) -> Base | None:
        """The current version as read today; None when its captures cannot be read again."""
        if not needs_reading(current, observation):
            return Base(version=current)
        return reread(current, self._archive.captures(current.id), observation, self._re_extract)

    def _take_over(self, current: Version, today: Version, observation: Observation) -> Version:
        """Keep the current version as read today: as an upgrade where the text differs, else by its stamps alone."""
        if today.text == current.text:
            # the very text the selectors read stays theirs, though the main content is that now
            today = replace(today, fallback=today.fallback and current.fallback)
            if _stamps(today) == _stamps(current):
                return current
            stamped = replace(current, extractor=today.extractor, declaration=today.declaration)
            self._archive.restamp(replace(stamped, fallback=today.fallback))
        else:
            fallback = observation.fallback if today.fallback else ()
            again = replace(observation, text=today.text, captures=(), warnings=(), url=current.url, fallback=fallback)
            self._changed(again, current, self._version(again), upgrade=True)
        return self._archive.current(current.document) or current

    def _selectors_again(self, gone: tuple[int, ...], observation: Observation, confirmed: bool) -> Visit:
        """Selectors match again after the main content was read for a while.

        What the publisher did is what lies between the main content of then and of now; the way back to the declared
        part of the page is ours, and kept as an upgrade.
        """
        main = self._re_extract(observation.document, observation.captures, main=(*observation.fallback, *gone))
        if main is None:
            return self._observe(observation, True, confirmed)
        as_main = replace(observation, text=main.text, fallback=main.fallback, warnings=())
        visit = self._observe(as_main, False, confirmed)
        current = self._archive.current(observation.document)
        if visit.fault is not None or current is None:
            return visit
        version = self._version(observation)
        if current.text == version.text:
            self._take_over(current, version, observation)
        else:
            upgraded = self._changed(replace(observation, captures=()), current, version, upgrade=True)
            visit = upgraded if visit.change is None else visit
        return replace(visit, warnings=observation.warnings)

    def _still_standing(self, current: Version, observation: Observation) -> tuple[TermsWarning, ...]:
        """The warnings of how a text came about that was kept lately and still stands."""
        if observation.observed_at - current.observed_at > STANDS_LONG:
            return ()
        standing = self._archive.standing(observation.document)
        return tuple(warning for warning in standing if warning.reason in OF_THE_TEXT)


def _shares_lines(before: str, after: str) -> bool:
    """Whether some of the lines of prose stand in both texts."""
    # the last line of a beginning may be cut off
    beginnings = (before[:BEGINNING].splitlines()[:-1], after[:BEGINNING].splitlines()[:-1])
    return _any_shared(*beginnings) or _any_shared(before.splitlines(), after.splitlines())


def _any_shared(before: Sequence[str], after: Sequence[str]) -> bool:
    return not {line for line in before if len(line) > PROSE}.isdisjoint(after)


def _stamps(version: Version) -> tuple[str, str, bool]:
    return version.extractor, version.declaration, version.fallback


def _shrunk(before: Version, after: Version) -> TermsWarning:
    share = 100 * len(after.text) // max(len(before.text), 1)
    return TermsWarning(
        reason=WarningReason.SHRUNK,
        where=after.url,
        what=f"only {share} % of the text before is left",
        todo="look whether the declared part of the page still holds all of it",
    )


def _held(reason: FaultReason, version: Version) -> Fault:
    what = {
        FaultReason.EMPTY: "the page has no words to keep",
        FaultReason.COLLAPSED: "most of the text is gone",
        FaultReason.WRONG_LANGUAGE: f"the text is in another language ({language_of(version.text) or 'unknown'})",
    }[reason]
    todo = "open the address and look" if reason is FaultReason.EMPTY else "kept if the next visit finds the same text"
    return Fault(reason=reason, where=version.url, what=what, todo=todo, text_hash=text_hash(version.text))
