"""Facts read from flagged sentences: regions, data, recipients, legal basis, default and the way out."""

import pytest

from diffing.fact import FactName
from diffing.flag import Stance
from tests.support.facts import read, said, values


@pytest.mark.parametrize(
    ("language", "sentence", "regions"),
    [
        ("en", "We train AI on the posts of members in the EU, EEA, UK and Switzerland.", ["EU", "EEA", "UK", "CH"]),
        ("en", "If you are in the UK, we may use your posts to train AI.", ["UK"]),
        ("en", "Posts of Canadian and UK members train our models.", ["UK"]),
        ("en", "Residents of California and Brazil may object to training.", ["US-CA", "BR"]),
        ("en", "We use posts of members worldwide to train our models.", ["worldwide"]),
        ("en", "Members in the European Economic Area (EEA) and Hong Kong train our models.", ["EEA", "HK"]),
        ("fr", "Les publications des membres au Royaume-Uni et en Suisse entraînent nos modèles.", ["UK", "CH"]),
        ("fr", "Pour les utilisateurs situés dans l’UE et l’EEE, nous entraînons l’IA.", ["EU", "EEA"]),
    ],
)
def test_regions_where_people_live_are_read(language: str, sentence: str, regions: list[str]) -> None:
    assert said(sentence, FactName.REGION, language=language) == regions


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Outside the EEA and the UK, we train AI on your posts."),
        ("en", "We train AI on your posts, except in Switzerland."),
        ("en", "We do not train AI on posts of members in the EU but elsewhere we do."),
        ("en", "Posts used to train AI are stored on servers in the United States."),
        ("en", "You grant us a worldwide licence to train models on your content."),
        ("en", "CONTACT US about training of models on posts."),
        ("en", "Members in the Designated Countries may object to training."),
        ("en", "LinkedIn Ireland trains models on your posts."),
        ("fr", "En dehors de l’EEE, nous entraînons l’IA sur vos publications."),
        ("fr", "Nous entraînons l’IA sur vos publications, sauf en Suisse."),
    ],
)
def test_places_left_out_or_of_another_kind_are_no_regions(language: str, sentence: str) -> None:
    assert said(sentence, FactName.REGION, language=language) == []


def test_a_promise_not_to_keeps_the_region_it_is_made_for() -> None:
    sentence = "We do not train AI on posts of members in the EU."
    assert said(sentence, FactName.REGION, stance=Stance.DENIES) == ["EU"]


