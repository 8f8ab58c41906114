"""The check of summaries against their evidence finds what is not borne out; and what summaries must not say."""

import pytest

from alerts.summary import summary
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Stance
from diffing.passage import Passage, PassageKind
from tests.support.changes import change, fact, flag
from tests.support.evidence import unborne

PERMIT = flag(before=None, after="We may use your posts to improve our algorithms.", evidence="improve our algorithms")


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Platform may use posts from 4 November 2025.", "the number"),
        ("Platform may use posts in Canada.", "the region"),
        ("Platform may use profile data.", "the category"),
        ("Platform says it does not use posts.", "a negation"),
        ("Platform may use posts with Microsoft.", "Microsoft"),
        ("Platform may use posts to train models.", "training"),
        ("Platform will use posts.", "a future"),
    ],
)
def test_a_claim_without_evidence_is_found(said: str, what: str) -> None:
    told = change(flags=[PERMIT], facts=[fact(FactName.DATA_USED, "posts"), fact(FactName.REGION, "UK")])
    assert any(claim.startswith(what) for claim in unborne(told, said, "en"))


def test_what_improves_algorithms_is_not_told_as_training_ai() -> None:
    assert summary(change(flags=[PERMIT], facts=()), "en") == (
        "Platform may use people's data to develop or improve algorithms."
    )
    assert summary(change(flags=[PERMIT], facts=()), "fr") == (
        "Platform peut utiliser les données des personnes pour développer ou améliorer des algorithmes."
    )


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (
            "2025-11-03",
            "Platform will use people's data to train AI from 3 November 2025.",
            "Platform utilisera les données des personnes pour entraîner l’IA à partir du 3 novembre 2025.",
        ),
        (
            "2025-09-01",
            "Platform uses people's data to train AI; in effect since 1 September 2025.",
            "Platform utilise les données des personnes pour entraîner l’IA\u202f; en vigueur depuis le 1er septembre "
            "2025.",
        ),
    ],
)
def test_only_a_day_to_come_is_a_future(day: str, english: str, french: str) -> None:
    ours = flag(before=None, after="We will use your data to train AI.", evidence="train AI")
    told = change(flags=[ours], facts=[fact(FactName.EFFECTIVE_DATE, day)])
    assert (summary(told, "en"), summary(told, "fr")) == (english, french)


ADS = "We share your profile with LinkedIn and Bing for advertising."


def test_the_companies_of_the_words_are_told_and_no_others() -> None:
    told = change(flags=[flag(topic="microsoft_ads", before=None, after=ADS, evidence="advertising")], facts=())
    assert summary(told, "en") == "Platform uses people's data for advertising involving LinkedIn and Bing."
    assert summary(told, "fr") == (
        "Platform utilise les données des personnes pour la publicité en lien avec LinkedIn et Bing."
    )


def test_a_service_of_the_group_is_not_told_as_a_company_it_involves() -> None:
    own = flag(topic="microsoft_ads", before=None, after="We use your activity for ads.", evidence="ads")
    assert summary(change(service="LinkedIn", flags=[own], facts=()), "en") == (
        "LinkedIn uses people's data for advertising."
    )
    shares = flag(topic="microsoft_ads", before=None, after="We may share it with Microsoft for ads.", evidence="ads")
    assert summary(change(service="LinkedIn", flags=[own, shares], facts=()), "en") == (
        "LinkedIn may use people's data for advertising involving Microsoft."
    )


def test_a_text_rewritten_in_both_directions_is_told_calmly() -> None:
    new = [flag(topic="microsoft_ads", before=None, after=ADS, evidence="advertising")] * 5
    old = [flag(topic="microsoft_ads", effect=Effect.WITHDRAWS, before=ADS, after=None, evidence="ads")] * 6
    assert summary(change(flags=[*new, *old], facts=()), "en") == (
        "Platform changed what it says about people's data and advertising involving LinkedIn and Bing."
    )


def test_what_is_still_said_is_not_told_as_withdrawn() -> None:
    gone = flag(effect=Effect.WITHDRAWS, before="We train AI on your posts.", after=None)
    kept = flag(effect=Effect.REWORDS, before="We use posts to train AI.", after="We use posts to train AI models.")
    assert summary(change(flags=[gone, kept], facts=()), "en") == (
        "Platform changed what it says about using people's data to train AI."
    )


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Your posts are not used to train AI.", "Under Platform's terms, posts are not used to train AI."),
        ("We will not train AI on your posts.", "Platform says it does not use posts to train AI."),
    ],
)
def test_a_promise_is_told_with_its_data_and_nothing_else(sentence: str, told: str) -> None:
    promise = flag(effect=Effect.LIMITS, stance=Stance.DENIES, before=None, after=sentence, evidence="train AI")
    facts = [fact(FactName.DATA_EXCLUDED, "posts"), fact(FactName.LEGAL_BASIS, "legitimate_interests")]
    assert summary(change(flags=[promise], facts=facts), "en") == told


