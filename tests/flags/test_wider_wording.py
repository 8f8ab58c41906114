"""Ways of saying it by structure: passives, what models are made from, what is learnt, what training is for."""

import pytest

from diffing.topics.tokens import tokens
from diffing.topics.vocabulary import Vocabulary
from tests.support.flagging import flagged, said, stances

TOLD = {
    "en": [
        ("Our ranking models are developed using members' reactions.", "permits"),
        ("Songs you rate are used to train it further.", "permits"),
        ("Photos you send are analysed to fine-tune the detector.", "permits"),
        ("The assistant is an AI that learns from your corrections.", "permits"),
        ("Your prompts are never kept for training.", "denies"),
        ("Uploads may be fed back into the translation model.", "permits"),
        ("We raise the accuracy of our algorithms with the trips you take.", "permits"),
        ("Requests about our training dataset are handled by post; it may hold data about you.", "permits"),
        ("Your drawings are used for our machine learning and for statistics.", "permits"),
        ("We use your clips to improve our services, including our AI models.", "permits"),
        ("What you tell our chatbot is kept to train it.", "permits"),
        ("Providers neither store nor learn from your code.", "denies"),
        ("Personal data may be used to train and test our automated systems.", "permits"),
        ("Pupil data is off limits for the training of AI.", "denies"),
    ],
    "fr": [
        ("Vos questions servent à entraîner l'outil.", "permits"),
        ("Nous réutilisons vos conversations pour l'entraînement.", "permits"),
        ("Les copies sont exploitées en vue d'améliorer les modèles de correction.", "permits"),
        ("Vos saisies permettent d'accroître la précision de nos algorithmes.", "permits"),
        ("Les données rendues anonymes sont utilisées aux fins de l'apprentissage automatique.", "permits"),
        ("Notre IA apprend grâce à vos corrections.", "permits"),
        ("Nous utilisons vos clips pour améliorer nos services, y compris nos modèles d'IA.", "permits"),
        ("Vos échanges avec le chatbot sont conservés pour l'entraîner.", "permits"),
        ("Vos prompts ne sont pas conservés à des fins d'entraînement.", "denies"),
    ],
}

SILENT = {
    "en": [
        "Recordings are used to train our customer service representatives.",
        "Your personal trainer sees your heart rate during training.",
        "The model was made from steel; your name is engraved on request.",
        "You can learn from your coach about AI.",
        "Your messages can be used by other users to train models.",
        "Calls may be recorded for training and quality purposes.",
        "You must not train AI on our content with automated systems.",
        "Our spam filter is built with care for your privacy.",
    ],
    "fr": [
        "Nous lisons vos commentaires pour améliorer l'assistant virtuel.",
        "En mode entraînement, vous jouez contre une IA.",
        "Vos conversations avec le coach servent à organiser l'entraînement sportif.",
        "Vous ne devez pas entraîner d'IA avec nos contenus.",
        "Vos données peuvent être utilisées pour la formation de nos conseillers.",
    ],
}


@pytest.mark.parametrize(("language", "text", "stance"), [(tongue, *row) for tongue in TOLD for row in TOLD[tongue]])
def test_it_is_told(language: str, text: str, stance: str) -> None:
    assert stances(text, language) == {stance}


@pytest.mark.parametrize(("language", "text"), [(tongue, text) for tongue in SILENT for text in SILENT[tongue]])
def test_what_only_looks_like_it_is_not(language: str, text: str) -> None:
    assert stances(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "section"),
    [
        ("en", "They come from Microsoft, to whom we send your address and query.", "Advertising"),
        ("fr", "Elles viennent de Microsoft, à qui nous transmettons votre adresse IP.", "Annonces"),
    ],
)
def test_what_is_handed_over_serves_the_purpose_of_its_heading(language: str, text: str, section: str) -> None:
    assert said(text, "microsoft_ads", language=language, section=section)
    assert not said(text, "microsoft_ads", language=language, section="Maps")


@pytest.mark.parametrize(
    ("language", "text", "service"),
    [
        ("en", "We improve our shop and its advertising with Microsoft Clarity, to see how you use it.", "Examplar"),
        ("en", "You can object to Microsoft's interest-based advertising.", "Examplar"),
        ("en", "We share data with our parent for advertising.", "LinkedIn"),
        ("fr", "Nous ne recourons plus aux pixels de LinkedIn.", "Examplar"),
        ("fr", "Des listes hachées sont envoyées à LinkedIn pour constituer des audiences.", "Examplar"),
    ],
)
def test_ad_data_is_told_by_what_is_done_with_it(language: str, text: str, service: str) -> None:
    assert said(text, "microsoft_ads", language=language, service=service)


def test_what_is_shared_is_looked_up_in_the_sentence_before() -> None:
    about = "We share your identifiers with these advertising partners: Google, Meta."
    found = flagged(about, f"{about}\n\nWe also share them with Microsoft.")
    assert [flag.topic for flag in found] == ["microsoft_ads"]


def test_a_way_out_of_what_the_sentence_before_says_is_one() -> None:
    about = "We rely on legitimate interests when your posts help the development of our AI."
    found = flagged(about, f"{about}\n\nYou may object to this use by writing to us.")
    assert [(flag.topic, flag.effect.value) for flag in found] == [("ai_training", "limits")]


def test_the_firm_s_own_refusal_is_no_way_out() -> None:
    about = "Requests about our training dataset, which may hold data about you, are welcome."
    assert flagged(about, f"{about} We may also decline this request.") == ()


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ("Helping to improve our models is off unless you turn it on.",
         "Helping to improve our models is on unless you turn it off.", "introduces"),
        ("Use of your posts to train our models is on by default.",
         "Use of your posts to train our models is off by default.", "limits"),
    ],
)  # fmt: skip
def test_a_default_that_is_turned_is_flagged(before: str, after: str, effect: str) -> None:
    assert [flag.effect.value for flag in flagged(before, after)] == [effect]


def test_a_class_that_stands_beside_others_hides_none_of_their_words() -> None:
    classes = {"purpose": ["used to train"], "verb": ["train"], "thing": ["train our staff"]}
    found = tokens("used to train models")
    assert set(Vocabulary(classes, apart=True).mentions(found)) == {"purpose"}
    assert set(Vocabulary(classes, apart=True, free=["purpose"]).mentions(found)) == {"purpose", "verb"}
