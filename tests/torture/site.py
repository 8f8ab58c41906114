"""A site for torture: policies that change from stage to stage, each with words of its own."""

import json
from pathlib import Path

from tests.support.server import Asked, Reply

CLAUSES = (
    "We keep your posts while you have an account with us.",
    "We may use your posts and your profile to train our generative AI models.",
    "We do not use your private messages to train artificial intelligence.",
    "We share your data with Microsoft so that it can show you personalised advertising.",
    "From 3 November 2035 our affiliates may use your content to develop machine learning models.",
)


def text(number: int, stage: int) -> str:
    """The policy of a service at a stage, as HTML: a long common part, and what its stage says."""
    common = "".join(
        f"<p>Part {part} of the policy of service {number} says the same as ever.</p>" for part in range(30)
    )
    own = "".join(f"<p>{clause}</p>" for at, clause in enumerate(CLAUSES) if (number + stage) % len(CLAUSES) >= at)
    return f"<main><h1>Privacy policy</h1>{common}<h2>Your data</h2>{own}</main>"


def declare(folder: Path, url: str, count: int) -> None:
    """Declarations of so many services on that server."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        terms = {"Privacy Policy": {"fetch": f"{url}/{number}", "select": "main", "watch": {"language": "en"}}}
        (folder / f"S{number}.json").write_text(json.dumps({"name": f"S{number}", "terms": terms}))


def page(asked: Asked, stage: int) -> Reply | None:
    """What a server answers at a stage."""
    name = asked.path.strip("/")
    return Reply(body=text(int(name), stage)) if name.isdigit() else None
