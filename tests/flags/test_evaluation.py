import json
import subprocess
from pathlib import Path

import pytest

from clausewatch.baselines import baselines
from clausewatch.errors import UsageError
from clausewatch.evaluation import evaluate
from diffing.evaluation import Verdict, overall, score
from diffing.flag import Effect
from tests.support.command import command
from tests.support.flagging import topics

OLD = "We keep your posts for a year.\n"
NEW = OLD + "\nWe use your posts to train our AI models.\n"


def git(folder: Path, *arguments: str, text: str = "") -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(folder), *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    for text in (OLD, NEW):
        (folder / "Terms.md").write_text(text, encoding="utf-8")
        git(folder, "add", "Terms.md")
        git(folder, "commit", "--quiet", "-m", "Record")
    return folder


def blob(text: str) -> str:
    return subprocess.run(
        ["git", "hash-object", "--stdin"], input=text, capture_output=True, text=True, check=True
    ).stdout.strip()


def label(name: str, before: str, after: str, *, alert: bool, effect: str | None, sure: bool = True) -> str:
    topic = {"alert": alert, "effect": effect, "sure": sure}
    row = {"id": name, "collection": "own", "service": "Examplar", "terms": "Terms", "stratum": "candidate"}
    return json.dumps({**row, "before": blob(before), "after": blob(after), "topics": {"ai_training": topic}})


def labels(folder: Path, *lines: str) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_json_has_exactly_the_asked_shape(tmp_path: Path, repository: Path) -> None:
    path = labels(
        tmp_path,
        label("hit", OLD, NEW, alert=True, effect="introduces"),
        label("false alarm", NEW, OLD, alert=False, effect=None),
        label("unsure", OLD, NEW, alert=False, effect=None, sure=False),
        label("gone", "never recorded", NEW, alert=True, effect="limits"),
    )
    found = evaluate(path, {"own": repository}, topics())
    printed = found.as_json()
    assert printed.pop("seconds") >= 0
    assert printed == {
        "topics": {
            "ai_training": {
                "tp": 1,
                "fp": 1,
                "fn": 0,
                "tn": 0,
                "precision": 0.5,
                "recall": 1.0,
                "f1": 0.6667,
                "effect_accuracy": 1.0,
            }
        },
        "pairs": 3,
        "skipped": 1,
        "unsure": {"ai_training": 1},
    }
    assert [skipped.id for skipped in found.skipped] == ["gone"]
    (miss,) = found.misses()
    assert {passage["edit"] for passage in miss["text"]} <= {"added", "removed", "reworded", "moved"}
    assert any("train our AI models" in (p["before"] or "") + (p["after"] or "") for p in miss["text"])
    assert (miss["id"], miss["miss"], miss["found"]) == (
        "false alarm",
        "false_alarm",
        {"alert": True, "effect": "withdraws"},
    )


def test_a_bundle_is_read_as_its_repository_is(tmp_path: Path, repository: Path) -> None:
    bundle = tmp_path / "own.bundle"
    git(repository, "bundle", "create", "--quiet", str(bundle), "--all")
    path = labels(tmp_path, label("hit", OLD, NEW, alert=True, effect="introduces"))
    assert evaluate(path, {"own": bundle}, topics()).score("ai_training").tp == 1


def test_a_collection_without_a_history_is_skipped_and_named(tmp_path: Path) -> None:
    path = labels(tmp_path, label("hit", OLD, NEW, alert=True, effect="introduces"))
    assert [one.collection for one in evaluate(path, {}, topics()).skipped] == ["own"]


def test_a_broken_label_names_its_line(tmp_path: Path) -> None:
    path = labels(tmp_path, label("hit", OLD, NEW, alert=True, effect="introduces"), "{}")
    with pytest.raises(UsageError, match=r"labels\.jsonl:2: is no label \(KeyError: 'topics'\); see docs/topics\.md"):
        evaluate(path, {}, topics())


def test_no_alerts_score_nothing_and_divide_by_nothing() -> None:
    quiet = Verdict(alert=False, effect=None)
    found = score([(quiet, quiet)])
    assert (found.precision, found.recall, found.f1, found.effect_accuracy, found.tn) == (0, 0, 0, 0, 1)


