"""The sentence that sums up a change, in English and French."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from alerts.locale import locale
from alerts.summary import summary
from diffing.change import Change, ChangeKind
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance
from diffing.passage import Passage, PassageKind
from tests.support.changes import EDITS, FACTS, NEW_SENTENCE, OLD_SENTENCE, change, fact, flag, passage


def test_the_whole_story_in_one_sentence() -> None:
    assert summary(change(), "en") == (
        "Platform may use profile data and posts to train AI from 3 November 2025 in the EEA and the UK; "
        "on by default; opt out under Settings > Data privacy > Data for AI by 3 November 2025; "
        "private messages excluded; shared with Microsoft."
    )


def test_the_whole_story_in_french() -> None:
    assert summary(change(), "fr") == (
        "Platform peut utiliser les données de profil et les publications pour entraîner l’IA à partir du "
        "3 novembre 2025 dans l’EEE et au Royaume-Uni\u202f; activé par défaut\u202f; "
        "opposition sous Settings > Data privacy > Data for AI jusqu’au 3 novembre 2025\u202f; "
        "sauf les messages privés\u202f; "
        "partage avec Microsoft\u202f; base légale\u00a0: intérêts légitimes."
    )


def test_a_flag_without_facts_says_only_what_the_flag_says() -> None:
    assert summary(change(facts=()), "en") == "Platform may use people's data to train AI."
    assert summary(change(facts=()), "fr") == "Platform peut utiliser les données des personnes pour entraîner l’IA."


def test_a_permission_whose_actor_is_unsaid_is_not_told_as_the_publishers_own() -> None:
    others = flag(after="Model providers may train on inputs.")
    assert (
        summary(change(flags=[others], facts=()), "en")
        == "Under Platform's terms, people's data may be used to train models."
    )


def test_the_publisher_acts_where_it_acts_together_with_others() -> None:
    ours = flag(after="From 3 November 2025, we and our affiliates will use the personal data of members to train AI.")
    assert summary(change(flags=[ours], facts=()), "en") == "Platform will use people's data to train AI."


@pytest.mark.parametrize(
    "sentence",
    [
        "Our partners may train their AI models on your posts.",
        "Third parties that we work with may train their AI models on your posts.",
        "Your Platform posts may be used by model providers to train AI.",
    ],
)
def test_what_others_do_is_not_told_as_the_publishers_own(sentence: str) -> None:
    said = summary(change(flags=[flag(after=sentence)], facts=()), "en")
    assert said == "Under Platform's terms, people's data may be used to train AI."


@pytest.mark.parametrize(
    "sentence",
    [
        "We will share your posts with Microsoft so that it can train its AI models.",
        "We will allow third parties to train AI on your posts.",
    ],
)
def test_who_gives_data_to_others_for_training_lets_others_use_it(sentence: str) -> None:
    told = change(flags=[flag(after=sentence)], facts=())
    assert summary(told, "en") == "Platform will let others use people's data to train AI."
    assert summary(told, "fr") == "Platform laissera d’autres utiliser les données des personnes pour entraîner l’IA."


def test_a_sentence_that_says_who_acts_leads_before_a_heading() -> None:
    heading = Edit(
        kind=EditKind.ADDED,
        before=None,
        after=Passage(kind=PassageKind.HEADING, markdown="## 2 To train AI", text="2 To train AI"),
        before_index=None,
        after_index=1,
    )
    told = change(edits=[heading, EDITS[0]], flags=[flag(after="2 To train AI"), flag(edit=1)], facts=())
    assert summary(told, "en") == "Platform may use people's data to train AI."


def test_what_holds_for_some_people_only_is_told_so() -> None:
    some = flag(after="If you live outside Switzerland, we will use your data to train AI.")
    assert (
        summary(change(flags=[some], facts=()), "en") == "Platform will use people's data to train AI in some regions."
    )


def test_data_named_elsewhere_in_the_text_is_not_told_of_this_clause() -> None:
    elsewhere = Edit(
        kind=EditKind.ADDED, before=None, after=passage("CVs", "2. Else"), before_index=None, after_index=7
    )
    cvs = Fact(name=FactName.DATA_USED, value="resumes", quote="CVs", passage=7, start=0, end=3)
    told = change(edits=[EDITS[0], elsewhere], facts=[fact(FactName.DATA_USED, "posts"), cvs])
    assert summary(told, "en") == "Platform may use posts to train AI."
    beside = Edit(
        kind=EditKind.ADDED,
        before=None,
        after=passage("CVs", "2. How we use data", "2.3 Models"),
        before_index=None,
        after_index=7,
    )
    told = change(edits=[EDITS[0], beside], facts=[fact(FactName.DATA_USED, "posts"), cvs])
    assert summary(told, "en") == "Platform may use posts and CVs to train AI."


POST = "https://authority.example/news/1"
REPORTED = "Platform announced that from 3 November 2025 it will use the data of its members to train AI."


def test_a_post_about_somebody_else_is_not_told_as_its_publishers_doing() -> None:
    told = change(
        service="Authority",
        kind=ChangeKind.POST,
        post=POST,
        title="Platform and AI",
        flags=[flag(after=REPORTED)],
        facts=[fact(FactName.EFFECTIVE_DATE, "2025-11-03"), fact(FactName.DEFAULT, "on")],
    )
    assert summary(told, "en") == (
        "Authority's blog: “Platform and AI”. "
        "It says that people's data will be used to train AI from 3 November 2025; on by default."
    )
    assert summary(told, "fr") == (
        "Blog d’Authority\u00a0: «\u00a0Platform and AI\u00a0». Il y est dit que les données des personnes "
        "serviront à entraîner l’IA à partir du 3 novembre 2025\u202f; activé par défaut."
    )


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("From May we will use your posts to train AI.", True),
        ("Authority will use your posts to train AI.", True),
        ("Nous utiliserons vos publications pour entraîner notre IA.", True),
        ("We remind members that Platform will use their posts to train AI.", False),
        ("The company writes: “We will use your posts to train AI.”", False),
        ("Our advice: object before Platform trains AI on your posts.", False),
    ],
)
def test_a_post_tells_of_its_publisher_only_where_that_acts(sentence: str, own: bool) -> None:
    told = change(service="Authority", kind=ChangeKind.POST, post=POST, flags=[flag(after=sentence)], facts=())
    assert ("It says that" in summary(told, "en")) is not own


def test_a_limit_in_a_post_about_somebody_else_is_only_spoken_of() -> None:
    limit = flag(after="Members can opt out of the training of models.", effect=Effect.LIMITS, stance=Stance.LIMITS)
    told = change(service="Authority", kind=ChangeKind.POST, post=POST, title="News", flags=[limit], facts=())
    assert summary(told, "en") == (
        "Authority's blog: “News”. It speaks of a limit on the use of people's data to train models."
    )


@pytest.mark.parametrize(("language", "most"), [("en", 45), ("fr", 54)])
def test_a_sentence_stays_as_short_as_a_newsroom_prints_it(language: str, most: int) -> None:
    more = [fact(FactName.DATA_EXCLUDED, name) for name in ("payment", "health", "salary", "minors", "biometric")]
    said = summary(change(facts=(*FACTS, *more)), language)
    assert len(re.findall(r"\S*\w\S*", said)) <= most


@pytest.mark.parametrize(
    ("effect", "stance", "english", "french"),
    [
        (
            Effect.LIMITS,
            Stance.DENIES,
            "Platform says it does not use people's data to train AI.",
            "Platform dit ne pas utiliser les données des personnes pour entraîner l’IA.",
        ),
        (
            Effect.WITHDRAWS,
            Stance.PERMITS,
            "Platform removed a statement that people's data may be used to train AI.",
            "Platform a retiré une mention selon laquelle les données des personnes peuvent servir à entraîner l’IA.",
        ),
        (
            Effect.DROPS_PROTECTION,
            Stance.DENIES,
            "Platform removed a statement that it does not use people's data to train AI.",
            "Platform a retiré une mention selon laquelle aucune donnée des personnes n’est utilisée pour "
            "entraîner l’IA.",
        ),
        (
            Effect.REWORDS,
            Stance.PERMITS,
            "Platform changed what it says about using people's data to train AI.",
            "Platform a modifié ce que son texte dit de l’utilisation des données des personnes pour entraîner l’IA.",
        ),
    ],
)
def test_each_effect_has_its_clause(effect: Effect, stance: Stance, english: str, french: str) -> None:
    gone = effect in (Effect.WITHDRAWS, Effect.DROPS_PROTECTION)
    before, after = (NEW_SENTENCE, None) if gone else (OLD_SENTENCE, NEW_SENTENCE)
    told = change(flags=[flag(effect=effect, stance=stance, before=before, after=after)], facts=())
    assert (summary(told, "en"), summary(told, "fr")) == (english, french)


def test_a_promise_names_the_data_it_is_made_for() -> None:
    told = change(
        flags=[flag(effect=Effect.LIMITS, stance=Stance.DENIES)],
        facts=[fact(FactName.DATA_EXCLUDED, "private_messages")],
    )
    assert summary(told, "en") == "Platform says it does not use private messages to train AI."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "If you opt out, we will not use your data to train AI.",
            "Platform lets people opt out of the use of their data to train AI.",
        ),
        (
            "We do not train AI on your posts without your consent.",
            "Platform says it does not use people's data to train AI without consent.",
        ),
        (
            "Si vous vous y opposez, nous n’utiliserons pas vos données pour entraîner l’IA.",
            "Platform lets people opt out of the use of their data to train AI.",
        ),
        (
            "When you use a paid plan, we do not train AI on your posts.",
            "Platform limits the use of people's data to train AI.",
        ),
    ],
)
def test_a_refusal_to_some_is_a_limit_and_no_promise(sentence: str, told: str) -> None:
    limit = flag(before=None, after=sentence, effect=Effect.LIMITS, stance=Stance.DENIES)
    assert summary(change(flags=[limit], facts=()), "en") == told
    gone = flag(before=sentence, after=None, effect=Effect.DROPS_PROTECTION, stance=Stance.DENIES)
    assert summary(change(flags=[gone], facts=()), "en") == (
        "Platform removed a limit on the use of people's data to train AI."
    )


def test_a_promise_about_people_is_one_about_their_data() -> None:
    promise = flag(effect=Effect.LIMITS, stance=Stance.DENIES)
    told = change(flags=[promise], facts=[fact(FactName.DATA_EXCLUDED, "minors")])
    assert summary(told, "en") == "Platform says it does not use data of minors to train AI."
    assert summary(told, "fr") == "Platform dit ne pas utiliser les données des mineurs pour entraîner l’IA."


def test_a_company_is_told_only_where_the_flagged_words_name_it() -> None:
    row = flag(topic="microsoft_ads", after="We use your activity data: clicks on ads.", evidence="clicks on ads")
    told = change(flags=[flag(), row], facts=())
    assert summary(told, "en") == "Platform may use people's data to train AI."
    assert summary(change(flags=[row], facts=FACTS), "en") == (
        "Platform changed what it says: ad data and Microsoft; in effect from 3 November 2025."
    )
    far = flag(topic="microsoft_ads", after="We use clicks on ads." + " words" * 100 + " Microsoft", evidence="ads")
    assert summary(change(flags=[far], facts=()), "en") == "Platform changed what it says: ad data and Microsoft."


def test_a_text_that_reaches_back_is_told_so() -> None:
    told = change(facts=[fact(FactName.RETROACTIVE, "yes")])
    assert summary(told, "en") == (
        "Platform may use people's data to train AI; also concerns earlier data or models already trained."
    )


def test_a_second_topic_has_a_sentence_of_its_own() -> None:
    ads = flag(topic="microsoft_ads", after="We may share your data with Microsoft for ads.", edit=1)
    told = summary(change(flags=[flag(), ads], facts=()), "en")
    assert told == (
        "Platform may use people's data to train AI. "
        "Platform may use people's data for advertising involving Microsoft."
    )


def test_a_topic_of_the_users_own_is_named_by_its_name() -> None:
    told = change(flags=[flag(topic="face_scans", effect=Effect.REWORDS)], facts=())
    assert summary(told, "en") == "Platform changed what it says: face scans."


def test_a_topic_named_like_a_section_of_the_locale_is_still_a_topic() -> None:
    told = change(flags=[flag(topic="faults", effect=Effect.REWORDS)], facts=())
    assert summary(told, "en") == "Platform changed what it says: faults."


@pytest.mark.parametrize("kind", EditKind)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_of_edit_can_be_counted(kind: EditKind, language: str) -> None:
    told = summary(change(flags=[], facts=(), edits=[replace(EDITS[0], kind=kind)]), language)
    assert f"1 {locale(language).count(kind.broad.value, 1)[2:]}" in told


def test_a_change_without_flags_is_counted() -> None:
    told = change(flags=[], facts=[fact(FactName.EFFECTIVE_DATE, "2026-01-01")])
    assert summary(told, "en") == (
        "Platform changed its Privacy Policy: 1 passage added, 1 passage removed, 1 passage reworded; "
        "in effect from 1 January 2026."
    )
    assert summary(told, "fr") == (
        "Platform a modifié sa politique de confidentialité\u00a0: 1 passage ajouté, 1 passage supprimé, 1 passage "
        "reformulé\u202f; en vigueur à partir du 1er janvier 2026."
    )


def test_a_return_says_that_an_earlier_text_is_back() -> None:
    told = change(kind=ChangeKind.RETURN, flags=[], facts=())
    assert summary(told, "en") == "Platform went back to an earlier text of its Privacy Policy."
    assert summary(told, "fr") == "Platform a rétabli un texte antérieur de sa politique de confidentialité."


def test_a_return_says_which_days_text_is_back() -> None:
    july = datetime(2025, 7, 2, 6, 0, tzinfo=UTC)
    told = change(terms="Terms of Service", kind=ChangeKind.RETURN, flags=[], facts=(), returned_to=july)
    assert summary(told, "en") == "Platform's Terms of Service went back to the text of 2 July 2025."
    assert summary(told, "fr") == (
        "Platform est revenu, pour ses conditions d’utilisation, au texte du 2 juillet 2025."
    )
    drops = flag(effect=Effect.WITHDRAWS, before=NEW_SENTENCE, after=None)
    told = change(kind=ChangeKind.RETURN, flags=[drops], facts=(), returned_to=july)
    assert summary(told, "en") == (
        "Platform's Privacy Policy went back to the text of 2 July 2025. "
        "Platform removed a statement that people's data may be used to train AI."
    )


def test_a_post_is_named_by_its_title_with_french_elision() -> None:
    told = change(service="OpenAI", kind=ChangeKind.POST, flags=[], facts=(), post="https://x.example/p", title="News")
    assert summary(told, "en") == "OpenAI's blog: “News”."
    assert summary(told, "fr") == "Blog d’OpenAI\u00a0: «\u00a0News\u00a0»."


def test_a_french_title_is_typeset_like_the_rest() -> None:
    told = change(kind=ChangeKind.POST, flags=[], post=POST, title="Votre avis : pourquoi ? Oui !")
    said = summary(told, "fr")
    assert "«\u00a0Votre avis\u00a0: pourquoi\u202f? Oui\u202f!\u00a0»" in said


def test_words_of_the_page_are_cleaned_and_cut() -> None:
    told = change(kind=ChangeKind.POST, flags=[], post="https://x.example/p", title="\u202e\x1b[2J" + "word " * 500)
    said = summary(told, "en")
    assert len(said) < 200
    assert said.isprintable()


MANY = [
    fact(FactName.DATA_USED, category) for category in ("usage", "device", "posts", "comments", "cookies", "salary")
]


def test_many_categories_are_told_as_the_salient_ones_and_others() -> None:
    said = summary(change(facts=MANY), "en")
    assert said == "Platform may use posts, comments, usage data, device data and other data to train AI."


_VALUES = {
    FactName.EFFECTIVE_DATE: st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat),
    FactName.OPT_OUT_BY: st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat),
    FactName.REGION: st.sampled_from(["EU", "UK", "CH", "CA", "HK", "worldwide"]),
    FactName.DATA_USED: st.sampled_from(["posts", "profile", "prompts"]),
    FactName.DATA_EXCLUDED: st.sampled_from(["private_messages", "minors"]),
    FactName.RECIPIENT: st.sampled_from(["Microsoft", "affiliates"]),
    FactName.LEGAL_BASIS: st.sampled_from(["consent", "legitimate_interests"]),
    FactName.DEFAULT: st.sampled_from(["on", "off"]),
}
facts_ = st.lists(st.one_of([st.builds(fact, st.just(name), value) for name, value in _VALUES.items()]), max_size=8)
flags_ = st.lists(
    st.builds(
        flag,
        topic=st.sampled_from(["ai_training", "microsoft_ads", "own_topic"]),
        effect=st.sampled_from(Effect),
        stance=st.sampled_from(Stance),
        edit=st.sampled_from([0, 1]),
    ),
    max_size=3,
)
NEGATION = {"en": r"\b(?:not|no|excluded|off|others?)\b", "fr": r"\b(?:ne|n|pas|sauf|aucune|désactivé|d’autres)\b"}


@given(
    flags=flags_,
    facts=facts_,
    language=st.sampled_from(["en", "fr"]),
    kind=st.sampled_from([ChangeKind.SUBSTANTIVE, ChangeKind.POST]),
)
def test_every_date_number_and_negation_is_borne_out(
    flags: list[Flag], facts: list[Fact], language: str, kind: ChangeKind
) -> None:
    told = change(flags=flags, facts=facts, edits=EDITS, kind=kind)
    said = summary(told, language)
    assert said.endswith(".")
    assert said.count(". ") <= 1
    assert set(re.findall(r"\d+", said)) <= _numbers(told, language)
    if re.search(NEGATION[language], said):
        assert _negative(told)


def _numbers(told: Change, language: str) -> set[str]:
    days = [date.fromisoformat(fact.value) for fact in told.judgement.facts if fact.value[:2] == "20"]
    written = " ".join(locale(language).day(day) + format_date(day, "d y", locale="en") for day in days)
    return set(re.findall(r"\d+", written)) | ({str(n) for n in range(1, 4)} if not told.judgement.flags else set())


def _negative(told: Change) -> bool:
    effects = {Effect.LIMITS, Effect.WITHDRAWS, Effect.DROPS_PROTECTION}
    return any(flag.effect in effects for flag in told.judgement.flags) or any(
        fact.name is FactName.DATA_EXCLUDED or (fact.name, fact.value) == (FactName.DEFAULT, "off")
        for fact in told.judgement.facts
    )


def test_the_shared_example_tells_each_of_its_facts_once() -> None:
    said = summary(change(facts=FACTS), "en")
    assert [said.count(words) for words in ("private messages", "Microsoft", "on by default", "the UK")] == [1, 1, 1, 1]
