"""Words of a line of Markdown: the quick way and the thorough one say the same."""

import pytest

from diffing.plain import plain


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("1\\. What we keep \\- and why", "1. What we keep - and why"),
        ("_We keep it_, in snake_case", "We keep it, in snake_case"),
        ("Terms & Conditions, a &lt; b &amp; c", "Terms & Conditions, a < b & c"),
        ("less < more, ~ten, <https://nord.example/a>", "less < more, ~ten, https://nord.example/a"),
        ("_**We** keep_ it", "We keep it"),
        ("**a \\* b**", "a * b"),
        ("5 _ 3 and \\_6\\_", "5 _ 3 and _6_"),
    ],
)
def test_marks_go_and_signs_stay(markdown: str, words: str) -> None:
    assert plain(markdown)[0] == words


@pytest.mark.parametrize(
    ("markdown", "words", "links"),
    [
        ("see [our _own_ page](/a_b_c)", "see our own page", ("/a_b_c",)),
        ("see [this](/a_b) and 1\\.", "see this and 1.", ("/a_b",)),
        ("see [this](#a\\), [that](#b)", "see [this](#a), that", ("#b",)),
        ("see [this](/a\\_b)", "see this", ("/a\\_b",)),
    ],
)
def test_links_are_kept_as_they_stand(markdown: str, words: str, links: tuple[str, ...]) -> None:
    assert plain(markdown) == (words, links)
