"""The wire form of a change: `data` of the webhook, and what the command line prints with --json."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from alerts.clean import clean
from alerts.event import ENVELOPE, MAX_BODY, iso
from alerts.shorten import shorten, shorten_around
from alerts.summary import summary
from diffing.change import Change, Judgement
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from diffing.flag import Flag
from diffing.version import Version

LANGUAGES: Final = ("en", "fr")
"""Languages a summary is written in."""
MAX_DATA: Final = MAX_BODY - ENVELOPE
"""Bytes of the data in UTF-8."""
MAX_URL: Final = 1000
"""Bytes of an address; a longer one is left out, since half an address leads nowhere or elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is told. text, name: characters of a sentence, of a name or heading; names: entries of one list."""

    text: int
    name: int
    names: int


LIMITS: Final = (
    Limits(text=4000, name=200, names=20),
    Limits(text=2000, name=200, names=20),
    Limits(text=1000, name=120, names=20),
    Limits(text=500, name=80, names=10),
    Limits(text=250, name=40, names=5),
)
"""The first with which everything fits is taken; with the last the data fits once enough flags are dropped."""

_LISTS: Final = {
    "regions": FactName.REGION,
    "data_used": FactName.DATA_USED,
    "data_excluded": FactName.DATA_EXCLUDED,
    "recipients": FactName.RECIPIENT,
}
_SINGLES: Final = {
    "effective_date": FactName.EFFECTIVE_DATE,
    "opt_out_by": FactName.OPT_OUT_BY,
    "legal_basis": FactName.LEGAL_BASIS,
    "default": FactName.DEFAULT,
}


def change_data(change: Change, *, links: Mapping[str, str]) -> dict[str, Any]:
    """Write a change in the wire form of docs/webhook.md: JSON values, at most `MAX_DATA` bytes.

    links: where a person reads on, by name ("change", "diff"); may be empty.
    What does not fit is shortened between words, evidence kept; then the last flags are dropped and counted in
    `flags_omitted`. A fact that is not in the text is null, or an empty list.
    """
    for limits in LIMITS:
        data = _data(change, links, limits)
        if size(data) <= MAX_DATA:
            return data
    return _drop_flags(data)


def size(data: Mapping[str, Any]) -> int:
    """Bytes of the data as JSON in UTF-8, as an event's body holds it."""
    return len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _drop_flags(data: dict[str, Any]) -> dict[str, Any]:
    flags = data["flags"]
    for kept in range(len(flags) - 1, -1, -1):
        data = data | {"flags": flags[:kept], "flags_omitted": len(flags) - kept}
        if size(data) <= MAX_DATA:
            break
    return data


def _data(change: Change, links: Mapping[str, str], limits: Limits) -> dict[str, Any]:
    document, judgement = change.after.document, change.judgement
    post = {"post": _url(document.post), "title": _name(change.after.title, limits)} if document.post else {}
    return {
        "change_id": change.id,
        "service": _name(document.service, limits),
        "terms": _name(document.terms, limits),
        **post,
        "url": _url(change.after.url),
        "language": change.after.language,
        "before": _version(change.before) if change.before else None,
        "after": _version(change.after),
        "kind": judgement.kind.value,
        "severity": judgement.severity.value,
        "topics": list(change.topics),
        "summary": {language: shorten(clean(summary(change, language)), limits.text) for language in LANGUAGES},
        "facts": _facts(judgement.facts, limits),
        "flags": [_flag(flag, judgement.edits, limits) for flag in judgement.flags],
        "sections": _sections(judgement, limits),
        "counts": _counts(judgement.edits),
        "links": {name: _url(url) for name, url in links.items()},
    }


def _facts(facts: Iterable[Fact], limits: Limits) -> dict[str, Any]:
    """Gather facts under their wire names: the first of a kind that stands alone, all of those that add up."""
    found: dict[FactName, dict[str, None]] = {name: {} for name in FactName}
    for fact in facts:
        found[fact.name].setdefault(clean(fact.value))
    values = {name: list(texts) for name, texts in found.items()}
    return {
        **{key: next((_name(text, limits) for text in values[name]), None) for key, name in _SINGLES.items()},
        **{key: [_name(text, limits) for text in values[name][: limits.names]] for key, name in _LISTS.items()},
        "retroactive": True if values[FactName.RETROACTIVE] == ["yes"] else None,
        "opt_out": _opt_out(values[FactName.OPT_OUT_PATH], values[FactName.OPT_OUT_URL], limits),
    }


def _opt_out(paths: Sequence[str], urls: Sequence[str], limits: Limits) -> dict[str, Any] | None:
    ways = [[_name(step, limits) for step in path.split(" > ")[: limits.names]] for path in paths[: limits.names]]
    url = next((url for url in map(_url, urls) if url.startswith(("http://", "https://"))), None)
    return {"path": ways[0] if ways else [], "also": ways[1:], "url": url} if ways or url else None


def _flag(flag: Flag, edits: Sequence[Edit], limits: Limits) -> dict[str, Any]:
    edit = edits[flag.edit]
    passage = edit.passage_of(flag.after if flag.after is not None else flag.before)
    return {
        "topic": flag.topic,
        "stance": flag.stance.value,
        "effect": flag.effect.value,
        "edit": edit.kind.broad.value,
        "before": None if flag.before is None else _sentence(flag.before, flag.evidence, limits),
        "after": None if flag.after is None else _sentence(flag.after, flag.evidence, limits),
        "evidence": shorten(clean(flag.evidence), limits.text // 2),
        "rule": _name(flag.rule, limits),
        "section": [_name(heading, limits) for heading in passage.section[: limits.names]] if passage else [],
    }


def _sections(judgement: Judgement, limits: Limits) -> list[str]:
    """Name the sections in which something changed but nothing is flagged, in the order of the text, each once."""
    passages = [edit.after or edit.before for edit in judgement.edits]
    found = dict.fromkeys(one.section[-1] for one in passages if one and one.section)
    flagged = [one for flag in judgement.flags if (one := passages[flag.edit])]
    told = {heading for one in flagged for heading in one.section}
    return [_name(heading, limits) for heading in islice((h for h in found if h not in told), limits.names // 2)]


def _counts(edits: Iterable[Edit]) -> dict[str, int]:
    """Count the edits of each kind, zero included; a passage that was cut or joined is a reworded one."""
    found = Counter(edit.kind.broad for edit in edits)
    return {kind.value: found[kind] for kind in (EditKind.ADDED, EditKind.REMOVED, EditKind.REWORDED, EditKind.MOVED)}


def _version(version: Version) -> dict[str, str]:
    return {"version_id": version.id, "observed_at": iso(version.observed_at)}


def _sentence(text: str, evidence: str, limits: Limits) -> str:
    return shorten_around(clean(text), clean(evidence), limits.text)


def _name(text: str, limits: Limits) -> str:
    return shorten(clean(text), limits.name)


def _url(url: str) -> str:
    return url if url == clean(url) and len(url.encode()) <= MAX_URL else ""
