"""Whose act it is: a sentence that names people or a ban may still say what the publisher does."""

import pytest

from tests.support.flagging import said


@pytest.mark.parametrize(
    ("text", "stem", "stance"),
    [
        ("If you use the free plan: your user data is used to train our models.", "", "permits"),
        ("Using automated systems, we read messages and improve our AI models.", "", "permits"),
        ("You may instruct Nord not to use your clips to improve its AI models by writing to us.", "", "limits"),
        ("You may instruct Nord not to use Nord content to improve its AI models by writing to us.", "", "limits"),
        ("Object to the use of your inputs for model training.", "You can at any time:", "limits"),
        ("This licence does not permit the training of AI models.", "You grant us the following licence:", "denies"),
    ],
)
def test_the_publisher_acts(text: str, stem: str, stance: str) -> None:
    assert {statement.stance.value for statement in said(text, stem=stem)} == {stance}


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("Use output to train models that compete with ours.", "You may not:"),
        ("Fine-tune our models with your own files.", "You can at any time:"),
        ("You may not use bots to collect our content in order to train your AI models.", ""),
        ("It is not permitted to train AI models with the content of this site.", ""),
    ],
)
def test_people_act_or_are_forbidden_to(text: str, stem: str) -> None:
    assert said(text, stem=stem) == ()
