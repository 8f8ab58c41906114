"""Export to a git repository in the layout of the Open Terms Archive: `Service/Terms.md`, one commit a version.

What an import made of such a repository comes back byte for byte, with its dates and subjects. Each commit names its
version in a trailer, so that the next export adds only what is new.
"""

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from alerts.clean import clean_line
from crawler.errors import ExportError
from crawler.imports.repository import Repository
from diffing.archive import Archive
from diffing.archive.listing import Wanted
from diffing.change import ChangeKind
from diffing.stay import Stay
from diffing.version import Document

TRAILER: Final = "X-clausewatch-version"
PERSON: Final = "Clausewatch <clausewatch@localhost>"
CHECKPOINT: Final = 2_000
"""Commits after which git writes down what it has: an export that is cut off goes on from there."""

_MARK: Final = "clausewatch.export"
"""The key of a repository's own configuration that says it is ours to write to."""

_NOT_IN_PATHS = re.compile(r"[/\0-\x1f\x7f]")
_UPGRADES_AT_ONCE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export did. versions: new commits. before: versions that were there already. posts: blog posts, which
    the layout has no place for and which were left out."""

    versions: int
    before: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Commit:
    """A version to be written. mark: of its text in git's stream."""

    version_id: str
    document: Document
    at: datetime
    mark: int
    subject: str


