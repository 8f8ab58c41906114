"""The demo's story: what was crawled, what changed, and what a webhook and a mail said of it, told on a terminal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from hmac import compare_digest
from typing import Any

from rich.console import Console
from rich.padding import Padding
from standardwebhooks import Webhook

from alerts.shorten import shorten
from alerts.summary import summary
from clausewatch.cli.change_report import change_report
from clausewatch.cli.crawl import visit_table
from clausewatch.cli.output import minute, plain
from clausewatch.cli.words import counted
from clausewatch.demo_site import Hook
from clausewatch.report.text import print_text
from crawler.visit import Visit
from diffing.change import Change
from diffing.flag import Flag
from diffing.outcome import Outcome

MAIL_HEADERS = ("From", "To", "Subject", "Message-ID", "References", "Auto-Submitted", "List-Id")
"""Headers of a mail that are shown; the others are the mail system's own."""
SHOWN_LINES = 24
"""Lines of a mail's text that are shown."""
SHOWN_CHARACTERS = 160
"""Characters of a text in the webhook's JSON that are shown."""
TOLERANCE = timedelta(minutes=5)
"""How far a webhook's time may be from now. The package would ask the clock, and the demo plays in 2025; so it only
signs here, and we compare."""

QUIET = {
    Outcome.RETURN: "back to a text seen before: this page goes back and forth, which is no news",
    Outcome.COSMETIC: "only numbers, punctuation, quotes and navigation differ: nothing a reader would act on",
    Outcome.LINKS: "only link targets differ",
}
"""Why nobody is told of an outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One crawl of the demo. at: when it says it took place. not_modified: how many requests were answered by 304."""

    at: datetime
    visits: tuple[Visit, ...]
    not_modified: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened in the demo.

    rounds: crawls in order; the site published its change between the last two.
    published: what the site published, a sentence each. hooks, mails: as received. secret: what webhooks were signed
    with, `whsec_…`.
    """

    rounds: tuple[Round, ...]
    published: tuple[str, ...]
    hooks: tuple[Hook, ...]
    mails: tuple[EmailMessage, ...]
    secret: str


def tell(story: Story, console: Console) -> None:
    """Print the whole story, in the order things happened."""
    *earlier, last = story.rounds
    for number, round_ in enumerate(earlier, start=1):
        tell_round(round_, console, f"{number}. The site as it was" if number == 1 else f"{number}. Another look")
    tell_published(story.published, console, f"{len(story.rounds)}. The site publishes")
    tell_round(last, console, f"{len(story.rounds) + 1}. The next crawl")
    told = [visit.change for visit in last.visits if visit.change and _flags(visit)]
    tell_changes(told, console)
    tell_hooks(story.hooks, story.secret, last.at, console)
    tell_mails(story.mails, console)
    tell_silence(story.rounds, story.hooks, console)


def tell_round(round_: Round, console: Console, title: str) -> None:
    """Print a crawl: each document visited, or only those that were not unchanged, once some were."""
    _heading(console, f"{title} ({minute(round_.at)})")
    listed = [visit for visit in round_.visits if visit.outcome is not Outcome.UNCHANGED]
    if listed:
        console.print(visit_table(listed))
    unnoticed = [visit for visit in listed if visit.outcome is Outcome.CHANGED and not _flags(visit)]
    for visit in unnoticed:
        _say(console, f"{visit.document}: no topic is about what changed; kept, and told to nobody.")
    if unchanged := len(round_.visits) - len(listed):
        answers = f"; the site answered “not modified” (304) {round_.not_modified} times" if round_.not_modified else ""
        _say(console, f"Unchanged{' besides' if listed else ''}: {unchanged}{answers}.")


def tell_published(published: Sequence[str], console: Console, title: str) -> None:
    """Print what the site has just published."""
    _heading(console, title)
    for sentence in published:
        console.print(Padding(plain(f"• {sentence}"), (0, 0, 0, 2)))


def tell_changes(changes: Sequence[Change], console: Console) -> None:
    """Print the change with the most flags whole, with its facts, flags and redline, and the others in a sentence."""
    ranked = sorted(changes, key=lambda change: -len(change.judgement.flags))
    if not ranked:
        return
    _heading(console, "What changed")
    print_text(console, change_report(ranked[0], "en", only_flagged=True))
    for change in ranked[1:]:
        language = change.after.language if change.after.language in {"en", "fr"} else "en"
        console.print()
        _say(console, f"{change.after.document.service} · {change.after.document.terms}", "bold")
        _say(console, summary(change, language))


def tell_hooks(hooks: Sequence[Hook], secret: str, now: datetime, console: Console) -> None:
    """Print the webhook with the most flags as received, and whether each one's signature is right at `now`."""
    _heading(console, f"What the webhook received: {counted(len(hooks), 'signed request')}")
    if not hooks:
        return
    richest = max(hooks, key=lambda hook: len(json.loads(hook.body)["data"].get("flags", ())))
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature", "content-type"):
        console.print(plain(f"{name}: {richest.headers.get(name, '')}"), overflow="fold")
    console.print(plain(json.dumps(shortened(json.loads(richest.body)), indent=2, ensure_ascii=False)))
    right = sum(verified(hook, secret, now) for hook in hooks)
    verdict = (
        "all signatures are right" if right == len(hooks) else f"{len(hooks) - right} of {len(hooks)} signatures WRONG"
    )
    size = max(len(hook.body) for hook in hooks)
    _say(console, f"Checked with the standardwebhooks package: {verdict}. The largest body has {size:,} bytes.")


