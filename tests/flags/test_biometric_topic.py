"""The third topic: it reads English and French, keeps to its subject, and is off until asked for."""

import pytest

from data import folder
from diffing.passage import Passage, PassageKind
from diffing.topics import load_topics, statements

(TOPIC,) = load_topics((folder("topics") / "examples",))
CASES = [
    ("en", "permits", "We collect voiceprints and face geometry to secure your account."),
    ("en", "permits", "Your fingerprint data may be shared with our identity provider."),
    ("en", "permits", "We compare your selfie with the photo in your passport."),
    ("en", "permits", "Our cameras recognise faces at the entrance."),
    ("en", "denies", "We never store biometric identifiers."),
    ("en", "denies", "We do not identify you by your voice."),
    ("en", "limits", "We will not create a faceprint without your consent."),
    ("en", "limits", "You can opt out of facial recognition in your settings."),
    ("en", "", "You may not use the service to collect biometric data of others."),
    ("en", "", "Customer must not process face templates with our API."),
    ("en", "", "We use device fingerprints to keep fraud away."),
    ("en", "", "We identify trends in how the service is used."),
    ("en", "", "We face new rules and use your data to follow them."),
    ("en", "", "We use your posts to train our AI models."),
    ("fr", "permits", "Nous collectons vos données biométriques pour vérifier votre identité."),
    ("fr", "permits", "Nous comparons votre selfie à la photo de votre passeport."),
    ("fr", "denies", "Nous ne stockons jamais d'empreintes vocales."),
    ("fr", "denies", "Nous n'utilisons pas la reconnaissance faciale."),
    ("fr", "limits", "Vous pouvez vous opposer au traitement de vos données biométriques."),
    ("fr", "limits", "Nous ne créons aucun gabarit facial sans votre consentement."),
    ("fr", "", "Vous ne pouvez pas collecter de données biométriques d'autres personnes."),
    ("fr", "", "Nous utilisons l'empreinte numérique de l'appareil contre la fraude."),
    ("fr", "", "Nous identifions les tendances d'utilisation."),
]


@pytest.mark.parametrize(("language", "stance", "text"), CASES)
def test_a_sentence_says_what_a_reader_takes_from_it(language: str, stance: str, text: str) -> None:
    passage = Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text)
    found = {statement.stance.value for statement in statements(passage, TOPIC, language, "Examplar")}
    assert found == ({stance} if stance else set())


def test_the_example_is_not_among_the_topics_everybody_gets() -> None:
    assert TOPIC.name not in {topic.name for topic in load_topics((folder("topics"),))}
