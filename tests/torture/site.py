"""A site for torture: policies that change from stage to stage, each with words of its own."""

import json
import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tests.support.server import Asked, Reply

CLAUSES = (
    "We keep your posts while you have an account with us.",
    "We may use your posts and your profile to train our generative AI models.",
    "We do not use your private messages to train artificial intelligence.",
    "We share your data with Microsoft so that it can show you personalised advertising.",
    "From 3 November 2035 our affiliates may use your content to develop machine learning models.",
)


_WORDS = """
account data service information terms device consent purpose partner request record notice period country law contact
choice address session history payment profile store keep show send ask give need improve protect review
"""


def text(number: int, stage: int, parts: int = 30) -> str:
    """The policy of a service at a stage, as HTML: a long common part, and what its stage says."""
    own = "".join(f"<p>{clause}</p>" for at, clause in enumerate(CLAUSES) if (number + stage) % len(CLAUSES) >= at)
    return f"<main><h1>Privacy policy</h1>{_common(number, parts)}<h2>Your data</h2>{own}</main>"


@lru_cache(maxsize=1000)
def _common(number: int, parts: int) -> str:
    """What a service says at every stage, 250 characters a paragraph, none of which another service says too."""
    chance, words = random.Random(number), _WORDS.split()
    return "".join(
        f"<p>Part {part} of the policy of service {number} says {' '.join(chance.choices(words, k=30))}.</p>"
        for part in range(parts)
    )


def declare(folder: Path, url: str, count: int) -> None:
    """Declarations of so many services on that server."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        terms = {"Privacy Policy": {"fetch": f"{url}/{number}", "select": "main", "watch": {"language": "en"}}}
        (folder / f"S{number}.json").write_text(json.dumps({"name": f"S{number}", "terms": terms}))


def page(asked: Asked, stage: int, parts: Sequence[int] = (30,)) -> Reply | None:
    """What a server answers at a stage. parts: paragraphs of the policies, in turn."""
    name = asked.path.strip("/")
    return Reply(body=text(int(name), stage, parts[int(name) % len(parts)])) if name.isdigit() else None
