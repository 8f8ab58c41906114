"""Demo: the main job on a small site of our own, from the first crawl to the mail."""

import base64
import secrets
import tempfile
from collections import Counter
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from clausewatch import wiring
from clausewatch.config import Config, Crawl, Email, Subscribe, Webhook
from clausewatch.demo_mail import DemoMailbox
from clausewatch.demo_pages import State
from clausewatch.demo_site import HOST, DemoSite
from clausewatch.demo_story import Round, Story, tell
from diffing.archive import Archive

ROUNDS = (
    (datetime(2025, 9, 15, 6, tzinfo=UTC), State.BEFORE),
    (datetime(2025, 9, 17, 6, tzinfo=UTC), State.BEFORE),
    (datetime(2025, 9, 18, 9, tzinfo=UTC), State.AFTER),
)
"""When the demo says it crawls, and what the site has published by then. The flapping page's other text stands for a
day between the last two, which is too short to be news."""

PUBLISHED = (
    "Brightrung rewrites its privacy policy and terms: from 3 November 2025 it trains generative AI on members' "
    "profiles and posts, and shares more ad data with Microsoft.",
    "Brightrung's blog announces it; a data-protection authority warns of it, in French.",
    "Parcello's terms flip back to an earlier text, as they often do.",
    "Tallybook's policy gets new numbers, quotes and navigation.",
    "Chirrup answers with a block page instead of its policy.",
)


def run(console: Console) -> None:
    """Serve the site, crawl it three times, deliver what was found, and tell the whole story."""
    with tempfile.TemporaryDirectory(prefix="clausewatch-demo-") as folder, DemoSite() as site:
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
        with DemoMailbox() as mailbox:
            config = _config(Path(folder), site, mailbox, secret)
            with wiring.archive(config) as kept:
                rounds = tuple(_round(config, kept, site, at, state) for at, state in ROUNDS)
                wiring.deliver(config, kept, now=lambda: ROUNDS[-1][0])
            story = Story(rounds=rounds, published=PUBLISHED, hooks=site.hooks, mails=mailbox.mails, secret=secret)
            tell(story, console)


def _round(config: Config, kept: Archive, site: DemoSite, at: datetime, state: State) -> Round:
    site.publish(state)
    already = _not_modified(site)
    visits = wiring.crawl(config, kept, tuple(wiring.targets(config)), now=lambda: at)
    return Round(at=at, visits=visits, not_modified=_not_modified(site) - already)


def _not_modified(site: DemoSite) -> int:
    return Counter(request.status for request in site.requests)[HTTPStatus.NOT_MODIFIED]


def _config(folder: Path, site: DemoSite, mailbox: DemoMailbox, secret: str) -> Config:
    """What a user's clausewatch.toml would say, for this machine's own addresses."""
    return Config(
        archive=folder / "demo.db",
        targets=(site.declare(folder / "declarations"),),
        crawl=Crawl(delay=0, allow_hosts=(HOST,)),
        channels={
            "newsroom": Webhook(type="webhook", url=site.hook_url, secret=SecretStr(secret), allow_private=True),
            "desk": Email(
                type="email",
                host=mailbox.host,
                port=mailbox.port,
                sender="Clausewatch <alerts@clausewatch.example>",
                to=("desk@newsroom.example",),
                security="none",
            ),
        },
        subscriptions=(Subscribe(channel="newsroom"), Subscribe(channel="desk")),
    )
