"""Check: one thing the doctor looked at, and what it found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How it stands."""

    OK = "ok"
    WARNING = "warning"
    """It works, or partly, but somebody should look."""
    WRONG = "wrong"
    """It does not work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at. name: what; said: what was found; todo: what to do, "" where nothing is."""

    name: str
    verdict: Verdict
    said: str
    todo: str = ""
