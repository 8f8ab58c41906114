"""Values of facts as a sentence needs them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from alerts.locale import Locale
from diffing.fact import Fact, FactName

CATEGORIES = 5
"""Categories of data told; of more, the first ones and "other data"."""

SALIENT = (
    "private_messages", "biometric", "health", "profile", "posts", "comments", "resumes", "photos_videos", "audio",
    "user_content", "files", "ai_interactions", "prompts", "group_activity", "location", "search_history",
)  # fmt: skip
"""Categories told before others: what people wrote, said and showed."""


def values(facts: Iterable[Fact], name: FactName) -> list[str]:
    """Values of one name in order, each once."""
    return list(dict.fromkeys(fact.value for fact in facts if fact.name is name))


def day(facts: Iterable[Fact], name: FactName) -> date | None:
    """The first day of one name. An archive may hold what another version wrote: what is no ISO day is not told."""
    for value in values(facts, name):
        try:
            return date.fromisoformat(value)
        except ValueError:
            continue
    return None


def data(facts: Sequence[Fact], name: FactName, words: Locale) -> tuple[str, bool]:
    """Categories as a list, the salient first, "people's data" where the text names none; and whether it is plural."""
    found = values(facts, name)
    if len(found) > 1:
        found = [value for value in found if value != "personal_data"]
    found.sort(key=lambda value: SALIENT.index(value) if value in SALIENT else len(SALIENT))
    named = [words.words["people"].get(value) or words.category(value) for value in found]
    if len(named) > CATEGORIES:
        named = [*named[: CATEGORIES - 1], words.text("words", "other_data")]
    if not named:
        personal = "personal_data" not in values(facts, FactName.DATA_EXCLUDED)
        named = [words.text("words", "people_data" if personal else "not_personal")]
    return words.listed(named), len(named) > 1 or _plural(named[0])


def _plural(noun: str) -> bool:
    """Whether an English noun phrase is plural, by its head.

    >>> _plural("conversations with AI"), _plural("data from third parties")
    (True, False)
    """
    return re.split(r" (?:with|from|of|people|to) ", noun)[0].endswith("s")
