"""Open Terms Archive history: `Service/Terms.md` in git, one commit a recorded version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

from crawler.errors import HistoryError
from crawler.imports.repository import Repository
from diffing.version import Document

UPGRADE_SUBJECTS = ("Apply technical or declaration upgrade", "Refilter ")
"""How a commit says that the archive changed and not the publisher; "Refilter" is the older wording."""

FILES = ("100644", "100755")
"""Modes of what git holds as files; a link or another repository is no text."""

SETTLED = timedelta(days=2)
"""An odd text that stood so long was seen by several visits of the archive that recorded it (it visits daily or more
often), so it counts as confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded version of a foreign archive, without its text.

    blob: git's id of the file. at: author date, UTC. upgrade: the archive changed, not the publisher.
    until: when the next version of the same terms was recorded; for the last, when anything last was.
    """

    document: Document
    blob: str
    at: datetime
    upgrade: bool
    until: datetime

    @property
    def settled(self) -> bool:
        """Whether it stood long enough to be no slip of one fetch."""
        return self.until - self.at >= SETTLED


def history(repository: Repository, *, service: str = "*", collection: str = "") -> tuple[Recorded, ...]:
    """Every recorded version, by author date; versions of one moment in the order of their commits.

    service: name or glob, in any case. Files that are not `Service/Terms.md` are passed over. Raises HistoryError, also
    when there is nothing to read.
    """
    found = sorted(_recorded(repository, service, collection), key=lambda recorded: recorded.at)
    if not found:
        what = f"holds no recorded version of {service!r}" if service != "*" else "holds no Service/Terms.md"
        raise HistoryError(repository.name, what, "name a repository or bundle in the Open Terms Archive layout")
    return tuple(reversed(tuple(_with_ends(tuple(_apart(found))))))


def by_document(versions: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """The same versions, one document after the other, each by date.

    A document is judged by its own past alone. Read in a row, that past is at hand; read by date among hundreds of
    others, it has to be unpacked anew for nearly every version.
    """
    return tuple(sorted(versions, key=lambda recorded: str(recorded.document)))


def _recorded(repository: Repository, service: str, collection: str) -> Iterator[Recorded]:
    """What git log tells, oldest commit first; `until` is not known yet."""
    arguments = ("--reverse", "--no-renames", "--raw", "--no-abbrev", "-z", "--diff-filter=AM", "-m", "--first-parent")
    records = repository.lines("log", *arguments, "--format=%x00commit %at %s", *repository.revisions())
    at, upgrade, wanted = datetime.fromtimestamp(0, UTC), False, service.casefold()
    for record in records:
        if record.startswith("commit "):
            _, seconds, subject = record.split(" ", 2)
            at = datetime.fromtimestamp(int(seconds), UTC)
            upgrade = subject.startswith(UPGRADE_SUBJECTS)
        elif record.lstrip("\n").startswith(":"):
            _, mode, _, blob, *_ = record.split()
            document = _document(next(records), collection)
            if document is not None and mode in FILES and fnmatchcase(document.service.casefold(), wanted):
                yield Recorded(document=document, blob=blob, at=at, upgrade=upgrade, until=at)


def _document(path: str, collection: str) -> Document | None:
    """Which document a file holds; None when it holds none."""
    match path.split("/"):
        case [service, name] if name.endswith(".md") and service and len(name) > 3:
            return Document(service=service, terms=name.removesuffix(".md"), collection=collection)
    return None


def _apart(versions: Iterable[Recorded]) -> Iterator[Recorded]:
    """The same, with versions of one document at least a millisecond apart: git counts in seconds, and a text that
    came, went and came back within one would otherwise be taken for one version."""
    last: dict[Document, datetime] = {}
    for recorded in versions:
        before = last.get(recorded.document)
        at = recorded.at if before is None else max(recorded.at, before + timedelta(milliseconds=1))
        last[recorded.document] = at
        yield replace(recorded, at=at)


def _with_ends(versions: Sequence[Recorded]) -> Iterator[Recorded]:
    """The same, each with the moment the next version of its document was recorded, newest first."""
    if not versions:
        return
    last = versions[-1].at
    following: dict[Document, datetime] = {}
    for recorded in reversed(versions):
        yield replace(recorded, until=following.get(recorded.document, last))
        following[recorded.document] = recorded.at