def test_the_deadline_is_told_even_where_much_else_is() -> None:
    more = [fact(FactName.DATA_USED, name) for name in ("profile", "posts", "comments", "resumes", "usage", "device")]
    out = [fact(FactName.DATA_EXCLUDED, name) for name in ("payment", "health", "salary", "minors", "biometric")]
    told = change(facts=[*more, *out, fact(FactName.DEFAULT, "on"), fact(FactName.OPT_OUT_BY, "2025-11-03")])
    assert "opt out by 3 November 2025" in summary(told, "en")
    assert "opposition jusqu’au 3 novembre 2025" in summary(told, "fr")


def _row(text: str, index: int) -> Edit:
    passage = Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text, section=("2. Training",))
    return Edit(kind=EditKind.ADDED, before=None, after=passage, before_index=None, after_index=index)


def _fact(name: FactName, value: str, text: str, quote: str, passage: int) -> Fact:
    start = text.index(quote)
    return Fact(name=name, value=value, quote=quote, passage=passage, start=start, end=start + len(quote))


def test_a_company_that_gets_data_under_another_clause_is_told_with_that_clauses_region() -> None:
    ours, theirs = "We train AI on your posts.", "In the UK we share your posts with Microsoft to train AI."
    facts = [
        _fact(FactName.DATA_USED, "posts", ours, "posts", 0),
        _fact(FactName.REGION, "UK", theirs, "UK", 1),
        _fact(FactName.RECIPIENT, "Microsoft", theirs, "Microsoft", 1),
    ]
    flags = [
        flag(edit=number, before=None, after=text, evidence="train AI") for number, text in enumerate((ours, theirs))
    ]
    told = change(edits=[_row(ours, 0), _row(theirs, 1)], flags=flags, facts=facts)
    assert summary(told, "en") == "Platform uses posts to train AI; shared with Microsoft in the UK."


def test_others_who_train_under_another_clause_are_told() -> None:
    ours, theirs = "We train AI on your posts.", "If nobody objects, partners may train their AI on it."
    facts = [
        _fact(FactName.DATA_USED, "posts", ours, "posts", 0),
        _fact(FactName.RECIPIENT, "partners", theirs, "partners", 1),
    ]
    flags = [
        flag(edit=0, before=None, after=ours, evidence="train AI"),
        flag(edit=1, before=None, after=theirs, evidence="train their AI"),
    ]
    told = change(edits=[_row(ours, 0), _row(theirs, 1)], flags=flags, facts=facts)
    assert "shared with partners" in summary(told, "en")


def test_a_default_of_another_section_is_not_told_of_this_clause() -> None:
    ours, theirs = "We train AI on your posts.", "Unless you opt out, others train AI."
    other = Passage(kind=PassageKind.PARAGRAPH, markdown=theirs, text=theirs, section=("3. Sharing",))
    edits = [_row(ours, 0), Edit(kind=EditKind.ADDED, before=None, after=other, before_index=None, after_index=1)]
    facts = [
        _fact(FactName.DATA_USED, "posts", ours, "posts", 0),
        _fact(FactName.DEFAULT, "on", theirs, "Unless you opt out", 1),
    ]
    flags = [
        flag(edit=number, before=None, after=text, evidence="train AI") for number, text in enumerate((ours, theirs))
    ]
    assert summary(change(edits=edits, flags=flags, facts=facts), "en") == "Platform uses posts to train AI."


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("settings", "opt out in settings"),
        ("Data for Ads setting", "opt out in the Data for Ads setting"),
        ("Settings > Data for AI", "opt out under Settings > Data for AI"),
        ("AI Choices", "opt out under AI Choices"),
    ],
)
def test_the_way_out_reads_as_a_place(path: str, told: str) -> None:
    assert told in summary(change(facts=[fact(FactName.OPT_OUT_PATH, path)]), "en")


def test_data_under_another_number_of_the_sentence_is_not_told_of_this_clause() -> None:
    text = "We may share your (1) public posts to provide services and (2) personal data for ads with Microsoft."
    facts = [
        _fact(FactName.DATA_USED, "posts", text, "posts", 0),
        _fact(FactName.DATA_USED, "personal_data", text, "personal data", 0),
    ]
    ads = flag(topic="microsoft_ads", before=None, after=text, evidence="personal data for ads")
    assert summary(change(edits=[_row(text, 0)], flags=[ads], facts=facts), "en") == (
        "Platform may use personal data for advertising involving Microsoft."
    )


def test_what_one_clause_uses_is_not_told_as_left_out_by_another() -> None:
    text = "We train AI on your feedback; your prompts are not used. Free users' prompts train AI."
    facts = [
        _fact(FactName.DATA_USED, "feedback", text, "feedback", 0),
        _fact(FactName.DATA_EXCLUDED, "prompts", text, "prompts", 0),
        _fact(FactName.DATA_USED, "prompts", text, "prompts", 0),
    ]
    train = flag(before=None, after=text, evidence="train AI")
    assert "excluded" not in summary(change(edits=[_row(text, 0)], flags=[train], facts=facts), "en")