def export(
    archive: Archive,
    folder: Path,
    *,
    service: str | None = None,
    collection: str = "",
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Exported:
    """Write all versions to the repository in `folder`, which is made if it is not there. Raises ExportError.

    on_progress: told how many of how many steps are done; a step is a text or a commit. The folder's files are
    brought to the last version; what somebody changed in them is overwritten. When a past has been recorded before what
    was exported already, the history is written anew: the last commit must hold the current texts.
    """
    repository = _opened(folder)
    done = _exported(repository)
    documents = [one for one in archive.documents(service, None, collection) if archive.stays(one)]
    texts = [document for document in documents if not document.post]
    _check_paths(texts)
    stays = {document: archive.stays(document) for document in texts}
    anew = any(_has_gained_a_past(stays[document], done) for document in texts)
    if anew:
        done = frozenset()
    waiting = {
        document: new
        for document in texts
        if (new := [stay for stay in stays[document] if stay.version_id not in done])
    }
    total = 2 * sum(map(len, waiting.values()))
    if total:
        with _FastImport(repository, anew=anew) as stream:
            commits: list[_Commit] = []
            for document, new in waiting.items():
                commits += _write_texts(archive, stream, document, [stay.version_id for stay in new], len(commits))
                on_progress(len(commits), total)
            commits.sort(key=lambda commit: commit.at)
            branch, parent = _tip(repository)
            if anew:
                stream.write(f"reset {branch}\n\n".encode())
                parent = ""
            for number, commit in enumerate(commits):
                _write_commit(stream, commit, branch, parent if number == 0 else "")
                if number % CHECKPOINT == CHECKPOINT - 1:
                    stream.write(b"checkpoint\n\n")
                    on_progress(len(commits) + number, total)
        on_progress(total, total)
    if total or done:
        _git(repository, "reset", "--quiet", "--hard")
    return Exported(versions=total // 2, before=len(done), posts=len(documents) - len(texts))


def _has_gained_a_past(stays: Sequence[Stay], done: frozenset[str]) -> bool:
    """Whether a version that is there already follows one that is not."""
    there = [stay.version_id in done for stay in stays]
    return there != sorted(there, reverse=True)


def path_of(document: Document) -> str:
    """Where a document's text stands in the repository."""
    service, terms = (_NOT_IN_PATHS.sub("_", name) or "_" for name in (document.service, document.terms))
    return f"{'_' + service if service.startswith('.') else service}/{terms}.md"


def _opened(folder: Path) -> Repository:
    """The repository in the folder, made where there is nothing yet. Raises ExportError when it is not ours."""
    repository = Repository(folder, str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not (folder / ".git").is_dir() or _git(repository, "config", "--local", "--get", _MARK, ok=(0, 1)) != "true":
            raise ExportError(str(folder), "is there already and is no earlier export", "name another folder")
        return repository
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(str(folder), f"cannot be made ({error.strerror})", "name another folder") from error
    _git(repository, "init", "--quiet", "--initial-branch=main")
    _git(repository, "config", "--local", _MARK, "true")
    return repository


def _exported(repository: Repository) -> frozenset[str]:
    """The ids of the versions that are there already."""
    if not _tip(repository)[1]:
        return frozenset()
    told = _git(repository, "log", f"--format=%(trailers:key={TRAILER},valueonly)", "HEAD")
    return frozenset(told.split())


def _tip(repository: Repository) -> tuple[str, str]:
    """The branch, and its last commit; "" when there is none."""
    branch = _git(repository, "symbolic-ref", "HEAD").strip()
    return branch, _git(repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}", ok=(0, 1)).strip()


def _check_paths(documents: Sequence[Document]) -> None:
    taken: dict[str, Document] = {}
    for document in documents:
        other = taken.setdefault(path_of(document), document)
        if other != document:
            raise ExportError(
                str(document), f"would stand in the same file as {other}", "export one of them with --service"
            )


def _write_texts(
    archive: Archive, stream: IO[bytes], document: Document, version_ids: Sequence[str], first: int
) -> Iterator[_Commit]:
    """Write the texts of a document's versions, each once, and say what is to be committed."""
    upgrades = _upgrades(archive, document)
    stays = {stay.version_id: stay for stay in archive.stays(document)}
    oldest = next(iter(stays))
    marks: dict[str, int] = {}
    for number, version_id in enumerate(version_ids, first + 1):
        stay = stays[version_id]
        if stay.text_hash not in marks:
            version = archive.version(version_id)
            assert version is not None, "it was listed"
            raw = to_bytes(version.text)
            stream.write(b"blob\nmark :%d\ndata %d\n%s\n" % (number, len(raw), raw))
            marks[stay.text_hash] = number
        name = clean_line(f"{document.service} {document.terms}")
        what = "First record of" if version_id == oldest else "Record new changes of"
        yield _Commit(
            version_id=version_id,
            document=document,
            at=stay.observed_at,
            mark=marks[stay.text_hash],
            subject=f"Apply technical or declaration upgrade on {name}" if version_id in upgrades else f"{what} {name}",
        )


def _upgrades(archive: Archive, document: Document) -> frozenset[str]:
    wanted = Wanted(
        service=document.service, terms=document.terms, collection=document.collection, kind=ChangeKind.UPGRADE
    )
    return frozenset(one.after_id for one in archive.asking.changes(wanted, limit=_UPGRADES_AT_ONCE).items)


def to_bytes(text: str) -> bytes:
    r"""The bytes a text was read from: those that were no UTF-8 came as lone surrogates.

    >>> to_bytes(b"caf\xe9".decode("utf-8", "surrogateescape"))
    b'caf\xe9'
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _write_commit(stream: IO[bytes], commit: _Commit, branch: str, parent: str) -> None:
    person = f"{PERSON} {max(int(commit.at.timestamp()), 0)} +0000"
    message = f"{commit.subject}\n\n{TRAILER}: {commit.version_id}\n".encode("utf-8", "replace")
    stream.write(f"commit {branch}\nauthor {person}\ncommitter {person}\ndata {len(message)}\n".encode() + message)
    if parent:
        stream.write(f"from {parent}\n".encode())
    stream.write(f"M 100644 :{commit.mark} ".encode() + _quoted(path_of(commit.document)) + b"\n\n")


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.encode("utf-8", "replace")


class _FastImport:
    """A stream into `git fast-import`. Raises ExportError when git refuses."""

    def __init__(self, repository: Repository, *, anew: bool) -> None:
        self._repository = repository
        self._process = subprocess.Popen(  # noqa: S603 - a fixed program, arguments of our own
            repository.command("fast-import", "--quiet", "--date-format=raw", *(["--force"] if anew else [])),
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        self._stream = self._process.stdin

    def __enter__(self) -> IO[bytes]:
        return self._stream

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if kind is not None and not issubclass(kind, BrokenPipeError):
            self._process.kill()
            self._process.communicate()
            return
        _, complaint = self._process.communicate()
        if self._process.returncode:
            raise _refused(self._repository, complaint)


def _git(repository: Repository, *arguments: str, ok: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(  # noqa: S603
        repository.command(*arguments), capture_output=True, check=False
    )
    if done.returncode not in ok:
        raise _refused(repository, done.stderr)
    return done.stdout.decode("utf-8", "replace").strip()


def _refused(repository: Repository, complaint: bytes) -> ExportError:
    told = complaint.decode("utf-8", "replace").strip().splitlines() or ["no word why"]
    return ExportError(repository.name, f"git cannot write to it ({told[0][:120]})", "check the folder and the disk")
