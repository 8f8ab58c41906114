"""A process that records versions until it is stopped: `python recording.py FILE SERVICE COUNT`.

It prints the id of each version once `record` has returned, and can be run again: it goes on where it was stopped.
"""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from diffing.archive import Archive
from tests.support.archives import DOCUMENT, capture, first, following, version


def record_all(file: Path, service: str, count: int) -> None:
    document = replace(DOCUMENT, service=service)
    with Archive.open(file, wait_ms=60_000) as archive:
        for number in range(count):
            paragraphs = [f"Paragraph {part} as of edition {number - number % (part + 1)}." for part in range(40)]
            seen = version("\n\n".join(paragraphs), hours=number, document=document)
            before = archive.current(document)
            if before is None:
                archive.record(replace(first(seen), captures=(capture(b"%d" % number),)))
            elif before.observed_at < seen.observed_at:
                archive.record(following(before, seen, channels=("mail", "hook")))
            sys.stdout.write(seen.id + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    record_all(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
