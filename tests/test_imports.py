"""Imports point one way: clausewatch > crawler > alerts > diffing > data."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = ("data", "diffing", "alerts", "crawler", "clausewatch")
ROOT = Path(__file__).parents[1]
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imported_rooms(path: Path) -> Iterator[str]:
    """Names of our rooms that the file imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                modules = [module]
            case _:
                continue
        yield from (name for name in (module.split(".")[0] for module in modules) if name in ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_itself_and_rooms_below(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    above = ROOMS[ROOMS.index(room) + 1 :]
    assert not set(imported_rooms(path)) & set(above)


def test_the_rooms_are_not_empty() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(ROOMS)
