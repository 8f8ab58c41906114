"""A redline in words: what is left out of it takes no white space along."""

from alerts.redline import as_text, folded
from diffing.words import word_edits

BEFORE = (
    "If you wish to end this contract at any time you can do so by closing your account and no longer using it at all."
)


def test_words_behind_a_comma_that_was_put_in_keep_their_space_where_the_rest_is_folded() -> None:
    after = BEFORE.replace("at any time", "at any time,")

    assert as_text(folded(word_edits(BEFORE, after), 3)) == "… at any time{+,+} you can do …"


def test_what_is_folded_between_two_changes_keeps_the_space_on_either_side() -> None:
    after = BEFORE.replace("contract", "contract,").replace("account", "account,")

    drawn = as_text(folded(word_edits(BEFORE, after), 2))

    assert drawn == "… this contract{+,+} at any … your account{+,+} and no …"
