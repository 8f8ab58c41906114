"""Foreign text on terminals and in headers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.clean import clean, clean_line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]8;;http://x.example\x07link\x1b]8;;\x07", "link"),
        ("\x1b]52;c;cm0gLXJm\x1b\\clipboard", "clipboard"),
        ("\x1bPq#0\x1b\\sixel", "sixel"),
        ("\x1bcreset", "reset"),
        ("\x1b\x1b[[31mnested", "31mnested"),
        ("a\rb\r\nc\u2028d", "a\nb\nc\nd"),
        ("back\x08\x7fspace\x00", "backspace"),
        ("\u202egpj.exe\u2066\u200f", "gpj.exe"),
        ("soft\u00adhyphen \ufefffirst \U000e0041tag", "softhyphen first tag"),
        ("tab\tstays, é and 👩\u200d💻 too", "tab\tstays, é and 👩\u200d💻 too"),
        ("lone \ud800", "lone \ufffd"),
    ],
)
def test_what_a_terminal_would_obey_is_gone_and_the_words_stay(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text())
def test_cleaned_text_holds_no_control_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not [char for char in cleaned if unicodedata.category(char) == "Cc" and char not in "\n\t"]


@given(st.text())
def test_a_cleaned_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1
