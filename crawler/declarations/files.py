"""Reading declaration files from folders."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from crawler.declarations.collection import Declarations
from crawler.declarations.declaration import Declaration
from crawler.declarations.filtering import NONE, UserFilters
from crawler.declarations.parsing import Parsed, parse
from crawler.errors import DeclarationError

MAX_BYTES = 5_000_000
"""A declaration file larger than this is none; the largest public one has about 30 kB."""


def load(folders: Iterable[Path], known: UserFilters = NONE) -> Declarations:
    """Read every declaration in the folders, one file a service, in the order of folders and file names.

    A folder that holds no JSON but a folder `declarations` stands for that one, as in a public collection. A service
    in a later folder takes the place of one of the same name in an earlier folder; of two in one folder the second goes
    by the name of its file, as public collections have it. known: what foreign filters are in our
    primitives. A file that cannot be read is a problem and stops only itself. Raises DeclarationError when a folder is
    missing.
    """
    items: dict[str, tuple[Declaration, ...]] = {}
    problems: list[DeclarationError] = []
    warnings: list[str] = []
    for folder in folders:
        parsed = _read(_files(folder), known, problems)
        seen: dict[str, Path] = {}
        for path, one in sorted(parsed.items(), key=lambda item: item[0].stem != item[1].service):
            try:
                named = _named(path, one, seen, known)
            except DeclarationError as error:
                problems.append(error)
                continue
            seen[named.service] = path
            parsed[path] = named
        for path, one in parsed.items():
            if path not in seen.values():
                continue
            if items.get(one.service):
                warnings.append(f'{path}: takes the place of "{one.service}" in an earlier folder')
            items[one.service] = one.declarations
            problems.extend(one.problems)
            warnings.extend(one.warnings)
    found = tuple(declaration for declarations in items.values() for declaration in declarations)
    return Declarations(items=found, problems=tuple(problems), warnings=tuple(warnings))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise DeclarationError(str(folder), "is no folder", "name a folder of declarations")
    files = [path for path in folder.glob("*.json") if not path.name.endswith(".history.json")]
    if not files and (folder / "declarations").is_dir():
        return _files(folder / "declarations")
    return sorted(files, key=lambda path: path.name.casefold())


def _read(paths: Iterable[Path], known: UserFilters, problems: list[DeclarationError]) -> dict[Path, Parsed]:
    """What is in each file; one that cannot be read goes to the problems."""
    parsed = {}
    for path in paths:
        try:
            parsed[path] = parse(_content(path), str(path), known=known)
        except DeclarationError as error:
            problems.append(error)
    return parsed


def _named(path: Path, parsed: Parsed, seen: Mapping[str, Path], known: UserFilters) -> Parsed:
    """What is in the file, under a name that no file before it has."""
    if parsed.service not in seen:
        return parsed
    said = f'service "{parsed.service}" is declared in {seen[parsed.service].name} already'
    if path.stem in seen:
        raise DeclarationError(str(path), said, "keep one of the two")
    again = parse(_content(path), str(path), known=known, name=path.stem)
    return replace(again, warnings=(f'{path}: {said}; this one goes by its file, "{path.stem}"', *again.warnings))


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DeclarationError(str(path), f"has more than {MAX_BYTES:,} bytes", "correct the file")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeclarationError(str(path), f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except OSError as error:
        raise DeclarationError(str(path), f"cannot be read ({error.strerror})", "correct its permissions") from error