def test_what_is_introduced_outweighs_the_limits_that_come_with_it() -> None:
    assert overall([Effect.LIMITS, Effect.INTRODUCES, Effect.LIMITS]) is Effect.INTRODUCES
    assert overall([Effect.DROPS_PROTECTION, Effect.LIMITS, Effect.REWORDS]) is Effect.REWORDS
    assert overall([Effect.WITHDRAWS, Effect.WITHDRAWS, Effect.DROPS_PROTECTION]) is Effect.WITHDRAWS
    assert overall([Effect.WITHDRAWS]) is Effect.WITHDRAWS


def test_permissions_in_the_place_of_a_promise_introduce() -> None:
    assert overall([Effect.INTRODUCES, Effect.INTRODUCES, Effect.DROPS_PROTECTION]) is Effect.INTRODUCES
    assert overall([Effect.INTRODUCES, Effect.DROPS_PROTECTION, Effect.DROPS_PROTECTION]) is Effect.DROPS_PROTECTION


def test_a_promise_that_goes_where_others_come_is_a_section_rewritten() -> None:
    assert overall([Effect.DROPS_PROTECTION, Effect.LIMITS, Effect.LIMITS]) is Effect.REWORDS


def test_permissions_that_go_outweigh_one_that_grows() -> None:
    assert overall([Effect.WITHDRAWS, Effect.WITHDRAWS, Effect.INTRODUCES]) is Effect.WITHDRAWS


def test_a_new_permission_beside_a_promise_that_goes_is_a_section_rewritten() -> None:
    assert overall([Effect.INTRODUCES, Effect.INTRODUCES, Effect.DROPS_PROTECTION, Effect.LIMITS]) is Effect.REWORDS
    assert overall([Effect.INTRODUCES, Effect.WITHDRAWS, Effect.REWORDS]) is Effect.REWORDS
    assert overall([Effect.INTRODUCES, Effect.WITHDRAWS]) is Effect.INTRODUCES


def test_simple_methods_are_measured_on_the_same_rows(tmp_path: Path, repository: Path) -> None:
    path = labels(
        tmp_path,
        label("hit", OLD, NEW, alert=True, effect="introduces"),
        label("went", NEW, OLD, alert=True, effect="withdraws"),
    )
    reached = baselines(evaluate(path, {"own": repository}, topics()))["ai_training"]
    assert {name: (one.tp, one.fn) for name, one in reached.items()} == {
        "alert on every change": (2, 0),
        "word search, added text": (1, 1),
        "word search, changed text": (2, 0),
        "regex on changed lines": (2, 0),
    }


def test_confused_effects_are_counted(tmp_path: Path, repository: Path) -> None:
    path = labels(
        tmp_path,
        label("right", OLD, NEW, alert=True, effect="introduces"),
        label("wrong", NEW, OLD, alert=True, effect="limits"),
        label("false alarm", OLD, NEW, alert=False, effect=None),
    )
    assert evaluate(path, {"own": repository}, topics()).confusion("ai_training") == {
        (Effect.INTRODUCES, Effect.INTRODUCES): 1,
        (Effect.LIMITS, Effect.WITHDRAWS): 1,
    }


def test_the_table_fits_a_terminal_and_the_json_holds_what_was_asked_for(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = command(monkeypatch, capsys)
    path = labels(tmp_path, label("hit", OLD, NEW, alert=True, effect="introduces"))
    asked = ["evaluate", str(path), "--history", f"own={repository}", "--baselines", "--confusion"]
    asked += [word for by in ("stratum", "language", "publisher-fold") for word in ("--by", by)]
    table = run(*asked)
    assert (table.code, table.err) == (0, "")
    assert max(map(len, table.out.splitlines())) <= 80
    assert "stratum candidate" in table.out
    (found,) = run(*asked, "--json").lines
    assert set(found["by"]) == {"stratum", "language", "publisher-fold"}
    assert found["baselines"]["ai_training"]["alert on every change"]["tp"] == 1
    assert found["confusion"] == {"ai_training": {"introduces as introduces": 1}}
