"""`clausewatch evaluate`: how good the flags are, measured on labelled changes."""

import hashlib
import json as json_format
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.errors import UsageError
from clausewatch.evaluation import Evaluation, Row, score_json
from clausewatch.evaluation import evaluate as run


class By(StrEnum):
    """How the figures may be split."""

    STRATUM = "stratum"
    PUBLISHER_HALF = "publisher-half"
    COLLECTION = "collection"


def publisher_half(row: Row) -> str:
    """ "A" or "B", by a hash of the publisher, so that all its rows fall into one; the salt balances the labels."""
    publisher = row.label.publisher or row.label.service
    return "AB"[int(hashlib.sha256(f"93:{publisher}".encode()).hexdigest(), 16) % 2]


SPLITS: dict[By, Callable[[Row], str]] = {
    By.STRATUM: lambda row: row.label.stratum,
    By.PUBLISHER_HALF: publisher_half,
    By.COLLECTION: lambda row: row.label.collection,
}


@app.command()
def evaluate(
    labels: Annotated[Path, typer.Argument(metavar="LABELS.jsonl", help="Labelled changes, a JSON object a line.")],
    history: Annotated[
        list[str], typer.Option(metavar="NAME=REPO_OR_BUNDLE", help="Where a collection's texts are; repeat it.")
    ],
    by: Annotated[By | None, typer.Option(help="Split the figures too.", case_sensitive=False)] = None,
    errors: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every miss there, as JSON lines.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Compare labelled pairs of texts and print precision, recall, F1 and how often the effect is right, per topic.

    Rows their labellers were not sure of are left out and counted; so are rows whose texts a history does not hold.
    """
    found = run(labels, dict(_named(text) for text in history), wiring.topics(state.config()))
    if errors is not None:
        _write(errors, found)
    if json:
        output.json_lines([{**found.as_json(), **({"by": _split(found, by)} if by else {})}])
        return
    console = output.console()
    for line in _lines(found, by):
        console.print(output.plain(line))


def _named(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if not (name and equals and path):
        raise UsageError("--history", f'"{text}" is not NAME=REPO_OR_BUNDLE', "name the collection, then where it is")
    return name, Path(path)


def _write(path: Path, found: Evaluation) -> None:
    lines = (json_format.dumps(miss, ensure_ascii=False) + "\n" for miss in found.misses())
    try:
        path.write_text("".join(lines), "utf-8")
    except OSError as error:
        raise UsageError(str(path), f"cannot be written ({error.strerror})", "name a file that can") from error


def _groups(found: Evaluation, by: By) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in found.rows:
        groups.setdefault(SPLITS[by](row), []).append(row)
    return dict(sorted(groups.items()))


def _split(found: Evaluation, by: By) -> dict[str, dict[str, dict[str, float | int]]]:
    return {
        name: {topic: score_json(found.score(topic, rows)) for topic in found.topics}
        for name, rows in _groups(found, by).items()
    }


def _lines(found: Evaluation, by: By | None) -> list[str]:
    lines = [f"{'':26}  prec.  recall     F1  effect   tp  fp  fn   tn"]
    for topic in found.topics:
        lines.append(_line(topic, found, topic, found.rows))
        if by is not None:
            lines.extend(_line(f"  {name}", found, topic, rows) for name, rows in _groups(found, by).items())
    unsure = ", ".join(f"{count} {topic}" for topic, count in found.unsure.items())
    lines.append(f"{len(found.rows)} pairs in {found.seconds:.1f} s; not sure and left out: {unsure}.")
    if found.skipped:
        names = ", ".join(f"{label.id} ({label.collection})" for label in found.skipped[:10])
        more = f" and {len(found.skipped) - 10} more" if len(found.skipped) > 10 else ""
        lines.append(f"{len(found.skipped)} skipped, their texts are in no history given: {names}{more}.")
    return lines


def _line(name: str, found: Evaluation, topic: str, rows: list[Row] | tuple[Row, ...]) -> str:
    one = found.score(topic, rows)
    ratios = f"{one.precision:7.3f} {one.recall:7.3f} {one.f1:6.3f} {one.effect_accuracy:7.3f}"
    return f"{name:26}{ratios} {one.tp:4} {one.fp:3} {one.fn:3} {one.tn:4}"
