"""A site to visit: an archive of our own writing, judged for real, and the application over it."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn
from pydantic import SecretStr

from clausewatch.config import Config
from clausewatch.config.web import Web
from clausewatch.web.app import create
from clausewatch.web.serving import site
from clausewatch.web.site import Site
from diffing.archive import Archive
from diffing.archive.record import Attempt, Record
from diffing.change import Change
from diffing.judge import judge
from diffing.outcome import Outcome
from diffing.returns import Return
from diffing.version import Document, Version
from tests.support.flagging import topics as shipped

TOKEN = "a-token-nobody-could-guess"
NOW = datetime(2025, 10, 1, 8, 0, tzinfo=UTC)
START = datetime(2025, 9, 1, 6, 0, tzinfo=UTC)
POLICY = Document(service="Chirrup & Co", terms="Privacy Policy")
TERMS = Document(service="Tallybook", terms="Terms of Service", collection="elsewhere")
OLD = """# Privacy

## What we do

We use your posts to show them to your friends.

We never sell them.

Write to us in Dublin.
"""
NEW = """# Privacy

## What we do

We use your posts to show them to your friends and to train our generative AI models from 3 November 2025.

You can object under Settings > Privacy > Data for AI until 2 November 2025.

Write to us in Dublin.

We never sell them.
"""
HOSTILE = NEW + (
    "\n<script>alert(1)</script> &lt;script>alert(2)&lt;/script>"
    ' " onload="x [us](javascript:alert(1)) \u202e {{ 7+7 }}\n'
)


def keep(
    archive: Archive, document: Document, texts: Sequence[str], *, flips: bool = False, start: datetime = START
) -> list[Version]:
    """Record texts of a document ten days apart, each judged against the one before.

    flips: what was there before is a return that is no news.
    """
    versions: list[Version] = []
    for number, text in enumerate(texts):
        at = start + timedelta(days=10 * number)
        version = Version(document=document, observed_at=at, text=text, url="https://chirrup.test/p", language="en")
        change = None
        if versions:
            known = next((one for one in versions if one.text == text), None)
            back = _back(known) if known and flips else None
            found = judge(
                versions[-1].text,
                text,
                topics=shipped(),
                language="en",
                service=document.service,
                observed_on=at.date(),
                back=back,
            )
            change = Change(before=versions[-1], after=version, judgement=found)
        outcome = Outcome.CHANGED if change else Outcome.NEW
        attempt = Attempt(document=document, at=at, outcome=outcome, version_id=version.id)
        assert archive.record(Record(version=version, attempt=attempt, change=change))
        versions.append(version)
    return versions


def _back(to: Version) -> Return:
    return Return(version_id=to.id, observed_at=to.observed_at, news=False, stood=timedelta(days=10), flips=3)


@contextmanager
def filled(folder: Path, *, token: str = "", **web: object) -> Iterator[Site]:
    """A site whose archive holds a policy that begins to train AI, and terms that only change a full stop."""
    settings = Web(token=SecretStr(token), **web)
    config = Config(archive=folder / "web.db", web=settings)
    with Archive.open(config.archive) as archive:
        keep(archive, POLICY, [OLD, NEW, HOSTILE])
        keep(archive, TERMS, ["# Terms\n\nPay on time.\n", "# Terms\n\nPay on time\n"])
        yield site(config, archive, now=lambda: NOW)


@contextmanager
def served(over: Site) -> Iterator[str]:
    """The address of the site, served on this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        settings = uvicorn.Config(create(over), log_level="error", server_header=False)
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def browsing(over: Site) -> Iterator[httpx.Client]:
    """A browser without JavaScript that asks the site; it goes nowhere by itself."""
    with served(over) as address, httpx.Client(base_url=address, trust_env=False, timeout=60) as browser:
        yield browser