def tell_mails(mails: Sequence[EmailMessage], console: Console) -> None:
    """Print the longest mail as received: its headers and the beginning of its text part."""
    _heading(console, f"What the mailbox received: {counted(len(mails), 'mail')}")
    if not mails:
        return
    mail = max(mails, key=lambda mail: len(_text(mail)))
    for name in MAIL_HEADERS:
        if mail[name]:
            console.print(plain(f"{name}: {mail[name]}"), overflow="fold")
    lines = _text(mail).strip().splitlines()
    console.print()
    console.print(Padding(plain("\n".join(lines[:SHOWN_LINES])), (0, 0, 0, 2)))
    if len(lines) > SHOWN_LINES:
        _say(console, f"… and {len(lines) - SHOWN_LINES} more lines; the HTML part says the same.")


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def tell_silence(rounds: Sequence[Round], hooks: Sequence[Hook], console: Console) -> None:
    """Print which pages misbehaved, why nobody was told, and that indeed no webhook names them."""
    _heading(console, "What stayed silent, and why")
    quiet = [visit for visit in rounds[-1].visits if why_silent(visit)]
    for visit in quiet:
        name = f"{visit.document.service} · {visit.document.terms}: "
        line = plain(f"• {name}", "bold")
        line.append_text(plain(why_silent(visit)))
        console.print(Padding(line, (0, 0, 0, 2)))
    named = {json.loads(hook.body)["data"].get("service") for hook in hooks}
    wrong = sorted({visit.document.service for visit in quiet} & {str(name) for name in named})
    _say(console, f"Webhooks that name them: {', '.join(wrong) if wrong else 'none'}.")


def why_silent(visit: Visit) -> str:
    """Why nobody is told of a visit that was not simply unchanged; "" when somebody is, or there is nothing to say."""
    if visit.fault is not None:
        return f"{visit.fault.what}: a fault ({visit.fault.reason}), so the last good version stays current"
    if visit.change is not None and visit.change.judgement.news:
        return ""
    return QUIET.get(visit.outcome, "")


def verified(hook: Hook, secret: str, now: datetime) -> bool:
    """Whether a webhook's signature is right and its time is `now`, as a receiver would check it."""
    id_, stamp, signature = (hook.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    sent = datetime.fromtimestamp(int(stamp), UTC) if stamp.isdecimal() else None
    if sent is None or abs(sent - now) > TOLERANCE:
        return False
    return compare_digest(Webhook(secret).sign(id_, sent, hook.body.decode()), signature)


def shortened(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event with long texts cut and only its first flag, so that it fits on a screen.

    >>> shortened({"type": "policy.change", "data": {"flags": [{"topic": "a"}, {"topic": "b"}]}})["data"]["flags"]
    [{'topic': 'a'}, '… 1 more']
    """
    data = dict(event.get("data", {}))
    flags = data.get("flags", [])
    if len(flags) > 1:
        data["flags"] = [flags[0], f"… {len(flags) - 1} more"]
    return {**event, "data": _cut(data)}


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return shorten(value, SHOWN_CHARACTERS)
    if isinstance(value, dict):
        return {key: _cut(item) for key, item in value.items()}
    return [_cut(item) for item in value] if isinstance(value, list) else value


def _flags(visit: Visit) -> Sequence[Flag]:
    return visit.change.judgement.flags if visit.change else ()


def _heading(console: Console, title: str) -> None:
    console.print()
    console.rule(plain(title, "bold"), align="left", characters="─")


def _say(console: Console, text: str, style: str = "") -> None:
    console.print(plain(text, style))
