"""How long flags and facts take an edit, on the labelled changes; and whether hostile text costs more than its length.

Run by `make bench`. Needs the folder `shared/` beside the checkout. Ratios and means of one run; nothing is asserted.
"""

import json
import time
from datetime import date
from pathlib import Path

import data
from clausewatch.evaluation import read_labels
from crawler.imports.repository import opened
from diffing.alignment import align
from diffing.facts import facts
from diffing.flags import flags
from diffing.language import language_of
from diffing.passages import passages
from diffing.topics import Topic, load_topics

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
OUT = Path(__file__).parent / "results" / "flags.json"
WORDS = ("train ", "model ", "data ", "Microsoft ", "not ", "unless ")


def main() -> None:
    """Measure, print and write the results."""
    topics = load_topics([data.folder("topics")])
    measured = _edits(topics) | _hostile(topics)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(measured, indent=2) + "\n")
    for name, value in measured.items():
        print(f"{name:48} {value}")


def _edits(topics: tuple[Topic, ...]) -> dict[str, float]:
    edits, flagging, reading = 0, 0.0, 0.0
    labels = read_labels(CORPUS / "labels.jsonl")
    for collection in sorted({label.collection for label in labels}):
        with opened(CORPUS / f"{collection}.bundle") as repository, repository.blobs() as blobs:
            for label in (label for label in labels if label.collection == collection):
                before, after = (
                    (blobs.read(blob) or b"").decode("utf-8", "surrogateescape") for blob in (label.before, label.after)
                )
                old, new, language = passages(before), passages(after), language_of(after)
                steps = align(old, new)
                begun = time.perf_counter()
                found = flags(steps, topics, language=language, service=label.service, before=old, after=new)
                flagged = time.perf_counter()
                facts(steps, found, new, language=language, observed_on=date(2025, 9, 18))
                flagging, reading = flagging + flagged - begun, reading + time.perf_counter() - flagged
                edits += len(steps)
    return {
        "edits": edits,
        "flags, ms an edit": round(1000 * flagging / edits, 3),
        "facts, ms an edit": round(1000 * reading / edits, 3),
    }


def _hostile(topics: tuple[Topic, ...]) -> dict[str, float]:
    """How much longer 100 kB of one repeated word takes than 10 kB; 10 is linear."""
    return {
        f"100 kB of {word.strip()!r} against 10 kB": round(
            _judged(topics, word, 100_000) / _judged(topics, word, 10_000), 1
        )
        for word in WORDS
    }


def _judged(topics: tuple[Topic, ...], word: str, size: int) -> float:
    text = word * (size // len(word))
    steps = align(passages("# Terms\n"), passages("# Terms\n\n" + text + "\n"))
    begun = time.perf_counter()
    flags(steps, topics, language="en", service="Nord")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
