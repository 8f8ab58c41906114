"""Edits and facts are kept by line, so that they outlive the way a text is cut into passages."""

from diffing.archive.lines import Lines

TEXT = "Privacy\n=======\n\nWe keep it.\n\n---\n\n*   one\n*   two\n"


def test_passages_are_numbered_by_the_lines_they_start_on() -> None:
    lines = Lines(TEXT)
    starts = [lines.start(number) for number in range(4)]
    assert starts == [0, 3, 7, 8]
    assert [lines.passages[lines.number(start)].text for start in starts] == [
        "Privacy",
        "We keep it.",
        "one",
        "two",
    ]


def test_a_line_inside_a_passage_means_that_passage() -> None:
    assert Lines(TEXT).number(1) == 0
    assert Lines(TEXT).number(5) == 1
    assert Lines(TEXT).number(100) == 3
