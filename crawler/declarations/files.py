"""Reading declaration files from folders."""

from collections.abc import Iterable
from pathlib import Path

from crawler.declarations.collection import Declarations
from crawler.declarations.declaration import Declaration
from crawler.declarations.parsing import parse
from crawler.errors import DeclarationError

MAX_BYTES = 5_000_000
"""A declaration file larger than this is none; the largest public one has about 30 kB."""


def load(folders: Iterable[Path]) -> Declarations:
    """Read every declaration in the folders, one file a service, in the order of folders and file names.

    A folder that holds no JSON but a folder `declarations` stands for that one, as in a public collection. A service
    in a later folder takes the place of one of the same name in an earlier folder; twice in one folder is a problem.
    A file that cannot be read is a problem and stops only itself. Raises DeclarationError when a folder is missing.
    """
    items: dict[str, tuple[Declaration, ...]] = {}
    problems: list[DeclarationError] = []
    warnings: list[str] = []
    for folder in folders:
        seen: dict[str, Path] = {}
        for path in _files(folder):
            try:
                parsed = parse(_content(path), str(path))
                if parsed.service in seen:
                    raise DeclarationError(
                        str(path),
                        f'service "{parsed.service}" is declared in {seen[parsed.service].name} already',
                        "keep one of the two",
                    )
            except DeclarationError as error:
                problems.append(error)
                continue
            if items.get(parsed.service):
                warnings.append(f'{path}: takes the place of "{parsed.service}" in an earlier folder')
            seen[parsed.service] = path
            items[parsed.service] = parsed.declarations
            problems.extend(parsed.problems)
            warnings.extend(parsed.warnings)
    found = tuple(declaration for declarations in items.values() for declaration in declarations)
    return Declarations(items=found, problems=tuple(problems), warnings=tuple(warnings))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise DeclarationError(str(folder), "is no folder", "name a folder of declarations")
    files = [path for path in folder.glob("*.json") if not path.name.endswith(".history.json")]
    if not files and (folder / "declarations").is_dir():
        return _files(folder / "declarations")
    return sorted(files, key=lambda path: path.name.casefold())


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DeclarationError(str(path), f"has more than {MAX_BYTES:,} bytes", "correct the file")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeclarationError(str(path), f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except OSError as error:
        raise DeclarationError(str(path), f"cannot be read ({error.strerror})", "correct its permissions") from error
