"""`clausewatch evaluate`: how good the flags are, measured on labelled changes."""

import hashlib
import json as json_format
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from clausewatch import wiring
from clausewatch.baselines import baselines
from clausewatch.cli import output, state
from clausewatch.cli.main import app
from clausewatch.errors import UsageError
from clausewatch.evaluation import Evaluation, Row, score_json
from clausewatch.evaluation import evaluate as run
from diffing.evaluation import Score
from diffing.flag import Effect
from diffing.language import language_of


class By(StrEnum):
    """How the figures may be split."""

    STRATUM = "stratum"
    LANGUAGE = "language"
    PUBLISHER_HALF = "publisher-half"
    PUBLISHER_FOLD = "publisher-fold"
    COLLECTION = "collection"


def publisher_group(row: Row, groups: str, salt: str) -> str:
    """One of the groups by a hash of the publisher, so that all its rows fall into one."""
    publisher = row.label.publisher or row.label.service
    return groups[int(hashlib.sha256(f"{salt}:{publisher}".encode()).hexdigest(), 16) % len(groups)]


NAME = 28
"""Width of the first column, so that the table fits 80."""

SPLITS: dict[By, Callable[[Row], str]] = {
    By.STRATUM: lambda row: row.label.stratum,
    By.LANGUAGE: lambda row: language_of(row.after) or language_of(row.before) or "?",
    By.PUBLISHER_HALF: lambda row: publisher_group(row, "AB", "93"),
    By.PUBLISHER_FOLD: lambda row: publisher_group(row, "12345", "93"),
    By.COLLECTION: lambda row: row.label.collection,
}
"""The salt balances the labels of the halves."""


@app.command()
def evaluate(
    labels: Annotated[Path, typer.Argument(metavar="LABELS.jsonl", help="Labelled changes, a JSON object a line.")],
    history: Annotated[
        list[str], typer.Option(metavar="NAME=REPO_OR_BUNDLE", help="Where a collection's texts are; repeat it.")
    ],
    by: Annotated[
        list[By] | None, typer.Option(help="Split the figures too; may be repeated.", case_sensitive=False)
    ] = None,
    simple: Annotated[bool, typer.Option("--baselines", help="What simple methods reach on the same rows.")] = False,
    confusion: Annotated[bool, typer.Option("--confusion", help="Which effects are told as which.")] = False,
    errors: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every miss there, as JSON lines.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Compare labelled pairs of texts and print precision, recall, F1 and how often the effect is right, per topic.

    Rows their labellers were not sure of are left out and counted; so are rows whose texts a history does not hold. The
    rules learn nothing from the labels they are run on; a split by publisher shows how much they differ between some.
    """
    found = run(labels, dict(_named(text) for text in history), wiring.topics(state.config()))
    if errors is not None:
        _write(errors, found)
    reached = baselines(found) if simple else {}
    if json:
        output.json_lines([{**found.as_json(), **_more(found, by or (), reached, confusion)}])
        return
    console = output.console()
    for line in (*_lines(found, by or (), reached), *(_confusions(found) if confusion else ()), *_left_out(found)):
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


def _more(
    found: Evaluation, splits: Sequence[By], reached: Mapping[str, Mapping[str, Score]], confusion: bool
) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if splits:
        more["by"] = {
            by.value: {
                name: {topic: score_json(found.score(topic, rows)) for topic in found.topics}
                for name, rows in _groups(found, by).items()
            }
            for by in splits
        }
    if reached:
        more["baselines"] = {
            topic: {name: score_json(one) for name, one in methods.items()} for topic, methods in reached.items()
        }
    if confusion:
        more["confusion"] = {
            topic: {f"{expected.value} as {told.value}": n for (expected, told), n in found.confusion(topic).items()}
            for topic in found.topics
        }
    return more


def _lines(found: Evaluation, splits: Sequence[By], reached: Mapping[str, Mapping[str, Score]]) -> Iterator[str]:
    yield f"{'':{NAME}}  prec.  recall     F1  effect   tp  fp  fn   tn"
    for topic in found.topics:
        yield _line(topic, found.score(topic))
        for name, one in reached.get(topic, {}).items():
            yield _line(f"  {name}", one, effect=False)
        for by in splits:
            for name, rows in _groups(found, by).items():
                yield _line(f"  {by.value.removeprefix('publisher-')} {name}", found.score(topic, rows))


def _confusions(found: Evaluation) -> Iterator[str]:
    """A table a topic: a row for each effect readers gave, a column for each that was told."""
    for topic in found.topics:
        told = found.confusion(topic)
        yield ""
        yield f"{topic} told as:"
        yield f"{'':18}" + "".join(f"{effect.value[:10]:>12}" for effect in Effect)
        for expected in Effect:
            yield f"{expected.value:18}" + "".join(f"{told[expected, effect]:12}" for effect in Effect)


def _left_out(found: Evaluation) -> Iterator[str]:
    unsure = ", ".join(f"{count} {topic}" for topic, count in found.unsure.items())
    yield f"{len(found.rows)} pairs in {found.seconds:.1f} s; not sure and left out: {unsure}."
    if found.skipped:
        names = ", ".join(f"{label.id} ({label.collection})" for label in found.skipped[:10])
        more = f" and {len(found.skipped) - 10} more" if len(found.skipped) > 10 else ""
        yield f"{len(found.skipped)} skipped, their texts are in no history given: {names}{more}."


def _line(name: str, one: Score, *, effect: bool = True) -> str:
    """A line of the table; a dash where there is nothing to have a share of."""
    alerts, due = one.tp + one.fp, one.tp + one.fn
    shares = (
        f"{_share(one.precision, alerts):>7}{_share(one.recall, due):>8}{_share(one.f1, alerts + due):>7}"
        f"{_share(one.effect_accuracy, one.effects if effect else 0):>8}"
    )
    return f"{name:{NAME}}{shares} {one.tp:4} {one.fp:3} {one.fn:3} {one.tn:4}"


def _share(value: float, of: int) -> str:
    return f"{value:.3f}" if of else "–"
