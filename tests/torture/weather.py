"""Weather: what goes wrong in the long run."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from tests.support.receiver import DROP
from tests.support.receiver import Reply as Taken
from tests.support.server import Asked, Reply
from tests.torture import site

STEP = timedelta(minutes=10)
"""Simulated time for which the weather holds."""

PARTS = (30, 60, 120, 180, 260, 430)
"""Paragraphs of the policies, in turn: 46,000 characters on average and up to 110,000, as policies are."""

CHALLENGE = {"server": "cloudflare", "cf-mitigated": "challenge"}


@dataclass(slots=True, kw_only=True)
class Weather:
    """What goes wrong at the moment: drawn from the seed, the step and what is asked, never from who asks first."""

    seed: int
    step: int = 0
    stage: int = 0
    network: bool = True
    receiver: bool = True
    set_back: bool = False
    met: Counter[str] = field(default_factory=Counter)

    def turn(self, step: int) -> None:
        """Draw the next ten minutes. set_back: whether the daemon's clock is an hour behind in them."""
        self.step, self.stage = step, step // 36
        self.network = self.chance("network").random() > 0.1
        self.receiver = self.chance("receiver").random() > 0.2
        self.set_back = self.chance("clock").random() < 0.02

    def chance(self, what: str) -> random.Random:
        """The dice for one thing in these ten minutes."""
        return random.Random(f"{self.seed} {self.step} {what}")

    def page(self, asked: Asked) -> Reply | None:
        """A page, or one of the ways a site fails."""
        if not self.network:
            return self._failing("no network", Reply(status=503))
        match self.chance(asked.path).randrange(40):
            case 0:
                return self._failing("500", Reply(status=500))
            case 1:
                return self._failing("block page", Reply(status=403, headers=CHALLENGE))
            case 2:
                return self._failing("empty", Reply(body="<main></main>"))
            case 3:
                return self._failing("half a page", Reply(body="<main><p>Loading</p></main>"))
            case 4:
                return self._failing("garbage", Reply(body=b"\x00\xff" * 500, headers={"Content-Type": "text/html"}))
            case _:
                return site.page(asked, self.stage, PARTS)

    def receipt(self, kind: Taken) -> Taken:
        """What a receiver answers; `kind` when all is well."""
        if self.receiver:
            return kind
        self.met["receiver down"] += 1
        return self.chance("answer").choice([Taken(500), Taken(429, {"retry-after": "60"}), DROP])

    def _failing(self, name: str, page: Reply) -> Reply:
        self.met[name] += 1
        return page
