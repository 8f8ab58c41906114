"""Rivals: other ways to compare two texts, on the same pairs."""

import difflib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import fast_diff_match_patch

from diffing.alignment import align
from diffing.block import text_of
from diffing.context import Context
from diffing.normalise import skeleton
from diffing.passages import Passages
from diffing.tokens import tokens

Compare = Callable[[str, str], object]

CACHES = (text_of, skeleton, Context)


def ours(before: str, after: str) -> int:
    """Passages, alignment and the word edits of every edit; nothing is remembered from an earlier pair's passages."""
    edits = align(Passages(before), Passages(after))
    return sum(len(edit.words) for edit in edits)


def difflib_by_words(before: str, after: str) -> object:
    """The standard library's, over words."""
    return difflib.SequenceMatcher(None, tokens(before), tokens(after)).get_opcodes()


def fast_by_characters(before: str, after: str) -> object:
    """diff-match-patch in C++, over characters, without a time limit."""
    return fast_diff_match_patch.diff(before, after, timelimit=0, cleanup="No", counts_only=True)


def fast_by_words(before: str, after: str) -> object:
    """The same over words, each encoded as a character."""
    codes: dict[str, str] = {}
    old, new = (
        "".join(codes.setdefault(word, chr(0x10000 + len(codes))) for word in tokens(text)) for text in (before, after)
    )
    return fast_by_characters(old, new)


@contextmanager
def git_by_words() -> Iterator[Compare]:
    """Git's word diff, a process a pair."""
    with TemporaryDirectory() as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        command = ["git", "diff", "--no-index", "--word-diff=porcelain", str(old), str(new)]

        def compare(before: str, after: str) -> object:
            old.write_bytes(before.encode("utf-8", "surrogateescape"))
            new.write_bytes(after.encode("utf-8", "surrogateescape"))
            return subprocess.run(command, stdout=subprocess.DEVNULL, check=False)

        yield compare