@pytest.mark.parametrize(
    ("language", "sentence", "used", "excluded"),
    [
        (
            "en",
            "We may use your profile and posts to train generative AI, but not your private messages.",
            ["profile", "posts"],
            ["private_messages"],
        ),
        (
            "en",
            "Except for private messages and salary data, your posts may be used to train AI that writes articles.",
            ["posts"],
            ["private_messages", "salary"],
        ),
        ("en", "We do not use your messages or payment data to train our models.", [], ["private_messages", "payment"]),
        (
            "en",
            "We train our models on public posts and CVs (excluding salary data), unless you delete your comments.",
            ["posts", "resumes"],
            ["salary"],
        ),
        ("en", "To help you write posts, we train AI on your comments.", ["comments"], []),
        ("en", "You can opt out of having your profile used to train our models.", ["profile"], []),
        ("en", "We will not use your prompts to train our models without your consent.", [], []),
        ("en", "We train on your prompts; children under 18 are excluded.", ["prompts"], ["minors"]),
        ("en", "We train AI on your posts, but your private messages are not used.", ["posts"], ["private_messages"]),
        ("en", "We use no personal data of children under 18 to train AI.", [], ["minors"]),
        ("en", "We train on your prompts, excluding those of minors.", ["prompts"], ["minors"]),
        (
            "fr",
            "Nous utilisons votre profil et vos publications pour entraîner nos modèles, à l’exception de vos messages "
            "privés.",
            ["profile", "posts"],
            ["private_messages"],
        ),
        (
            "fr",
            "Nous n’utilisons ni vos messages privés ni vos données de paiement pour entraîner l’IA.",
            [],
            ["private_messages", "payment"],
        ),
        ("fr", "Vos messages privés ne sont pas utilisés pour entraîner l’IA.", [], ["private_messages"]),
        ("fr", "Nous n’utilisons que vos publications publiques pour entraîner l’IA.", ["posts"], []),
        (
            "fr",
            "À moins que vous ne vous y opposiez, vos publications servent à entraîner nos modèles, mais pas les "
            "données des mineurs.",
            ["posts"],
            ["minors"],
        ),
    ],
)
def test_data_used_and_data_left_out_are_told_apart(
    language: str, sentence: str, used: list[str], excluded: list[str]
) -> None:
    found = read(sentence, sentence, language=language)
    assert (values(found, FactName.DATA_USED), values(found, FactName.DATA_EXCLUDED)) == (used, excluded)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "If you opt out before 1 May 2026, we will not use your data to train these models."),
        ("en", "We will not use your posts to train our models if you opt out."),
        ("en", "Once you have opted out, your comments are not used to train AI."),
        ("en", "When you turn this setting off, we do not train AI on your profile."),
        (
            "en",
            "If you opt out later, we stop from that day on, but models already trained are not trained again without "
            "your data.",
        ),
        ("fr", "Si vous vous y opposez avant le 1er mai 2026, nous n’utiliserons pas vos données pour entraîner l’IA."),
        ("fr", "Vos publications ne sont pas utilisées pour entraîner l’IA si vous vous y êtes opposé."),
        ("fr", "Lorsque vous désactivez ce réglage, nous n’entraînons pas l’IA sur vos commentaires."),
    ],
)
def test_what_is_refused_only_to_those_who_opt_out_is_neither_used_nor_left_out(language: str, sentence: str) -> None:
    found = read(sentence, sentence, language=language)
    assert (values(found, FactName.DATA_USED), values(found, FactName.DATA_EXCLUDED)) == ([], [])


def test_a_list_refused_only_to_those_who_opt_out_leaves_nothing_out() -> None:
    opening = "If you opt out, we do not use the following to train our models:"
    found = read(f"{opening}\n\n*   private messages\n*   salary data\n", opening)
    assert values(found, FactName.DATA_EXCLUDED) == []


def test_a_promise_beside_a_way_out_stays_one() -> None:
    sentence = "We do not train AI on your private messages; if you opt out, we do not use your posts either."
    assert said(sentence, FactName.DATA_EXCLUDED) == ["private_messages"]
    sentence = "If you do not opt out, we train AI on your posts, but we do not use your private messages."
    assert said(sentence, FactName.DATA_EXCLUDED) == ["private_messages"]


def test_a_list_takes_the_polarity_of_the_sentence_that_opens_it() -> None:
    text = "We do not use the following to train our models:\n\n*   private messages\n*   salary data\n"
    found = read(text, "We do not use the following to train our models:")
    assert values(found, FactName.DATA_EXCLUDED) == ["private_messages", "salary"]


def test_a_flagged_item_takes_its_data_from_the_sentence_it_hangs_from() -> None:
    found = read("We use your posts and profile to:\n\n*   train our AI models\n", "train our AI models")
    assert values(found, FactName.DATA_USED) == ["posts", "profile"]
    assert {fact.passage for fact in found} == {0}


def test_a_table_is_read_by_its_columns() -> None:
    table = (
        "| Purpose | Legitimate interests relied on | Personal data used |\n| --- | --- | --- |\n"
        "| To train AI that drafts articles | To innovate | Your posts<br>Profile data |\n"
    )
    found = read(table, "To train AI that drafts articles")
    assert values(found, FactName.DATA_USED) == ["posts", "profile"]
    assert values(found, FactName.LEGAL_BASIS) == ["legitimate_interests"]


