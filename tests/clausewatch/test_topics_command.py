"""What `clausewatch topics` says about topics, and what it finds in a text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import folder
from tests.support.command import Command, command
from tests.support.server import Server, serving

run = pytest.fixture(command)

TEXT = """# Privacy

## Learning

We use your posts to train our AI models. We store voiceprints of callers.

*   We share cookies with Microsoft Advertising.
"""
TOPIC = """
name: cats
title: {en: Cats}
languages:
  en:
    words: {feed: [feed, feeds], cat: [cat, cats]}
    rules:
      - {name: feeding, core: [feed, cat], reach: 5}
"""
EXAMPLES = str(folder("topics") / "examples")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration, a topic of one's own and a text."""
    (tmp_path / "clausewatch.toml").write_text('topics = ["mine"]\n[crawl]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n')
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "cats.yaml").write_text(TOPIC)
    (tmp_path / "policy.md").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def site() -> Iterator[Server]:
    page = "<main><h1>Privacy</h1><p>We keep records.</p><p>We use your posts to train our AI models.</p></main>"
    with serving({"/privacy": page}) as server:
        yield server


def test_the_list_names_shipped_topics_and_one_s_own_with_their_files(run: Command, here: Path) -> None:
    listed = {one["name"]: one for one in run("topics", "list", "--json").lines}
    assert {"ai_training", "microsoft_ads", "cats"} == set(listed)
    assert listed["cats"] == {
        "name": "cats",
        "title": "Cats",
        "languages": ["en"],
        "rules": 1,
        "files": [str(here / "mine" / "cats.yaml")],
    }


def test_the_list_is_a_table_for_people(run: Command, here: Path) -> None:
    ran = run("topics", "list")
    assert (ran.code, ran.err) == (0, "")
    for said in ("ai_training", "AI training", "de en es fr"):
        assert said in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_check_of_good_topics_counts_their_rules(run: Command, here: Path) -> None:
    assert "cats: 1 rules in en\n" in run("topics", "check").out
    ran = run("topics", "check", "mine")
    assert (ran.code, ran.out, ran.err) == (0, "cats: 1 rules in en\n", "")


def test_a_check_tells_every_mistake_and_ends_with_1(run: Command, here: Path) -> None:
    (here / "mine" / "a.yaml").write_text("name: [")
    (here / "mine" / "b.yaml").write_text(TOPIC.replace("reach: 5", "reach: far"))
    ran = run("topics", "check", "mine", "gone")
    assert (ran.code, ran.out) == (1, "cats: 1 rules in en\n")
    first, second, third = ran.err.splitlines()
    assert first.startswith("error: mine/a.yaml: is not YAML (")
    assert second == (
        "error: mine/b.yaml: key \"languages.en.rules[0].reach\" is 'far'; give a whole number from 0 to 100"
    )
    assert third == "error: gone: is neither a folder nor a file; correct the path"


def test_a_check_of_an_empty_folder_says_so(run: Command, here: Path) -> None:
    (here / "empty").mkdir()
    ran = run("topics", "check", "empty")
    assert (ran.code, ran.err) == (
        2,
        "clausewatch: topics check: no topic is there; name a folder with *.yaml files; see docs/topics.md\n",
    )


def test_a_try_finds_what_each_topic_says_with_its_reason(run: Command, here: Path) -> None:
    first, second = run("topics", "try", "policy.md", "--json").lines
    assert first == {
        "topic": "ai_training",
        "stance": "permits",
        "effect": "introduces",
        "rule": first["rule"],
        "evidence": first["evidence"],
        "sentence": "We use your posts to train our AI models.",
        "section": ["Privacy", "Learning"],
    }
    assert first["rule"].startswith("ai_training.en.")
    assert first["evidence"] in first["sentence"]
    assert second["topic"] == "microsoft_ads"


def test_a_try_is_told_to_people_in_words(run: Command, here: Path) -> None:
    ran = run("topics", "try", "policy.md")
    assert (ran.code, ran.err) == (0, "")
    assert "AI training: permits, introduces\n  Privacy › Learning\n  We use your posts to train" in ran.out
    assert "2 found in 4 passages, read as en." in ran.out


def test_a_topic_is_tried_without_being_configured(run: Command, here: Path) -> None:
    (found,) = run("topics", "try", "policy.md", "--dir", EXAMPLES, "--topic", "biometric_data", "--json").lines
    assert (found["topic"], found["evidence"]) == ("biometric_data", "store voiceprints")


def test_a_try_in_a_language_without_words_says_so(run: Command, here: Path) -> None:
    ran = run("topics", "try", "policy.md", "--topic", "cats", "--language", "fr")
    assert "0 found in 4 passages, read as fr. No words for it in cats;" in ran.out


def test_a_page_is_tried_and_nothing_of_it_is_kept(run: Command, here: Path, site: Server) -> None:
    before = sorted(path.name for path in here.iterdir())
    (found,) = run("topics", "try", f"{site.url}/privacy", "--json").lines
    assert found["sentence"] == "We use your posts to train our AI models."
    assert sorted(path.name for path in here.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("gone.md",), 1, "gone.md: cannot be read (No such file or directory); name a text file or an address"),
        (("mine",), 1, "mine: cannot be read (Is a directory); name a text file or an address"),
        (
            ("policy.md", "--topic", "dogs"),
            2,
            '--topic: "dogs" is no topic; use one of ai_training, microsoft_ads, cats, or add its --dir',
        ),
        (("policy.md", "--dir", "gone"), 1, "gone: is neither a folder nor a file; correct the path"),
    ],
)
def test_what_cannot_be_tried_is_one_line(
    run: Command, here: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = run("topics", "try", *arguments)
    assert (ran.code, ran.out, ran.err) == (code, "", f"clausewatch: {said}\n")


def test_a_page_that_is_not_there_is_one_line(run: Command, here: Path, site: Server) -> None:
    ran = run("topics", "try", f"{site.url}/gone")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"clausewatch: {site.url}/gone: ")
