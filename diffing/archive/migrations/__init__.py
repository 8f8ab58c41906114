"""Migrations: the schema, as steps that are run once each, in order; a file a step.

A released step is never changed, only followed by another.
"""

from collections.abc import Callable
from typing import Final

from sqlite_utils import Database

from diffing.archive.migrations import (
    m001_archive,
    m002_warnings,
    m003_index,
    m004_digests,
    m005_web,
    m006_announcements,
    m007_waits,
    m008_counted,
)

APPLICATION_ID: Final = 0x436C7768
"""Marks the file as ours ("Clwh"), so that somebody else's database is never migrated."""

STEPS: Final[tuple[Callable[[Database], None], ...]] = (
    m001_archive.apply,
    m002_warnings.apply,
    m003_index.apply,
    m004_digests.apply,
    m005_web.apply,
    m006_announcements.apply,
    m007_waits.apply,
    m008_counted.apply,
)

LATEST: Final = len(STEPS)
"""The file's `user_version` after all steps."""
