"""Stands: in which versions of a document each wording stood, a row a wording."""

from collections.abc import Collection, Mapping, Sequence

import sqlite_utils

from diffing.archive.codec import pack_ids, unpack_ids

Turns = tuple[int, ...]
"""Versions at which a wording came, went, came, ...; of an odd number, it still stands."""

_AT_ONCE = 500
"""Values in one SQL statement."""

_SELECT = "SELECT wording, first, until, stays FROM holdings WHERE document_id = ? AND wording IN ({marks})"


def turns(first: int, until: int | None, stays: bytes | None) -> Turns:
    """The turns in a row. Nearly all wordings came once, and need no list."""
    if stays is not None:
        return tuple(unpack_ids(stays))
    return (first,) if until is None else (first, until)


def of_document(database: sqlite_utils.Database, document_id: int, wordings: Collection[int]) -> dict[int, Turns]:
    """The turns of these wordings, of those that ever stood in the document."""
    wanted = sorted(wordings)
    found: dict[int, Turns] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        rows = database.execute(_SELECT.format(marks=",".join("?" * len(some))), (document_id, *some))
        found.update((wording, turns(*row)) for wording, *row in rows.fetchall())
    return found


def add(
    database: sqlite_utils.Database,
    document_id: int,
    before: frozenset[int],
    versions: Sequence[tuple[int, frozenset[int]]],
) -> None:
    """Add versions that follow one another, each with its wordings. before: those of the version before the first."""
    turned: dict[int, list[int]] = {}
    stood = before
    for version, stands in versions:
        for wording in stood ^ stands:
            turned.setdefault(wording, []).append(version)
        stood = stands
    known = of_document(database, document_id, turned)
    put(database, document_id, {wording: (*known.get(wording, ()), *more) for wording, more in turned.items()})


def put(database: sqlite_utils.Database, document_id: int, changed: Mapping[int, Turns]) -> None:
    """Keep the turns of wordings in place of what was kept of them."""
    database.conn.executemany(
        "INSERT OR REPLACE INTO holdings (document_id, wording, first, until, stays) VALUES (?, ?, ?, ?, ?)",
        [
            (
                document_id,
                wording,
                all_[0],
                None if len(all_) % 2 else all_[-1],
                pack_ids(all_) if len(all_) > 2 else None,
            )
            for wording, all_ in sorted(changed.items())
        ],
    )


def forget(database: sqlite_utils.Database, document_id: int) -> None:
    """Drop what is kept of a document, before it is added anew."""
    database.conn.execute("DELETE FROM holdings WHERE document_id = ?", (document_id,))
