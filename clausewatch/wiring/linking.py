"""Linking: where a reader can look a change up."""

from collections.abc import Callable, Mapping

from clausewatch.config import Config
from diffing.change import Change


def links(config: Config) -> Callable[[Change], Mapping[str, str]]:
    """What gives a change its addresses on the pages: none where nobody said where the pages are."""
    base = config.web.public_url

    def of(change: Change) -> Mapping[str, str]:
        if not base:
            return {}
        between = {"diff": f"{base}/diff/{change.before.id}/{change.after.id}"} if change.before else {}
        return {"change": f"{base}/change/{change.id}", **between}

    return of
