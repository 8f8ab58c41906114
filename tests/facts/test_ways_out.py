"""Ways out, defaults, reaching back and recipients, as real policies word them."""

import pytest

from diffing.fact import FactName
from tests.support.facts import read, said, values


@pytest.mark.parametrize(
    ("language", "sentence", "path"),
    [
        ("en", "To opt out, go to Settings, then Privacy, then AI Training.", "Settings > Privacy > AI Training"),
        ("en", "You can opt out: open Settings and select Data for AI.", "Settings > Data for AI"),
        ("en", "Opt out by visiting the Data from others for Ads setting.", "Data from others for Ads setting"),
        ("en", "In the Privacy & Security settings you can opt out.", "Privacy & Security settings"),
        ("en", "You can opt out in Your Account settings.", "settings"),
        ("en", "You can opt out using the applicable setting in your account setting.", "settings"),
        ("en", 'You can object by ticking a box on the "AI choices" page.', "AI choices"),
        ("fr", "Pour vous opposer, allez dans Paramètres, puis Confidentialité.", "Paramètres > Confidentialité"),
        ("fr", "Vous pouvez vous opposer dans le paramètre Données pour l’IA.", "paramètre Données pour l’IA"),
    ],
)
def test_a_way_through_the_settings_is_read_without_arrows(language: str, sentence: str, path: str) -> None:
    assert said(sentence, FactName.OPT_OUT_PATH, language=language) == [path]


@pytest.mark.parametrize(
    "sentence",
    ["You can opt out with the controls there.", "We train AI in the Privacy Settings team.", "Opt out by mail."],
)
def test_what_is_no_place_to_go_is_no_way_out(sentence: str) -> None:
    assert said(sentence, FactName.OPT_OUT_PATH) == []


HOST = "https://platform.example"


@pytest.mark.parametrize(
    ("markdown", "plain", "path"),
    [
        (
            f"As our [policy]({HOST}/p) says we train AI, and you can opt out [here]({HOST}/out).",
            "As our policy says we train AI, and you can opt out here.",
            "/out",
        ),
        (
            f"[Learn more]({HOST}/more) about AI training, which you can opt out of [here]({HOST}/out).",
            "Learn more about AI training, which you can opt out of here.",
            "/out",
        ),
        (
            f"We train AI; your settings can be found [here]({HOST}/settings).",
            "We train AI; your settings can be found here.",
            "/settings",
        ),
    ],
)
def test_of_several_links_the_way_out_is_the_one_behind_the_objection(markdown: str, plain: str, path: str) -> None:
    assert values(read(markdown, plain), FactName.OPT_OUT_URL) == [HOST + path]


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        (
            f"We train AI as our [Privacy Policy]({HOST}/p) says, unless you opt out.",
            "We train AI as our Privacy Policy says, unless you opt out.",
        ),
        (
            f"Click [here]({HOST}/p) to learn more about how to opt out of training.",
            "Click here to learn more about how to opt out of training.",
        ),
    ],
)
def test_a_text_to_read_is_no_way_out(markdown: str, plain: str) -> None:
    assert values(read(markdown, plain), FactName.OPT_OUT_URL) == []


@pytest.mark.parametrize(
    ("language", "sentence", "default"),
    [
        ("en", "We do not train AI on your posts without your explicit opt-in.", ["off"]),
        ("en", "We will not train on your voice without consent, given through an opt-in mechanism.", ["off"]),
        ("en", "We train on your prompts only when you do not opt out.", ["on"]),
        ("en", "We do not train AI on your prompts except where you have not opted out.", ["on"]),
        ("en", "We train AI unless you opted out, or the product is opted-out by default.", []),
        ("en", "If the service is not opted-out by default, you can opt out of training.", []),
        ("fr", "Nous entraînons l’IA, sauf si vous vous y opposez.", ["on"]),
        ("fr", "Nous entraînons l’IA si vous ne vous y êtes pas opposé, ce que vous pouvez faire ici.", ["on"]),
    ],
)
def test_the_default_is_what_happens_to_those_who_do_nothing(language: str, sentence: str, default: list[str]) -> None:
    assert said(sentence, FactName.DEFAULT, language=language) == default


@pytest.mark.parametrize(
    ("sentence", "reaches"),
    [
        ("Your opt-out will only be effective for future prompts used to train our models.", ["yes"]),
        ("Opting out does not affect data already used to train our models.", ["yes"]),
        ("Withdrawing consent does not affect the lawfulness of training before it.", []),
    ],
)
def test_an_objection_that_undoes_nothing_is_told(sentence: str, reaches: list[str]) -> None:
    assert said(sentence, FactName.RETROACTIVE) == reaches


@pytest.mark.parametrize(
    ("language", "sentence", "recipients"),
    [
        ("en", "Acme receives information about your interaction with our website for ads.", ["Acme"]),
        ("en", "Your prompts are processed by third-party providers that train models.", ["service_providers"]),
        ("en", "We make your content available for publication by other companies.", ["third_parties"]),
        ("en", "See the partners we share data with for advertising.", ["partners"]),
        ("en", "When a customer provides feedback to Acme, we train on it.", []),
        ("en", "Data is processed by Acme for Business to train models.", []),
        ("fr", "Nous rendons vos contenus disponibles pour une utilisation par des tiers.", ["third_parties"]),
    ],
)
def test_who_receives_data_is_a_recipient_however_it_is_said(
    language: str, sentence: str, recipients: list[str]
) -> None:
    assert said(sentence, FactName.RECIPIENT, language=language) == recipients


def test_an_item_under_a_sentence_of_sharing_names_its_recipient_first() -> None:
    item = "With our chatbot providers: they train bots on your chats."
    found = read(f"We may disclose data about you:\n\n* {item}", item)
    assert values(found, FactName.RECIPIENT) == ["service_providers"]


@pytest.mark.parametrize(
    ("sentence", "used", "excluded"),
    [
        (
            "We do not use your prompts to train our models when you use our paid plans.",
            [],
            ["business_customers"],
        ),
        ("You may instruct us not to use your prompts to train our models.", ["prompts"], []),
        ("While we do not use your posts to profile you, we do use them to train AI.", [], []),
        ("If you do not want us to train AI on your posts, opt out.", ["posts"], []),
        ("We train AI. Learn more about the inferences we may make about your gender and your posts.", [], []),
    ],
)
def test_a_refusal_to_some_or_for_some_purpose_leaves_no_data_out(
    sentence: str, used: list[str], excluded: list[str]
) -> None:
    found = read(sentence, sentence)
    assert (values(found, FactName.DATA_USED), values(found, FactName.DATA_EXCLUDED)) == (used, excluded)


def test_a_heading_that_is_a_legal_basis_is_that_of_what_stands_under_it() -> None:
    sentence = "We train our models on your posts."
    assert values(read(f"## 2. Consent\n\n{sentence}", sentence), FactName.LEGAL_BASIS) == ["consent"]
    assert values(read(f"## Your consent and us\n\n{sentence}", sentence), FactName.LEGAL_BASIS) == []
