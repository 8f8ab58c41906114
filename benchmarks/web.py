"""How quickly the pages answer sixteen clients at once: python -m benchmarks.web [ARCHIVE] [SECONDS].

Without an archive the whole of ../shared/corpus is imported first, once, into benchmarks/.archive.db (ten minutes).
Needs wrk. The first lines are pages asked again and again, as readers do; those called cold are asked once each.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from clausewatch import wiring
from clausewatch.config import Config
from clausewatch.web.reading import read_due
from clausewatch.web.slugs import document_slug, service_slug
from diffing.archive import Archive
from tests.support.shared import CORPUS

CLIENTS = 16
HERE = Path(__file__).parent
PROGRAM = Path(sys.executable).with_name("clausewatch")
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_SCRIPT = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def imported() -> Path:
    """The archive of the whole corpus, indexed and read."""
    path = HERE / ".archive.db"
    if not path.exists():
        for bundle in sorted(CORPUS.glob("*.bundle")):
            print(f"importing {bundle.name} ...", flush=True)
            command = [PROGRAM, "--config", _config(path), "import", "ota", bundle, "--collection", bundle.stem]
            subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    return path


def _config(archive: Path) -> Path:
    path = Path(tempfile.mkdtemp()) / "clausewatch.toml"
    path.write_text(f'archive = "{archive.resolve()}"\n')
    return path


@contextmanager
def serving(archive: Path) -> Iterator[str]:
    """The address of a server over the archive."""
    server = subprocess.Popen(
        [str(PROGRAM), "--config", str(_config(archive)), "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().split()[1].rstrip("/")
    finally:
        server.terminate()
        server.wait()


def latency(address: str, paths: Sequence[str], seconds: int) -> tuple[float, float, float, int]:
    """(median, 99th percentile, requests a second, answers that were no 200) in milliseconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % ", ".join(f'"{path}"' for path in paths))
        script.flush()
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script.name]
        out = subprocess.run([*command, address], check=True, capture_output=True, text=True).stdout
    median, late = (_ms(re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", out)) for share in (50, 99))
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return median, late, float(rate[1]) if rate else 0.0, int(bad[1]) if bad else 0


def _ms(found: re.Match[str] | None) -> float:
    assert found, "wrk has another form of output than this knows"
    return float(found[1]) * _UNITS[found[2]]


def size(address: str, path: str) -> int:
    """Bytes of a page."""
    with urllib.request.urlopen(address + path) as answer:
        return len(answer.read())


def pages(archive: Archive) -> dict[str, list[str]]:
    """Paths by what they are."""
    with archive.reading() as database:
        largest = database.execute("SELECT name FROM changes ORDER BY length(edits) DESC LIMIT 1").fetchone()[0]
        flagged = [
            row[0]
            for row in database.execute(
                "SELECT DISTINCT name FROM changes JOIN flags ON change_id = version_id"
            ).fetchall()
        ]
        changed = [
            row[0]
            for row in database.execute(
                "SELECT name FROM changes WHERE kind = 'substantive' ORDER BY name LIMIT 4000"
            ).fetchall()
        ]
        longest = database.execute(
            "SELECT document_id FROM versions GROUP BY document_id ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()[0]
        ends = [
            row[0]
            for row in database.execute(
                "SELECT name FROM versions WHERE document_id = ? ORDER BY observed_at", (longest,)
            ).fetchall()
        ]
    names = {document.service for document in archive.documents()}
    slugs = [document_slug(document) for document in archive.documents()]
    linkedin = next(change for change in archive.changes(service="LinkedIn", topic="ai_training"))
    return {
        "Latest": ["/"],
        "Latest, filtered": ["/?topic=ai_training&effect=introduces"],
        "Latest, everything": ["/?show=all"],
        "A year": ["/year/2025"],
        "Change (LinkedIn)": [f"/change/{linkedin.id}"],
        "Change, the largest redline": [f"/change/{largest}"],
        "  its whole text": [f"/change/{largest}?whole=yes"],
        "Changes with flags, cold": [f"/change/{name}" for name in flagged],
        "Changes without, cold": [f"/change/{name}?view=side" for name in changed],
        "Diff of the longest history": [f"/diff/{ends[0]}/{ends[-1]}"],
        "Terms, the most versions": [f"/terms/{slugs[0]}"] if not ends else [_terms(archive, longest)],
        "Terms, cold": [f"/terms/{slug}" for slug in slugs],
        "Version with blame": [f"/version/{linkedin.after.id}"],
        "Services": ["/services"],
        "Service (LinkedIn)": [f"/service/{service_slug('LinkedIn')}"],
        "Service, cold": [f"/service/{service_slug(name)}" for name in sorted(names)],
        "Topic": ["/topic/ai_training"],
        "Search": ["/search?q=train*+models"],
        "Search, cold": [f"/search?q={a}+{b}" for a in _WORDS for b in _WORDS if a != b],
        "Coming up": ["/coming-up"],
        "Health": ["/health"],
        "About": ["/about"],
        "API: changes": ["/api/v1/changes"],
        "API: edits of the largest": [f"/api/v1/changes/{largest}/edits"],
    }


_WORDS = (
    "data",
    "train*",
    "partners",
    "cookies",
    "share",
    "consent",
    "models",
    "privacy",
    "advert*",
    "rights",
    "delete",
    "account",
    "content",
    "services",
    "children",
    "law",
    "security",
    "location",
    "contact",
    "legal",
)


def _terms(archive: Archive, document: int) -> str:
    from clausewatch.web.store import directory

    with archive.reading() as database:
        return f"/terms/{directory.read(database).by_id[document].slug}"


def main(archive: Path, seconds: int) -> None:
    """Print a line a page."""
    with Archive.open(archive) as kept:
        kept.asking.catch_up()
        read_due(kept, wiring.topics(Config(archive=archive)))
        asked = pages(kept)
    print(f"{'page':30} {'median':>8} {'p99':>8} {'a second':>9} {'kB':>6}")
    with serving(archive) as address:
        time.sleep(20)
        for name, paths in asked.items():
            median, late, rate, bad = latency(address, paths, seconds)
            kb = size(address, paths[0]) / 1000
            wrong = f"  {bad} were no 200" if bad else ""
            print(f"{name:30} {median:6.0f} ms {late:5.0f} ms {rate:9.0f} {kb:6.0f}{wrong}", flush=True)


if __name__ == "__main__":
    if shutil.which("wrk") is None:
        sys.exit("benchmarks.web: needs wrk: apt-get install wrk")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else imported(), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
