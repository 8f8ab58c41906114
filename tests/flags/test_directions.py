"""A table of changed sentences of our own, with what each change does to people."""

import pytest

from diffing.evaluation import verdict
from tests.support.flagging import flagged

FILLER = "# Policy\n\nWe keep records of what you buy.\n\n"
CHANGES = [
    ("en", "We use your posts to show ads.", "We use your posts to show ads and to train our AI models.", "introduces"),
    (
        "en",
        "We use your posts to train our AI models.",
        "We use your posts to train our AI models and those of our affiliates.",
        "introduces",
    ),
    (
        "en",
        "We use public posts to train our AI models.",
        "We use public posts and private messages to train our AI models.",
        "introduces",
    ),
    ("en", "We use your data to train our AI models.", "We use de-identified data to train our AI models.", "limits"),
    (
        "en",
        "We do not use your content to train AI.",
        "We do not use your private content to train AI.",
        "drops_protection",
    ),
    (
        "en",
        "We do not use your content to train AI.",
        "We do not use your content to train AI unless you opt in.",
        "drops_protection",
    ),
    ("en", "We do not use your content to train AI.", "", "drops_protection"),
    ("en", "We may use your chats to train our models.", "We will not use your chats to train our models.", "limits"),
    ("en", "You can opt out of AI training in the settings.", "", "drops_protection"),
    (
        "en",
        "We train our models on your chats unless you opt out.",
        "We train our models on your chats if you opt in.",
        "limits",
    ),
    (
        "en",
        "We train our models on your chats if you opt in.",
        "We train our models on your chats unless you opt out.",
        "introduces",
    ),
    ("en", "We use your inputs to train our models.", "", "withdraws"),
    ("en", "We use your inputs and outputs to train our models.", "We use your inputs to train our models.", "limits"),
    ("en", "We train our own models on your inputs.", "We and our partners train models on your inputs.", "introduces"),
    ("en", "We use your posts to train our AI models.", "We are using your posts to train our AI models.", ""),
    (
        "en",
        "We use your posts to train our AI models.",
        "We use your posts to train our AI models, except posts of minors.",
        "limits",
    ),
    (
        "en",
        "We use your posts to train our AI models, except posts of minors and private posts.",
        "We use your posts to train our AI models, except posts of minors.",
        "introduces",
    ),
    (
        "en",
        "You may not use our content to train AI.",
        "You may not use our content to train AI or for data mining.",
        "",
    ),
    (
        "en",
        "Users in the EU can opt out of AI training.",
        "Users in the EU and the UK can opt out of AI training.",
        "limits",
    ),
    (
        "en",
        "Everybody can opt out of AI training.",
        "Only paying users can opt out of AI training.",
        "drops_protection",
    ),
    ("en", "We do not let partners train AI on your data.", "We may let partners train AI on your data.", "introduces"),
    (
        "en",
        "We do not use your content to train third-party models.",
        "We do not use your content to train models.",
        "limits",
    ),
    (
        "en",
        "We do not use your content to train models.",
        "We do not use your content to train third-party models.",
        "drops_protection",
    ),
    (
        "en",
        "Our models are trained on licensed data.",
        "Our models are trained on licensed data and on your public posts.",
        "introduces",
    ),
    (
        "fr",
        "Nous utilisons vos publications pour afficher des annonces.",
        "Nous utilisons vos publications pour afficher des annonces et entraîner nos modèles d'IA.",
        "introduces",
    ),
    (
        "fr",
        "Nous utilisons vos publications pour entraîner nos modèles d'IA.",
        "Nous n'utilisons pas vos publications pour entraîner nos modèles d'IA.",
        "limits",
    ),
    (
        "fr",
        "Nous n'utilisons pas vos contenus pour entraîner l'IA.",
        "Nous n'utilisons pas vos contenus pour entraîner l'IA, sauf si vous y consentez.",
        "drops_protection",
    ),
    ("fr", "Vous pouvez vous opposer à l'entraînement de l'IA avec vos données.", "", "drops_protection"),
    ("fr", "Nous utilisons vos échanges pour entraîner nos modèles.", "", "withdraws"),
    (
        "fr",
        "Nous utilisons vos publications pour entraîner nos modèles d'IA.",
        "Nous utilisons vos publications et vos messages pour entraîner nos modèles d'IA.",
        "introduces",
    ),
    (
        "fr",
        "Nous utilisons vos publications pour entraîner nos modèles d'IA.",
        "Nous utilisons vos publications pour entraîner nos modèles d'IA, sauf opposition de votre part.",
        "limits",
    ),
    (
        "fr",
        "Nous utilisons vos données pour entraîner nos modèles.",
        "Nous utilisons uniquement des données anonymisées pour entraîner nos modèles.",
        "limits",
    ),
]


@pytest.mark.parametrize(("language", "before", "after", "effect"), CHANGES)
def test_a_reworded_sentence_has_the_effect_a_reader_gives_it(
    language: str, before: str, after: str, effect: str
) -> None:
    found = verdict(flagged(FILLER + before, FILLER + after, language=language), "ai_training")
    assert (found.effect.value if found.effect else "") == effect
