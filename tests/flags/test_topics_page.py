"""The worked example of docs/topics.md runs, and so does the topic it is taken from."""

import re
from pathlib import Path

import pytest

from data import folder
from diffing.passage import Passage, PassageKind
from diffing.topics import Topic, load_topics, statements

PAGE = Path(__file__).parents[2] / "docs" / "topics.md"
SAID = {
    "We store voiceprints of callers.": ["permits"],
    "We do not use facial recognition.": ["denies"],
    "You may object to the use of biometric data.": ["limits"],
    "You may not collect biometric data of others.": [],
}


@pytest.fixture(params=["page", "shipped"])
def topic(request: pytest.FixtureRequest, tmp_path: Path) -> Topic:
    if request.param == "shipped":
        return load_topics((folder("topics") / "examples",))[0]
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    (tmp_path / "example.yaml").write_text(example[1], encoding="utf-8")
    return load_topics((tmp_path,))[0]


@pytest.mark.parametrize("text", SAID)
def test_the_example_says_what_the_page_says(topic: Topic, text: str) -> None:
    assert text.rstrip(".") in PAGE.read_text("utf-8").replace("\n", " ")
    passage = Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text)
    assert [statement.stance.value for statement in statements(passage, topic, "en", "Examplar")] == SAID[text]


def test_the_example_speaks_french_too() -> None:
    (topic,) = load_topics((folder("topics") / "examples",))
    text = "Nous n'utilisons pas la reconnaissance faciale."
    passage = Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text)
    assert [statement.stance.value for statement in statements(passage, topic, "fr", "Examplar")] == ["denies"]
