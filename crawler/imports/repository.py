"""Repository: a git repository or bundle, read through git itself."""

import subprocess
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from crawler.errors import HistoryError

BUNDLE_HEADS = (b"# v2 git bundle", b"# v3 git bundle")

# A foreign repository's own configuration must not make git run anything.
HARMLESS = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")


class Repository:
    """A git repository that is only read. Open one with `opened`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name

    def lines(self, *arguments: str) -> Iterator[str]:
        """The output of a git command, as NUL-separated records. Raises HistoryError when git refuses."""
        with subprocess.Popen(  # noqa: S603 - a fixed program, arguments of our own
            self.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            yield from _records(process.stdout)
            complaint = process.stderr.read().decode("utf-8", "replace").strip()
        if process.returncode != 0:
            raise HistoryError(self.name, f"git cannot read it ({_short(complaint)})", "check it with `git fsck`")

    def revisions(self) -> Sequence[str]:
        """What to name to git log: HEAD where there is one, else every branch (a bundle often has no HEAD)."""
        head = subprocess.run(  # noqa: S603
            self.command("rev-parse", "--verify", "--quiet", "HEAD^{commit}"), capture_output=True, check=False
        )
        return ("HEAD",) if head.returncode == 0 else ("--all",)

    @contextmanager
    def blobs(self) -> Iterator["Blobs"]:
        """A reader of file contents that asks one long-lived git process."""
        with subprocess.Popen(  # noqa: S603
            self.command("cat-file", "--batch"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            yield Blobs(process.stdin, process.stdout, self.name)
            process.stdin.close()

    def texts(self, blobs: Sequence[str]) -> Generator[str | None, None, None]:
        """The text of each blob, in order, as `Blobs.text` gives it.

        All are asked for at once, so that git reads on while a text is worked on.
        """
        with tempfile.TemporaryFile() as questions:
            questions.writelines(map(_question, blobs))
            questions.seek(0)
            with subprocess.Popen(  # noqa: S603
                self.command("cat-file", "--batch", "--buffer"), stdin=questions, stdout=subprocess.PIPE
            ) as process:
                assert process.stdout is not None
                for blob in blobs:
                    yield _text(_answer(process.stdout, blob, self.name))

    def command(self, *arguments: str) -> list[str]:
        """A git command on this repository, which runs nothing that the repository's own configuration names."""
        return ["git", *HARMLESS, "-c", f"safe.directory={self.folder}", "-C", str(self.folder), *arguments]


class Blobs:
    """Reads blobs by id from a running `git cat-file --batch`."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes], name: str) -> None:
        self._questions = questions
        self._answers = answers
        self._name = name

    def text(self, blob: str) -> str | None:
        """The text of the blob; bytes that are no UTF-8 are lone surrogates."""
        return _text(self.read(blob))

    def read(self, blob: str) -> bytes | None:
        """The bytes of the blob; None when the repository does not hold it. Raises HistoryError when git stops."""
        try:
            self._questions.write(_question(blob))
            self._questions.flush()
        except BrokenPipeError:  # git has stopped, as reading will tell
            with suppress(BrokenPipeError):
                self._questions.close()  # or it would try again to send what nobody takes, and fail with that
        return _answer(self._answers, blob, self._name)


def _question(blob: str) -> bytes:
    return blob.encode("ascii", "replace").replace(b"\n", b"") + b"\n"


def _answer(answers: IO[bytes], blob: str, name: str) -> bytes | None:
    """The next answer of `git cat-file --batch`. Raises HistoryError when there is none."""
    answer = answers.readline().split()
    if len(answer) == 3 and answer[2].isdigit():
        content = answers.read(int(answer[2]))
        answers.read(1)
        return content
    if answer and answer[-1] in (b"missing", b"ambiguous"):
        return None
    raise HistoryError(name, f"git stopped while reading {blob}", "check it with `git fsck`")


def _text(content: bytes | None) -> str | None:
    """The text of a blob; bytes that are no UTF-8 are lone surrogates."""
    return None if content is None else content.decode("utf-8", "surrogateescape")


@contextmanager
def opened(path: Path) -> Iterator[Repository]:
    """The repository at `path`, a folder or a bundle file; a bundle is unpacked into a folder that goes away again.

    Raises HistoryError when it is neither.
    """
    if path.is_dir():
        yield Repository(path, str(path))
        return
    _check_bundle(path)
    with tempfile.TemporaryDirectory(prefix="clausewatch-") as folder:
        for command in (
            ["git", "init", "--quiet", "--bare", folder],
            ["git", *HARMLESS, "-C", folder, "fetch", "--quiet", str(path.resolve()), "+refs/*:refs/*"],
        ):
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
            if done.returncode != 0:
                complaint = _short(done.stderr.decode("utf-8", "replace"))
                raise HistoryError(str(path), f"git cannot unpack it ({complaint})", "fetch the bundle again")
        yield Repository(Path(folder), str(path))


def _check_bundle(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(15)
    except OSError as error:
        raise HistoryError(str(path), f"cannot be read ({error.strerror})", "name a repository or bundle") from error
    if head not in BUNDLE_HEADS:
        raise HistoryError(str(path), "is no git repository and no bundle", "name one, e.g. a clone of a collection")


def _records(stream: IO[bytes]) -> Iterator[str]:
    """NUL-separated records of a stream, read in pieces."""
    rest = b""
    while piece := stream.read(1 << 16):
        *whole, rest = (rest + piece).split(b"\0")
        yield from (record.decode("utf-8", "replace") for record in whole)
    if rest:
        yield rest.decode("utf-8", "replace")


def _short(complaint: str) -> str:
    """Git's first line of complaint, bounded."""
    return complaint.strip().splitlines()[0][:120] if complaint.strip() else "no word why"
