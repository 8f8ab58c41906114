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
        return {"change": f"{base}/change/{change.id}", **_versions(base, change)}

    return of


def _versions(base: str, change: Change) -> Mapping[str, str]:
    after = {"after": f"{base}/version/{change.after.id}"}
    if change.before is None:
        return after
    both = f"{base}/diff/{change.before.id}/{change.after.id}"
    return {"diff": both, "before": f"{base}/version/{change.before.id}", **after}
