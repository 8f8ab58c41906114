"""Span: a run of words that was kept, deleted or inserted."""

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """What happened to a run of words inside a reworded passage."""

    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of whole words, with the white space after them, that was kept, deleted or inserted.

    White space stands alone where only it changed.
    """

    op: Op
    text: str
