import pytest

from tests.support.flagging import said

PERMITS = [
    ("en", "We may use content that is not personal data to train our AI models."),
    ("en", "We may use the pictures you upload to train our generative models."),
    ("en", "Your posts may be used for training our machine learning models unless you opt out."),
    ("en", "Our affiliates use this information to develop and improve their AI."),
    ("en", "You grant us a licence to use your content to train artificial intelligence."),
    ("fr", "Nous utilisons vos publications pour entraîner nos modèles d'intelligence artificielle."),
    ("fr", "Vos données servent au développement et à l'amélioration de notre IA."),
    ("fr", "Vos messages peuvent servir à l'entraînement de nos modèles, sauf si vous vous y opposez."),
]
DENIES = [
    ("en", "We do not use your messages to train our models."),
    ("en", "Your files are never used to train AI."),
    ("en", "We do not use any data from your directory, including names, teams and calendars, for training models."),
    ("en", "We do not pass it on for any purpose, including but not limited to AI training."),
    ("en", "No customer content is used for training models."),
    ("fr", "Nous n'utilisons pas vos messages pour entraîner nos modèles."),
    ("fr", "Vos fichiers ne sont jamais utilisés pour l'entraînement de l'IA."),
]
LIMITS = [
    ("en", "You can opt out of AI training in your settings."),
    ("en", "We will not train our models on your prompts without your consent."),
    ("fr", "Vous pouvez vous opposer à l'utilisation de vos données pour entraîner nos modèles d'IA."),
]
NOTHING = [
    ("en", "You may not use our content to train AI."),
    ("en", "AI features may be wrong."),
    ("en", "If you customised, fine-tuned or otherwise modified the model, we owe you nothing."),
    ("en", "The Examplar models are trained and developed by Muster AG."),
    ("en", "You can unsubscribe from messages about events, training and offers."),
    ("en", "Our API allows you to fine-tune models on your data."),
    ("en", "We use your data for improving our business models."),
    ("en", "We use your information to improve our services."),
    ("en", "Robots and scrapers must not collect material to train language models."),
    ("en", "We train our staff on how we use artificial intelligence."),
    ("en", "You may use the service to fine-tune your own models."),
    ("en", "We use your data to improve our services using AI."),
    ("en", "We note the model of your device and your training courses."),
    ("fr", "Le non-respect de ces règles peut entraîner la résiliation de votre compte."),
    ("fr", "J'ai réservé un train avec vos données."),
    ("fr", "Vous pouvez vous inscrire à une formation sur l'intelligence artificielle."),
    ("fr", "Nous rémunérons nos affiliés selon le modèle de vente."),
    ("fr", "Il est interdit d'utiliser nos contenus pour entraîner une intelligence artificielle."),
    ("fr", "Nous améliorons nos services grâce à vos données."),
    ("fr", "Ces informations servent à évaluer vos activités et modèles de visite."),
]


@pytest.mark.parametrize(("language", "text"), PERMITS)
def test_a_sentence_that_says_people_s_data_trains_permits(language: str, text: str) -> None:
    assert {statement.stance.value for statement in said(text, language=language)} == {"permits"}


@pytest.mark.parametrize(("language", "text"), DENIES)
def test_a_promise_not_to_train_denies(language: str, text: str) -> None:
    assert {statement.stance.value for statement in said(text, language=language)} == {"denies"}


@pytest.mark.parametrize(("language", "text"), LIMITS)
def test_a_way_out_or_a_consent_limits(language: str, text: str) -> None:
    assert {statement.stance.value for statement in said(text, language=language)} == {"limits"}


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_only_looks_like_it_says_nothing(language: str, text: str) -> None:
    assert said(text, language=language) == ()


def test_an_item_inherits_who_acts_from_its_stem() -> None:
    assert [s.stance.value for s in said("train our models;", stem="We use your data to:")] == ["permits"]
    assert said("use the output to train models that rival ours;", stem="You must not:") == ()


def test_an_item_inherits_the_denial_of_its_stem() -> None:
    assert [s.stance.value for s in said("train AI models on your files;", stem="We never:")] == ["denies"]


def test_a_statement_says_where_it_stands() -> None:
    text = "Hello there. We use your chats to train our models."
    (statement,) = said(text)
    assert text[statement.start : statement.end] == "train our models"
    assert statement.sentence.text == "We use your chats to train our models."
    assert statement.rule == "ai_training.en.train_models"


def test_the_publisher_s_own_group_sharing_ad_data_with_microsoft_is_a_statement() -> None:
    assert said("We share data about you with Microsoft to personalise ads.", "microsoft_ads")
    assert said("Nous partageons vos données avec Microsoft à des fins publicitaires.", "microsoft_ads", language="fr")


def test_sign_in_hosting_and_browser_help_are_no_ad_data() -> None:
    for text in (
        "You can sign in with your Microsoft account.",
        "Our data is hosted on Microsoft Azure.",
        "To block cookies in Microsoft Edge, see its help.",
    ):
        assert said(text, "microsoft_ads") == ()


def test_ad_data_counts_without_the_name_only_in_texts_of_the_group() -> None:
    text = "We use your activity data to show you personalised ads."
    assert said(text, "microsoft_ads", service="LinkedIn")
    assert said(text, "microsoft_ads", service="Examplar") == ()


def test_a_hostile_text_is_read_in_one_pass() -> None:
    for text in ("train " * 20_000, "model " * 20_000, "train models we " * 7_000, "not " * 25_000):
        said(text)


def test_a_list_after_a_colon_keeps_the_denial_before_it() -> None:
    (statement,) = said("We do not use your files for: advertising; resale; training our AI models; or anything else.")
    assert statement.stance.value == "denies"


def test_a_provider_s_contract_not_to_train_denies() -> None:
    (statement,) = said("Providers are under a contractual obligation not to use your data to train their AI models.")
    assert statement.stance.value == "denies"
