"""Topics as they are named on the command line."""

from clausewatch import wiring
from clausewatch.cli import state
from clausewatch.errors import NotFoundError
from crawler.declarations.collection import nearest


def check_topic(name: str | None) -> None:
    """Raise NotFoundError, with the nearest names, when no topic is called so. Reads the topics."""
    if name is None:
        return
    known = [topic.name for topic in wiring.topics(state.config())]
    if name not in known:
        near = " or ".join(nearest(name, known))
        todo = f"did you mean {near}?" if near else "`clausewatch topics list` names them"
        raise NotFoundError(name, "no topic is called so", todo)
