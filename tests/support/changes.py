"""Changes of our own writing to tell people about."""

from collections.abc import Sequence
from datetime import UTC, datetime

from diffing.change import Change, ChangeKind, Judgement, Severity
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance
from diffing.passage import Passage, PassageKind
from diffing.version import Document, Version

BEFORE_AT = datetime(2025, 9, 11, 6, 0, tzinfo=UTC)
AFTER_AT = datetime(2025, 9, 18, 6, 0, tzinfo=UTC)
OLD_SENTENCE = "We may use your data to improve our services."
NEW_SENTENCE = "From 3 November 2025 we may use your posts and profile to improve our services and train our AI models."
ADDED_SENTENCE = "You can object under Settings > Data privacy > Data for AI; private messages are not used."


def passage(text: str, *section: str) -> Passage:
    return Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text, section=section)


def edit(before: str | None, after: str | None, *section: str) -> Edit:
    kind = EditKind.ADDED if before is None else EditKind.REMOVED if after is None else EditKind.REWORDED
    return Edit(
        kind=kind,
        before=None if before is None else passage(before, *section),
        after=None if after is None else passage(after, *section),
        before_index=None if before is None else 0,
        after_index=None if after is None else 0,
    )


def fact(name: FactName, value: str, quote: str = "quote") -> Fact:
    return Fact(name=name, value=value, quote=quote, passage=0, start=0, end=len(quote))


def flag(
    *,
    topic: str = "ai_training",
    effect: Effect = Effect.INTRODUCES,
    stance: Stance = Stance.PERMITS,
    edit: int = 0,
    before: str | None = OLD_SENTENCE,
    after: str | None = NEW_SENTENCE,
    evidence: str = "train our AI models",
) -> Flag:
    return Flag(
        topic=topic,
        stance=stance,
        effect=effect,
        edit=edit,
        before=before,
        after=after,
        evidence=evidence,
        rule=f"{topic}.en.test",
    )


FACTS = (
    fact(FactName.EFFECTIVE_DATE, "2025-11-03"),
    fact(FactName.OPT_OUT_BY, "2025-11-03"),
    fact(FactName.REGION, "EEA"),
    fact(FactName.REGION, "UK"),
    fact(FactName.REGION, "EEA"),
    fact(FactName.DATA_USED, "profile"),
    fact(FactName.DATA_USED, "posts"),
    fact(FactName.DATA_EXCLUDED, "private_messages"),
    fact(FactName.RECIPIENT, "Microsoft"),
    fact(FactName.LEGAL_BASIS, "legitimate_interests"),
    fact(FactName.DEFAULT, "on"),
    fact(FactName.OPT_OUT_PATH, "Settings > Data privacy > Data for AI"),
    fact(FactName.OPT_OUT_URL, "https://platform.example/settings/ai"),
)
EDITS = (
    edit(OLD_SENTENCE, NEW_SENTENCE, "2. How we use data", "2.3 Models"),
    edit(None, ADDED_SENTENCE, "2. How we use data"),
    edit("Write to our office in Dublin.", None, "9. Contact"),
)


def change(
    *,
    service: str = "Platform",
    terms: str = "Privacy Policy",
    kind: ChangeKind = ChangeKind.SUBSTANTIVE,
    news: bool = True,
    severity: Severity = Severity.HIGH,
    edits: Sequence[Edit] = EDITS,
    flags: Sequence[Flag] | None = None,
    facts: Sequence[Fact] = FACTS,
    url: str = "https://platform.example/privacy",
    post: str = "",
    title: str = "",
    at: datetime = AFTER_AT,
    returned_to: datetime | None = None,
) -> Change:
    document = Document(service=service, terms=terms, post=post)
    before = Version(document=document, observed_at=BEFORE_AT, text=OLD_SENTENCE, url=url, language="en")
    after = Version(document=document, observed_at=at, text=NEW_SENTENCE, url=url, language="en", title=title)
    judgement = Judgement(
        kind=kind,
        news=news,
        severity=severity,
        edits=tuple(edits),
        flags=(flag(),) if flags is None else tuple(flags),
        facts=tuple(facts),
        returned_to=returned_to,
    )
    return Change(before=None if post else before, after=after, judgement=judgement)
