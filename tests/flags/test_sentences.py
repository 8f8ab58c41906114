from diffing.sentences import sentences


def test_sentences_say_where_they_stand() -> None:
    text = "  One is here. Two is “there.” Three, e.g. Four (No. 5). "
    for sentence in sentences(text, "en"):
        assert text[sentence.start : sentence.end] == sentence.text
    assert [s.text for s in sentences(text, "en")] == [
        "One is here.",
        "Two is “there.”",
        "Three, e.g. Four (No. 5).",
    ]


def test_a_number_or_letter_in_front_belongs_to_its_sentence() -> None:
    assert len(sentences("1. Data we use. A. Posts.", "en")) == 2


def test_inline_bullets_are_sentences() -> None:
    assert [s.text for s in sentences("We use: • posts • files", "en")] == ["We use:", "posts", "files"]


def test_french_abbreviations_end_nothing() -> None:
    assert len(sentences("M. Dupont lit l'art. 6 du texte. Il signe.", "fr")) == 2


def test_nothing_gives_nothing() -> None:
    assert sentences("   ", "en") == ()


def test_a_question_that_lost_the_space_before_its_answer_ends_there() -> None:
    assert [s.text for s in sentences("Do you train AI?We never do so. See x.example/?Key=1", "en")] == [
        "Do you train AI?",
        "We never do so.",
        "See x.example/?Key=1",
    ]