@pytest.mark.parametrize(
    ("language", "sentence", "recipients"),
    [
        (
            "en",
            "We share your data with our affiliates, including Microsoft, to train AI.",
            ["affiliates", "Microsoft"],
        ),
        ("en", "We may disclose posts to Acme Research and service providers.", ["Acme Research", "service_providers"]),
        ("en", "We do not share your posts with third parties, except our service providers.", ["service_providers"]),
        ("en", "We receive data from Microsoft to train AI.", []),
        ("en", "We provide AI features to Members and LinkedIn users.", []),
        ("fr", "Nous partageons vos données avec nos sociétés affiliées, dont Microsoft.", ["affiliates", "Microsoft"]),
        ("fr", "Nous ne communiquons pas vos données à des tiers.", []),
    ],
)
def test_recipients_are_those_data_is_given_to(language: str, sentence: str, recipients: list[str]) -> None:
    assert said(sentence, FactName.RECIPIENT, language=language) == recipients


@pytest.mark.parametrize(
    ("language", "sentence", "basis"),
    [
        ("en", "We rely on legitimate interests to train AI.", ["legitimate_interests"]),
        ("en", "With your consent, we train AI on your posts.", ["consent"]),
        ("en", "We will not train AI on your posts without your consent.", ["consent"]),
        ("en", "We may train AI on your posts without your consent.", []),
        ("en", "We no longer rely on legitimate interests to train AI.", []),
        ("fr", "Nous entraînons l’IA sur la base de notre intérêt légitime.", ["legitimate_interests"]),
        ("fr", "Avec votre consentement, nous entraînons l’IA.", ["consent"]),
    ],
)
def test_the_legal_basis_is_the_one_relied_on(language: str, sentence: str, basis: list[str]) -> None:
    assert said(sentence, FactName.LEGAL_BASIS, language=language) == basis


@pytest.mark.parametrize(
    ("language", "sentence", "default"),
    [
        ("en", "This setting is on by default and trains our AI.", ["on"]),
        ("en", "We train AI on your posts unless you opt out.", ["on"]),
        ("en", "We train AI on your posts only if you opt in.", ["off"]),
        ("en", "Training on your posts is turned off by default.", ["off"]),
        ("en", "You can opt out of training at any time.", []),
        ("en", "Training is not enabled by default.", []),
        ("fr", "L’option est activée par défaut et sert à entraîner l’IA.", ["on"]),
        ("fr", "Nous entraînons l’IA sauf si vous vous y opposez.", ["on"]),
        ("fr", "L’option est désactivée par défaut.", ["off"]),
    ],
)
def test_the_default_is_told_only_where_the_text_says_so(language: str, sentence: str, default: list[str]) -> None:
    assert said(sentence, FactName.DEFAULT, language=language) == default


@pytest.mark.parametrize(
    ("language", "sentence", "quote"),
    [
        ("en", "We train AI on your posts, including content you shared before this date.", None),
        ("en", "We use public posts, including those from 2015 and data from before 3 May, to train AI.", None),
        ("en", "Information we have already collected will be used to train our models.", None),
        ("en", "We train our models on your past posts.", "past posts"),
        ("en", "Models that have already been trained on your posts will not be retrained.", None),
        ("en", "Opting out does not affect training that has already taken place.", None),
        ("en", "If you opt out later, models already trained are not trained again without your data.", None),
        ("fr", "Nous utilisons aussi vos publications antérieures pour entraîner l’IA.", "publications antérieures"),
        ("fr", "Les données déjà collectées serviront à entraîner nos modèles.", "déjà collectées"),
        ("fr", "Nous utiliserons les contenus que vous avez publiés avant le 1er mai pour entraîner l’IA.", None),
        ("fr", "Un modèle déjà entraîné ne peut pas oublier vos données.", None),
        ("fr", "Votre refus n’affecte pas les modèles déjà entraînés.", None),
    ],
)
def test_a_use_that_reaches_back_is_read(language: str, sentence: str, quote: str | None) -> None:
    found = [fact for fact in read(sentence, sentence, language=language) if fact.name is FactName.RETROACTIVE]
    assert [fact.value for fact in found] == ["yes"]
    assert quote is None or found[0].quote == quote


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We train AI on your posts."),
        ("en", "We will not use data collected before this date to train AI."),
        ("en", "We do not train AI on your past posts."),
        ("en", "If you opt out before 3 May 2026, we will not use your data to train AI."),
        ("en", "Content you shared before this date will be deleted and not used to train AI."),
        ("en", "Only content that you share after 3 May 2026 trains our models."),
        ("en", "We check posts before we use them to train AI."),
        ("en", "Our models are trained on public posts."),
        ("fr", "Nous entraînons l’IA avec vos publications."),
        ("fr", "Nous n’utilisons pas vos publications antérieures pour entraîner l’IA."),
        ("fr", "Vous pouvez vous opposer avant le 1er mai à l’utilisation de vos données pour entraîner l’IA."),
        ("fr", "Les données déjà collectées seront supprimées et ne serviront pas à entraîner l’IA."),
    ],
)
def test_what_does_not_reach_back_is_not_read_so(language: str, sentence: str) -> None:
    assert said(sentence, FactName.RETROACTIVE, language=language) == []


