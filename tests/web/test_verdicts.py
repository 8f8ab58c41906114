"""What readers said, as labels that flags are measured on."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from clausewatch import wiring
from clausewatch.config import Config
from clausewatch.web import acts
from clausewatch.web.serving import site
from clausewatch.web.verdict_labels import labels
from tests.support.command import command
from tests.support.histories import History
from tests.support.web import NEW, NOW, OLD, START

run = pytest.fixture(command)

KEYS = {
    "id", "collection", "service", "terms", "date", "before", "after", "stratum", "topics", "why", "publisher",
}  # fmt: skip


def test_verdicts_are_exported_as_labels_that_an_evaluation_reads(
    run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "history").mkdir()
    history = History(tmp_path / "history")
    history.record("Chirrup/Privacy Policy.md", OLD, START, "First record of it")
    history.record("Chirrup/Privacy Policy.md", NEW, START + timedelta(days=10))
    assert callable(run)
    run("import", "ota", "history", "--collection", "own")
    config = Config(archive=tmp_path / "clausewatch.db")
    with wiring.archive(config) as kept:
        over = site(config, kept, now=lambda: NOW)
        (change,) = kept.changes(topic="ai_training")
        assert acts.judge(
            over, change.id, topic="ai_training", said="right", effect="", reason="it is new", reader="Ada"
        )
    exported = run("verdicts", "export")
    (label,) = exported.lines
    assert set(label) == KEYS
    assert label["topics"] == {"ai_training": {"alert": True, "effect": "introduces", "sure": True}}
    assert label["why"] == "Ada: it is new"
    (tmp_path / "labels.jsonl").write_text(exported.out)
    measured = run("evaluate", "labels.jsonl", "--history", "own=history", "--json")
    (found,) = measured.lines
    assert (found["pairs"], found["skipped"]) == (1, 0)
    assert found["topics"]["ai_training"]["precision"] == 1


def test_readers_who_disagree_leave_a_label_unsure(tmp_path: Path) -> None:
    from tests.support.web import filled

    with filled(tmp_path) as over:
        change = next(change for change in over.archive.changes(topic="ai_training") if change.before)
        acts.judge(over, change.id, topic="ai_training", said="right", effect="", reason="", reader="Ada")
        acts.judge(over, change.id, topic="ai_training", said="wrong", effect="", reason="no", reader="Grace")
        (label,) = labels(over.archive)
        assert label["topics"]["ai_training"] == {"alert": False, "effect": None, "sure": False}
        assert label["why"] == "Ada: right; Grace: no"
        assert list(labels(over.archive, NOW + timedelta(seconds=1))) == []
        assert json.loads(json.dumps(label)) == label
