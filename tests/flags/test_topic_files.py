from pathlib import Path

import pytest

from data import folder
from diffing.alignment import align
from diffing.flag import Flag
from diffing.flags import flags
from diffing.passages import passages
from diffing.topics import Topic, load_topics
from diffing.topics.errors import TopicError
from tests.support.flagging import said as statements_in

GOOD = """
name: cats
title: {en: Cats}
languages:
  en:
    words: {feed: [feed, "feed*"], cat: [cat, cats]}
    rules:
      - {name: feeding, core: [feed, cat], reach: 5}
"""


def flags_of(text: str, *topics: Topic) -> tuple[Flag, ...]:
    """What the topics find in an English text that is new."""
    return flags(align(passages(""), passages(text)), topics, language="en", service="Examplar")


def refusal(folder_: Path, text: str) -> str:
    (folder_ / "cats.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(TopicError) as caught:
        load_topics((folder_,))
    return str(caught.value).replace(str(folder_) + "/", "")


def test_the_shipped_topics_load_in_english_and_french() -> None:
    topics = load_topics((folder("topics"),))
    assert {"ai_training", "microsoft_ads"} <= {topic.name for topic in topics}
    for topic in topics:
        assert {"en", "fr"} <= set(topic.wordings)
        assert {"en", "fr"} <= set(topic.title)


def test_a_topic_of_one_s_own_needs_no_code(tmp_path: Path) -> None:
    (tmp_path / "cats.yaml").write_text(GOOD, encoding="utf-8")
    (topic,) = load_topics((tmp_path,))
    assert (topic.name, topic.title["en"], [rule.name for rule in topic.wordings["en"].rules]) == (
        "cats",
        "Cats",
        ["cats.en.feeding"],
    )


def test_a_file_read_again_is_the_same_topic_until_it_is_changed(tmp_path: Path) -> None:
    (tmp_path / "cats.yaml").write_text(GOOD, encoding="utf-8")
    (first,), (again,) = load_topics((tmp_path,)), load_topics((tmp_path,))
    (tmp_path / "cats.yaml").write_text(GOOD.replace("[cat, cats]", "[cat, cats, kitten]"), encoding="utf-8")
    (changed,) = load_topics((tmp_path,))
    assert again.wordings["en"] is first.wordings["en"]
    assert [bool(flags_of("We feed every kitten.", topic)) for topic in (again, changed)] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: cats", "nom: cats", 'key "nom" is unknown; remove it; the keys are name, title and languages'),
        ("name: cats", "name: my cats", 'key "name" is "my cats"; use letters, digits and underscores'),
        ("[cat, cats]", "[no]", 'key "languages.en.words.cat[0]" is False, not text; write it in quotes'),
        ("[cat, cats]", '["ca*"]', 'holds "ca*"; put the star at the end of a word, after 3 letters or more'),
        ("reach: 5", "reach: far", "rules[0].reach\" is 'far'; give a whole number from 0 to 100"),
        ("  en:\n    words", "  xx:\n    words", 'key "languages.xx" is no language known here; use one of '),
        ("reach: 5", "reach: 5, colour: red", 'key "languages.en.rules[0].colour" is unknown; use one of '),
        ("core: [feed, cat]", "core: []", 'rules[0].core" names 0 word classes; name one or two'),
        ("core: [feed, cat]", "core: [feed, dog]", 'rules[0].core" names "dog", which is no word class; use one of '),
        ("reach: 5", "reach: 5, cells: perhaps", "rules[0].cells\" is 'perhaps'; write true or false"),
        ("[cat, cats]", f"[{' '.join(['a/b/c/d'] * 6)}]", "write it as several phrases of 1000 alternatives at most"),
        ("reach: 5", "reach: 5, stance: maybe", "is 'maybe'; use one of permits, limits, denies"),
        (", reach: 5", "", 'key "languages.en.rules[0]" has no "reach"; add it; see docs/topics.md'),
    ],
)
def test_a_malformed_topic_says_file_key_and_what_to_do(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    said = refusal(tmp_path, GOOD.replace(old, new))
    assert said.startswith("cats.yaml: ")
    assert message in said


def test_a_file_that_is_no_yaml_says_so(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a: [b").startswith("cats.yaml: is not YAML (")


def test_two_topics_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(TopicError, match=r'b\.yaml: topic "cats" is declared twice; rename one of them'):
        load_topics((tmp_path,))


def test_words_that_begin_another_class_s_phrase_give_way_to_the_longer() -> None:
    assert statements_in("We improve our AI-generated content with your data.") == ()


def test_a_topic_may_have_a_file_for_each_language(tmp_path: Path) -> None:
    french = GOOD.replace("en: Cats", "fr: Chats").replace("  en:", "  fr:")
    (tmp_path / "cats.fr.yaml").write_text(french, encoding="utf-8")
    (tmp_path / "cats.yaml").write_text(GOOD, encoding="utf-8")
    (topic,) = load_topics((tmp_path,))
    assert (set(topic.wordings), topic.title) == ({"en", "fr"}, {"en": "Cats", "fr": "Chats"})
    assert [path.name for path in topic.files] == ["cats.fr.yaml", "cats.yaml"]


def test_a_phrase_may_hold_alternatives_of_one_or_more_words(tmp_path: Path) -> None:
    text = GOOD.replace("[cat, cats]", "[tame/stray cat/guinea_pig]")
    (tmp_path / "cats.yaml").write_text(text, encoding="utf-8")
    (topic,) = load_topics((tmp_path,))
    spoken = [flag.after for flag in flags_of("We feed stray cats. We feed a tame guinea pig. We feed cats.", topic)]
    assert spoken == ["We feed a tame guinea pig."]


def test_only_a_rule_that_says_so_reaches_from_cell_to_cell(tmp_path: Path) -> None:
    row = "| Feeding | Cat |\n"
    (tmp_path / "cats.yaml").write_text(GOOD, encoding="utf-8")
    assert flags_of(row, *load_topics((tmp_path,))) == ()
    (tmp_path / "cats.yaml").write_text(GOOD.replace("reach: 5", "reach: 5, cells: true"), encoding="utf-8")
    assert [flag.evidence for flag in flags_of(row, *load_topics((tmp_path,)))] == ["Feeding | Cat"]
