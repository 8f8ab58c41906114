"""The root of all errors this program raises on purpose."""

from enum import StrEnum
from typing import Any, ClassVar


class ClausewatchError(Exception):
    """Something went wrong that a reader can act on: where, what, and what to do next.

    Each package draws its own branch in its `errors.py`. `reason` is for programs (never parse the text),
    the message for people. A traceback of one of these never reaches a user.

    >>> str(ClausewatchError("clausewatch.toml", "key \\"archive\\" is empty", "name a file"))
    'clausewatch.toml: key "archive" is empty; name a file'
    """

    reason: ClassVar[StrEnum]

    def __init__(self, where: str, what: str, todo: str) -> None:
        super().__init__(f"{where}: {what}; {todo}")
        self.where = where
        self.what = what
        self.todo = todo

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it was made of, so that it can be raised again in another process."""
        return type(self), (self.where, self.what, self.todo), self.__dict__
