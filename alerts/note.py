"""Note: an event as a person reads it, in one language, before any channel gives it its form. Pure.

Everything that came from a page is cleaned here to single lines; each channel still escapes it for its own place.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from babel.dates import format_date, format_datetime

from alerts.clean import clean_line
from alerts.event import day_of
from alerts.locale import FORMS, LANGUAGES, Locale, capital, locale
from alerts.note_words import WORDS
from alerts.redline import folded, runs_between
from alerts.shorten import shorten
from diffing.edit import Span

MAX_SUBJECT: Final = 150
"""Characters of a title; mail readers show some 70."""
MOST_LISTED: Final = 10
"""Values of one fact that are named; the others are counted."""
BY_WEIGHT: Final = ("introduces", "drops_protection", "withdraws", "limits", "rewords")
"""Effects, the one that a reader should hear of first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedPassage:
    """A flagged sentence. title: topic and effect; section: headings joined by " › "; runs: its redline.

    title and section are "" where they are those of the passage before; section also where there is none.
    """

    title: str
    section: str
    runs: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedItem:
    """An alert of a digest. title: its own subject; lead: its sentence, or ""; url: where the whole of it is, or ""."""

    title: str
    lead: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An event as a person reads it.

    title: what a subject line says. lead: the sentence that sums it up. facts: label and value. opt_out: steps in the
    settings, as one line; opt_out_url: an http address or "". rest: how much changed in all. links: label and http
    address. items: of a digest. words: the language's other words, by name. document: what mails about one text are
    threaded by.
    """

    language: str
    title: str
    lead: str
    document: str
    facts: tuple[tuple[str, str], ...] = ()
    opt_out: str = ""
    opt_out_url: str = ""
    passages: tuple[NotedPassage, ...] = ()
    rest: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    items: tuple[NotedItem, ...] = ()
    seen: str = ""
    words: Mapping[str, str]


def note_of(body: str, language: str, today: date) -> Note:
    """Read the JSON of an event as a note. language: where the event names no reader's language ("en", "fr").

    today: what days left are counted from.
    """
    event = json.loads(body)
    spoken = event.get("reader_language") or language
    return _Writer(spoken if spoken in LANGUAGES else LANGUAGES[0], today).note(event)


class _Writer:
    def __init__(self, language: str, today: date) -> None:
        self._language = language
        self._words = WORDS[language]
        self._locale: Locale = locale(language)
        self._today = today

    def note(self, event: Mapping[str, Any]) -> Note:
        data = event["data"]
        match event["type"]:
            case "policy.change":
                return self._change(data)
            case "document.unreachable":
                reason = self._reason(data["fault"]["reason"])
                return self._short(data, "unreachable", f"{reason} {self._say('since', moment=data['since'])}")
            case "document.recovered":
                return self._short(
                    data, "recovered", self._say("again", moment=data["recovered_at"], since=data["since"])
                )
            case "reminder":
                return self._reminder(data)
            case "digest":
                return self._digest(data)
            case "channel.disabled":
                return self._disabled(data)
            case "test":
                title = f"Clausewatch · {self._words['test']} · {clean_line(data['channel'])}"
                lead = clean_line(data.get("message", {}).get(self._language, title))
                return Note(language=self._language, title=title, lead=lead, document="test", words=self._words)
            case other:
                return Note(
                    language=self._language,
                    title=f"Clausewatch · {clean_line(str(other))}",
                    lead=clean_line(str(other)),
                    document=str(other),
                    words=self._words,
                )

    def _short(self, data: Mapping[str, Any], word: str, lead: str) -> Note:
        return Note(
            language=self._language,
            title=_titled(data, self._words[word]),
            lead=lead,
            document=_document(data),
            links=self._links({"url": data["url"]}),
            words=self._words,
        )

    def _change(self, data: Mapping[str, Any]) -> Note:
        opt_out = data["facts"]["opt_out"] or {"path": [], "url": None}
        ways = [opt_out["path"], *opt_out.get("also", ())]  # alerts that were made before have no others
        seen = datetime.fromisoformat(data["after"]["observed_at"]).date()
        return Note(
            language=self._language,
            title=_titled(data, self._headline(data)),
            lead=clean_line(data["summary"].get(self._language, "")),
            document=_document(data),
            facts=tuple(self._facts(data["facts"])),
            opt_out="; ".join(capital(" › ".join(map(clean_line, way))) for way in ways),
            opt_out_url=_http(opt_out["url"]),
            passages=tuple(self._passages(data["flags"])),
            rest=self._rest(data),
            links=self._links({**data["links"], "url": data["url"]}),
            seen=self._words["seen"].format(day=self._locale.day(seen)),
            words=self._words,
        )

    def _reminder(self, data: Mapping[str, Any]) -> Note:
        note = self._change(data)
        return replace(note, title=self._reminding(data), lead=f"{self._remind(data)} {note.lead}".strip())

    def _remind(self, data: Mapping[str, Any]) -> str:
        day = date.fromisoformat(data["reminder"]["date"])
        return self._words[f"remind_{data['reminder']['of']}"].format(day=self._locale.day(day), left=self._left(day))

    def _reminding(self, data: Mapping[str, Any]) -> str:
        left = self._left(date.fromisoformat(data["reminder"]["date"]))
        plain = {**data, "facts": {**data["facts"], "effective_date": None}}
        return shorten(f"{self._words['reminder']} ({left}) · {_titled(data, self._headline(plain))}", MAX_SUBJECT)

    def _digest(self, data: Mapping[str, Any]) -> Note:
        items = tuple(map(self._item, data["items"]))
        services = self._some(clean_line(item.get("service", "")) for item in data["items"])
        told = [self._words[f"digest_{data['digest']}"].format(number=data["number"])]
        if data["parts"] > 1:
            told.append(self._words["part"].format(part=data["part"], parts=data["parts"]))
        return Note(
            language=self._language,
            title=shorten(" · ".join(filter(None, ("Clausewatch", *told, services))), MAX_SUBJECT),
            lead=self._words["surplus_lead" if data["digest"] == "surplus" else "digest_lead"],
            document=f"digest {data['digest']}",
            items=items,
            words=self._words,
        )

    def _some(self, names: Iterable[str]) -> str:
        """The first different names, and how many others there are."""
        found = list(dict.fromkeys(filter(None, names)))
        more = [self._words["others"].format(number=len(found) - 2)] if len(found) > 3 else []
        return self._locale.listed([*found[: 2 if more else 3], *more])

    def _item(self, item: Mapping[str, Any]) -> NotedItem:
        links = item.get("links", {})
        url = next(filter(None, (_http(links.get("change")), _http(links.get("diff")), _http(item.get("url")))), "")
        if "flags" not in item:
            fault = item.get("fault", {}).get("reason", "")
            word = {"document.unreachable": "unreachable", "document.recovered": "recovered"}.get(item["type"])
            title = _titled(item, self._words[word]) if word else clean_line(item["type"])
            return NotedItem(title=title, lead=self._reason(fault) if fault else "", url=url)
        lead = clean_line(item["summary"].get(self._language, ""))
        if item["type"] == "reminder":
            return NotedItem(title=self._reminding(item), lead=f"{self._remind(item)} {lead}".strip(), url=url)
        return NotedItem(title=_titled(item, self._headline(item)), lead=lead, url=url)

    def _disabled(self, data: Mapping[str, Any]) -> Note:
        channel, reason = clean_line(data["channel"]), clean_line(data["reason"])
        title = f"Clausewatch · {self._words['disabled'].format(channel=channel)}"
        said = self._words["disabled_lead"].format(
            channel=channel, reason=reason, moment=self._moment(data["disabled_at"])
        )
        form = "held_one" if data["held"] == 1 else "held"
        held = self._words[form].format(held=data["held"], channel=channel) if data["held"] else ""
        return Note(
            language=self._language,
            title=title,
            lead=said,
            document="channels",
            rest=(held,) if held else (),
            words=self._words,
        )

    def _headline(self, data: Mapping[str, Any]) -> str:
        effects: dict[str, list[str]] = {}
        for flag in data["flags"]:
            effects.setdefault(flag["topic"], []).append(flag["effect"])
        told = "; ".join(self._flagged(topic, min(found, key=BY_WEIGHT.index)) for topic, found in effects.items())
        headline = told or self._words[data["kind"] if data["kind"] in ("return", "post") else "changed"]
        day = day_of(data["facts"]["effective_date"])
        return self._words["from"].format(headline=headline, day=self._short_day(day)) if day else headline

    def _flagged(self, topic: str, effect: str) -> str:
        return self._words[effect].format(topic=capital(self._locale.topic(topic)))

    def _passages(self, flags: Iterable[Mapping[str, Any]]) -> Iterator[NotedPassage]:
        """What matters most first; the title and section of those that share them with the one before stand once."""
        title, section = "", ""
        for flag in sorted(flags, key=lambda one: BY_WEIGHT.index(one["effect"])):
            told = self._flagged(flag["topic"], flag["effect"])
            under = " › ".join(map(clean_line, flag["section"]))
            again = (told, under) == (title, section)
            title, section = told, under
            yield NotedPassage(
                title="" if again else title,
                section="" if again else section,
                runs=folded(runs_between(flag["before"], flag["after"])),
            )

    def _facts(self, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
        say = self._locale
        values = {
            "effective_date": self._dated(facts["effective_date"]),
            "opt_out_by": self._dated(facts["opt_out_by"], left=True),
            "region": say.where(map(clean_line, facts["regions"])),
            "data_used": self._listed("categories", facts["data_used"]),
            "data_excluded": self._listed("categories", facts["data_excluded"]),
            "recipient": self._listed("recipients", facts["recipients"]),
            "legal_basis": self._listed("legal_bases", [facts["legal_basis"]]),
            "retroactive": say.text("words", "yes") if facts.get("retroactive") is True else "",
            "default": say.text("defaults", f"default_{facts['default']}") if facts["default"] in ("on", "off") else "",
        }
        return [(say.fact(name), capital(value)) for name, value in values.items() if value]

    def _listed(self, section: str, names: list[str | None]) -> str:
        known = self._locale.words[section]
        found = [known.get(name, clean_line(name).replace("_", " ")) for name in names if name]
        more = len(found) - MOST_LISTED
        others = [self._words["others"].format(number=more + 1)] if more > 0 else []
        return self._locale.listed([*found[: MOST_LISTED - 1], *others] if others else found)

    def _dated(self, text: str | None, *, left: bool = False) -> str:
        day = day_of(text)
        if day is None:
            return ""
        return f"{self._locale.day(day)} ({self._left(day)})" if left else self._locale.day(day)

    def _left(self, day: date) -> str:
        days = (day - self._today).days
        if days in (0, 1):
            return self._words["day_left" if days else "today"]
        return self._words["passed"] if days < 0 else self._words["days_left"].format(days=days)

    def _rest(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        counts = [self._locale.count(what, number) for what, number in data["counts"].items() if number]
        whole = self._words["whole"].format(counts=self._locale.listed(counts)) if counts else ""
        omitted = data.get("flags_omitted", 0)
        more = self._words["omitted"].format(number=omitted) if omitted else ""
        named = "; ".join(filter(None, map(clean_line, data.get("sections", ()))))
        sections = self._words["sections"].format(sections=named) if named else ""
        return tuple(filter(None, (more, sections, whole)))

    def _links(self, links: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        named = ("change", "diff", "before", "after", "url")
        return tuple((self._words[name], _http(links[name])) for name in named if _http(links.get(name)))

    def _reason(self, reason: str) -> str:
        return self._locale.words["faults"].get(reason, clean_line(reason))

    def _say(self, word: str, **moments: str) -> str:
        shown = {name: self._moment(text) for name, text in moments.items()}
        return self._words[word].format(**shown)

    def _moment(self, text: str) -> str:
        moment = datetime.fromisoformat(text).astimezone(UTC)
        return format_datetime(moment, "d MMMM y HH:mm 'UTC'", locale=FORMS[self._language])

    def _short_day(self, day: date) -> str:
        return format_date(day, "d MMM y", locale=FORMS[self._language])


def _titled(data: Mapping[str, Any], headline: str) -> str:
    name = f"{clean_line(data['service'])} · {clean_line(data['terms'])} · "
    title = clean_line(data.get("title", ""))
    told = f"{headline} · {title}" if title else headline
    return shorten(name + told, MAX_SUBJECT)


def _document(data: Mapping[str, Any]) -> str:
    return "\0".join((data["service"], data["terms"], data.get("post", "")))


def _http(url: str | None) -> str:
    """Return an address a reader may be sent to; "" for anything that is not plain http or https."""
    safe = url is not None and url.startswith(("http://", "https://")) and url == clean_line(url) and " " not in url
    return url if url and safe else ""