@pytest.mark.parametrize(
    ("language", "sentence", "path"),
    [
        (
            "en",
            "To opt out, go to Settings & Privacy > Data privacy > Data for AI Improvement and turn it off.",
            "Settings & Privacy > Data privacy > Data for AI Improvement",
        ),
        ("en", "You can opt out under Account → Privacy → Training.", "Account > Privacy > Training"),
        ("en", "Opt out by turning off the “Improve the model” setting.", "Improve the model"),
        ("en", "You can opt out of training in your settings.", "settings"),
        ("fr", "Pour vous opposer, allez dans Paramètres › Confidentialité › IA.", "Paramètres > Confidentialité > IA"),
        ("fr", "Vous pouvez désactiver l’entraînement dans vos paramètres.", "paramètres"),
    ],
)
def test_the_path_to_opt_out_is_read(language: str, sentence: str, path: str) -> None:
    assert said(sentence, FactName.OPT_OUT_PATH, language=language) == [path]


def test_a_linked_last_step_is_as_long_as_its_link() -> None:
    flagged = "Les publications servent à entraîner l’IA."
    text = (
        f"{flagged} Vous pouvez vous opposer dans Préférences > Confidentialité > "
        "[Données pour l’IA générative](https://example.org/s) avant le 1er mai 2026."
    )
    assert values(read(text, flagged, language="fr"), FactName.OPT_OUT_PATH) == [
        "Préférences > Confidentialité > Données pour l’IA générative"
    ]


@pytest.mark.parametrize(
    "sentence", ["Change the font in your settings to train your eye.", "We use A > B to train AI."]
)
def test_a_path_without_a_way_out_is_none(sentence: str) -> None:
    assert said(sentence, FactName.OPT_OUT_PATH) == []


def test_the_address_to_opt_out_is_the_link_of_the_sentence_about_it() -> None:
    text = (
        "We train AI on your posts. Read [more](https://example.org/more). You can opt out in your "
        "[settings](https://example.org/settings) or read [this](https://example.org/this)."
    )
    found = read(text, "We train AI on your posts.")
    assert values(found, FactName.OPT_OUT_URL) == ["https://example.org/settings"]


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "http://user:pw@example.org/", "/settings", "mailto:a@example.org"]
)
def test_an_address_that_is_no_web_page_is_never_told(target: str) -> None:
    text = f"We train AI on your posts. You can [opt out]({target})."
    assert values(read(text, "We train AI on your posts."), FactName.OPT_OUT_URL) == []


def test_the_way_out_may_stand_in_the_next_passage_if_it_is_new_too() -> None:
    opt_out = "You can opt out in your [settings](https://example.org/s)."
    training = "We train AI on your posts."
    assert values(read(f"{training}\n\n{opt_out}\n", training), FactName.OPT_OUT_URL) == ["https://example.org/s"]
    assert values(read(f"{training}\n\n{opt_out}\n", training, before=opt_out), FactName.OPT_OUT_URL) == []


def test_a_change_without_a_flag_gives_at_most_its_date() -> None:
    text = "Effective November 3, 2025\n\nWe share your posts with Microsoft in the UK. Opt out in settings.\n"
    assert [fact.name for fact in read(text)] == [FactName.EFFECTIVE_DATE]


def test_a_text_in_a_language_without_vocabulary_gives_no_facts() -> None:
    sentence = "Koulutamme tekoälyä 3. November 2025 alkaen, in the EU, on your posts."
    assert read(sentence, sentence, language="fi") == ()
