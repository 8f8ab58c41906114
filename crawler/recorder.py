"""Recorder: judges what was seen and keeps it, in one write each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.observation import Observation
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.archive.errors import Backwards, Superseded
from diffing.archive.record import Attempt, Message, Record
from diffing.capture import Capture
from diffing.change import Change, ChangeKind, Judgement
from diffing.fault import Fault, FaultReason
from diffing.gate import suspicion
from diffing.judge import judge, judge_post
from diffing.language import language_of
from diffing.outcome import Outcome
from diffing.returns import return_of
from diffing.topics import Topic
from diffing.version import Document, Version, text_hash

Notify = Callable[[Change], Sequence[Message]]
"""Who is to be told of a change: the messages that go to the outbox with it. Pure."""

ReExtract = Callable[[Document, Sequence[Capture]], str | None]
"""Earlier captures, read again by today's declaration and extractor; None when that is not possible."""

HELD_LONG = timedelta(days=7)
"""After so long an odd text is believed although it differs at every visit: a page that really shrank and goes on
changing must not be held for ever, and a failed load does not last a week."""

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
        re_extract: ReExtract = lambda document, captures: None,
    ) -> None:
        self._archive = archive
        self._topics = tuple(topics)
        self._notify = notify
        self._re_extract = re_extract

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
        if current is not None and not upgrade:
            current, upgrade = self._re_read(current, observation)
        version = self._version(observation)
        if current is None:
            return self._first(observation, version)
        if current.text == version.text:
            if (current.extractor, current.declaration) != (version.extractor, version.declaration):
                self._archive.restamp(replace(current, extractor=version.extractor, declaration=version.declaration))
            return self.unchanged(document, observation.captures, observation.observed_at, observation.warnings)
        if not (upgrade or confirmed) and (fault := self._suspicion(current, version)):
            return self.fault(document, fault, observation.observed_at)
        return self._changed(observation, current, version, upgrade)

    def unchanged(
        self, document: Document, captures: Sequence[Capture], at: datetime, warnings: tuple[str, ...] = ()
    ) -> Visit:
        """Note that the current version still stands at `at`."""
        current = self._archive.current(document)
        attempt = Attempt(
            document=document,
            at=at,
            outcome=Outcome.UNCHANGED,
            fault=None,
            version_id=current.id if current else None,
        )
        self._archive.attempt(attempt, captures)
        return Visit(document=document, outcome=Outcome.UNCHANGED, warnings=warnings)

    def fault(self, document: Document, fault: Fault, at: datetime) -> Visit:
        """Note that a visit gave no trustworthy text; the last good version stays current."""
        attempt = Attempt(document=document, at=at, outcome=Outcome.FAULT, fault=fault, version_id=None)
        self._archive.attempt(attempt)
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
        )

    def _first(self, observation: Observation, version: Version) -> Visit:
        """Keep the first version of a document; only a new blog post is a change."""
        document = observation.document
        if reason := suspicion("", version.text, language_before="", language_after=version.language):
            return self.fault(document, _held(reason, version), observation.observed_at)
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
        return self._keep_change(observation, None, version, judgement)

    def _changed(self, observation: Observation, current: Version, version: Version, upgrade: bool) -> Visit:
        stays = self._archive.stays(observation.document)
        judgement = judge(
            current.text,
            version.text,
            topics=self._topics,
            language=version.language,
            service=version.document.service,
            observed_on=version.observed_at.date(),
            back=return_of(stays, text_hash(version.text), version.observed_at),
            upgrade=upgrade,
        )
        return self._keep_change(observation, current, version, judgement)

    def _keep_change(
        self, observation: Observation, before: Version | None, after: Version, judgement: Judgement
    ) -> Visit:
        change = Change(before=before, after=after, judgement=judgement)
        outcome = OUTCOMES[judgement.kind]
        if not self._keep(observation, after, change, outcome):
            return Visit(document=after.document, outcome=Outcome.UNCHANGED, warnings=observation.warnings)
        return Visit(document=after.document, outcome=outcome, change=change, warnings=observation.warnings)

    def _keep(self, observation: Observation, version: Version, change: Change | None, outcome: Outcome) -> bool:
        """Store it all in one transaction; False when another process has stored the same text meanwhile."""
        attempt = Attempt(
            document=version.document, at=version.observed_at, outcome=outcome, fault=None, version_id=version.id
        )
        messages = tuple(self._notify(change)) if change is not None and change.judgement.news else ()
        return self._archive.record(
            Record(
                version=version,
                captures=tuple(observation.captures),
                change=change,
                messages=messages,
                attempt=attempt,
            )
        )

    def _suspicion(self, current: Version, version: Version) -> Fault | None:
        """Hold an odd text back until a second visit confirms it: the very same text, or another as odd a week on."""
        reason = suspicion(
            current.text, version.text, language_before=current.language, language_after=version.language
        )
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

    def _re_read(self, current: Version, observation: Observation) -> tuple[Version, bool]:
        """The current version as today's declaration and extractor read it, kept as an upgrade if that differs.

        So that our own change is never told as the publisher's: the new text is compared with this one. When the
        earlier captures cannot be read again, the new text itself has to count as our doing (True).
        """
        ours = (observation.extractor, observation.declaration)
        if (current.extractor, current.declaration) == ours:
            return current, False
        text = self._re_extract(current.document, self._archive.captures(current.id))
        if text is None:
            return current, True
        if text == current.text:
            self._archive.restamp(replace(current, extractor=ours[0], declaration=ours[1]))
        else:
            again = replace(observation, text=text, captures=(), warnings=(), url=current.url)
            self._changed(again, current, self._version(again), upgrade=True)
        return self._archive.current(current.document) or current, False


def _held(reason: FaultReason, version: Version) -> Fault:
    what = {
        FaultReason.EMPTY: "the page has no words to keep",
        FaultReason.COLLAPSED: "most of the text is gone",
        FaultReason.WRONG_LANGUAGE: f"the text is now in another language ({version.language or 'unknown'})",
    }[reason]
    todo = "open the address and look" if reason is FaultReason.EMPTY else "kept if the next visit finds the same text"
    return Fault(reason=reason, where=version.url, what=what, todo=todo, text_hash=text_hash(version.text))
