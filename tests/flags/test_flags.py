import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.flagging import flagged

TRAIN = "We use your posts to train our AI models."
PROMISE = "We do not use your messages to train our AI models."
FILLER = "# Privacy\n\nWe keep records of what you buy.\n\n"


def test_a_new_permission_introduces() -> None:
    (flag,) = flagged(FILLER, FILLER + TRAIN + "\n")
    assert (flag.topic, flag.stance.value, flag.effect.value) == ("ai_training", "permits", "introduces")
    assert (flag.before, flag.after) == (None, TRAIN)
    assert flag.evidence in TRAIN


def test_a_new_promise_limits() -> None:
    assert [f.effect.value for f in flagged(FILLER, FILLER + PROMISE + "\n")] == ["limits"]


def test_a_permission_that_goes_withdraws_and_is_quoted_from_the_old_text() -> None:
    (flag,) = flagged(FILLER + TRAIN + "\n", FILLER)
    assert (flag.effect.value, flag.before, flag.after) == ("withdraws", TRAIN, None)
    assert flag.evidence in TRAIN


def test_a_promise_that_goes_drops_protection() -> None:
    assert [f.effect.value for f in flagged(FILLER + PROMISE + "\n", FILLER)] == ["drops_protection"]


def test_a_promise_turned_into_a_permission_introduces() -> None:
    before, after = "We do not use your posts to train our AI models.", "We use your posts to train our AI models."
    (flag,) = flagged(FILLER + before, FILLER + after)
    assert (flag.effect.value, flag.before, flag.after) == ("introduces", before, after)


def test_more_data_in_the_same_sentence_introduces() -> None:
    after = "We use your posts, pictures and voice to train our AI models."
    assert [f.effect.value for f in flagged(FILLER + TRAIN, FILLER + after)] == ["introduces"]


def test_an_opt_out_added_to_the_sentence_limits() -> None:
    after = "We use your posts to train our AI models, unless you opt out."
    assert [f.effect.value for f in flagged(FILLER + TRAIN, FILLER + after)] == ["limits"]


def test_a_moved_clause_raises_nothing() -> None:
    assert flagged(f"{TRAIN}\n\n{FILLER}", f"{FILLER}{TRAIN}\n") == ()


def test_a_clause_moved_into_another_paragraph_raises_nothing() -> None:
    before = f"We like cats. {TRAIN} We like dogs.\n\nWe keep bills for ten years."
    after = f"We like cats. We like dogs.\n\nWe keep bills for ten years. {TRAIN}"
    assert flagged(before, after) == ()


def test_a_renumbered_relinked_or_repunctuated_clause_raises_nothing() -> None:
    before = "4. We use your posts, to train [our AI models](https://a.example/)."
    after = "5.1 We use your posts to train our [AI models](https://b.example/);"
    assert flagged(FILLER + before, FILLER + after) == ()


def test_an_edit_in_a_neighbouring_sentence_raises_nothing() -> None:
    assert flagged(f"{TRAIN} We keep bills for two years.", f"{TRAIN} We keep bills for nine years.") == ()


def test_a_change_of_tense_raises_nothing() -> None:
    assert flagged("We are training our models on your posts.", "We trained our models on your posts.") == ()


def test_a_product_renamed_throughout_raises_nothing() -> None:
    lines = ["We use your {} posts to train our AI models.", "{} is free.", "{} has a shop.", "Write to the {} team."]
    before, after = ("\n\n".join(line.format(name) for line in lines) for name in ("Chirper", "Tweeter"))
    assert flagged(before, after) == ()


def test_a_text_in_a_language_without_words_raises_nothing() -> None:
    assert flagged(FILLER, FILLER + TRAIN, language="ja") == ()


def test_ad_data_to_microsoft_raises_its_own_topic() -> None:
    (flag,) = flagged(FILLER, FILLER + "We share your data with Microsoft for its advertising services.")
    assert (flag.topic, flag.effect.value) == ("microsoft_ads", "introduces")


CLAUSES = st.lists(
    st.sampled_from([TRAIN, PROMISE, "We like cats.", "You can opt out of AI training.", "", "*   an item", "## More"]),
    max_size=8,
).map("\n\n".join)


@settings(max_examples=60, deadline=None)
@given(CLAUSES)
def test_the_same_text_twice_raises_nothing(text: str) -> None:
    assert flagged(text, text) == ()


@settings(max_examples=60, deadline=None)
@given(CLAUSES, CLAUSES)
def test_evidence_is_always_quoted_from_the_text(before: str, after: str) -> None:
    for flag in flagged(before, after):
        quoted = flag.after if flag.after is not None else flag.before
        assert quoted is not None
        assert flag.evidence in quoted


def test_a_sentence_that_comes_twice_is_told_once() -> None:
    assert len(flagged(FILLER, f"{FILLER}{TRAIN}\n\nMore.\n\n{TRAIN}\n")) == 1


def test_a_permission_without_old_words_for_it_is_quoted_from_the_text_that_has_it() -> None:
    before, after = "We use your posts to train our models and to show ads.", "We use your posts to show ads."
    (flag,) = (flag for flag in flagged(FILLER + before, FILLER + after) if flag.topic == "ai_training")
    assert (flag.effect.value, flag.before, flag.after) == ("withdraws", before, None)
    assert flag.evidence == "train our models"


def test_an_exception_that_grows_introduces() -> None:
    before = "We do not use your files to train our models except when you send feedback."
    after = "We do not use your files to train our models except when you send feedback or have the free plan."
    assert [flag.effect.value for flag in flagged(FILLER + before, FILLER + after)] == ["introduces"]


def test_a_pointer_whose_target_is_named_otherwise_raises_nothing() -> None:
    before = "For more information about data we use to train our models, see this help page."
    after = "For more information about data we use to train our models, see these answers."
    assert flagged(FILLER + before, FILLER + after) == ()


def test_objecting_under_a_training_heading_is_a_way_out() -> None:
    text = "## Training our AI models\n\nWe keep it short.\n"
    (flag,) = flagged(text, text + "\nYou have the right to object to this processing.\n")
    assert (flag.stance.value, flag.effect.value) == ("limits", "limits")


def test_a_passage_of_thousands_of_changed_sentences_ends_soon() -> None:
    before, after = (" ".join(f"We train models on {word}{n}." for n in range(3000)) for word in ("apple", "pear"))
    assert flagged(before, after)


def effects(before: str, after: str) -> list[str]:
    return [flag.effect.value for flag in flagged(FILLER + before, FILLER + after)]


def test_a_promise_that_gets_an_exception_drops_protection_and_loses_it_limits() -> None:
    firm, hedged = PROMISE, "We do not use your messages to train our AI models without your consent."
    assert (effects(firm, hedged), effects(hedged, firm)) == (["drops_protection"], ["limits"])


def test_a_condition_that_goes_widens_a_permission_and_a_way_out_that_goes_drops_protection() -> None:
    assert effects("We use your posts to train our AI models only if you pay for them.", TRAIN) == ["introduces"]
    assert effects("We use your posts to train our AI models, unless you opt out.", TRAIN) == ["drops_protection"]


def test_narrower_data_limits_and_wider_data_introduces() -> None:
    narrow = "We use aggregated statistics of your posts to train our AI models."
    assert (effects(TRAIN, narrow), effects(narrow, TRAIN)) == (["limits"], ["introduces"])


def test_a_heading_or_a_pointer_raises_nothing_beside_the_clause_itself() -> None:
    text = f"## Training of our AI models\n\n{TRAIN}\n\nFor more information on model training, see our help pages.\n"
    assert [flag.after for flag in flagged(FILLER, FILLER + text)] == [TRAIN]


def test_a_heading_alone_is_told() -> None:
    assert [flag.after for flag in flagged(FILLER, FILLER + "## Training of our AI models\n")] == [
        "Training of our AI models"
    ]


def test_a_tense_that_flips_on_a_word_light_on_one_side_only_raises_nothing() -> None:
    assert effects("We are updating how we train our AI models.", "We updated how we train our AI models.") == []


def test_an_item_inside_a_cell_is_told_by_itself() -> None:
    row = "| Use | Data |\n| --- | --- |\n| To serve you: - Suggest posts.{} - Rank jobs. | Your posts and clicks |"
    (flag,) = flagged(FILLER + row.format(""), FILLER + row.format(" - Train our AI models."))
    assert flag.after == "Train our AI models."


def test_an_item_inside_a_paragraph_keeps_the_denial_that_opens_its_list() -> None:
    after = "We read reports. We do not use your files to: - Show them to others. - Train our AI models."
    assert [(flag.stance.value, flag.after) for flag in flagged(FILLER, FILLER + after)] == [
        ("denies", "Train our AI models.")
    ]


def test_the_group_s_own_name_beside_ads_says_nothing_in_its_texts() -> None:
    feature = "The data you enter helps LinkedIn to suggest advertising copy."
    shared = "We share your data with Microsoft for advertising."
    assert flagged(FILLER, FILLER + feature, service="LinkedIn") == ()
    (flag,) = flagged(FILLER, FILLER + shared, service="LinkedIn")
    assert flag.topic == "microsoft_ads"


def test_a_space_that_is_lost_and_an_address_that_changes_raise_nothing() -> None:
    before = "We use your posts, see https://a.example/x, to train our AI models on public pages."
    after = "We use your posts, see https://b.example/y, to train our AImodels onpublic pages."
    assert effects(before, after.replace("AImodels", "AI models")) == []


def test_a_condition_on_a_way_out_drops_protection_and_another_way_out_limits() -> None:
    plain = "We use your posts to train our AI models unless you opt out."
    assert effects(plain, plain[:-1] + ", where the setting is offered.") == ["drops_protection"]
    way_out = "You can opt out of the training of our AI models in the settings."
    assert effects(way_out, way_out[:-1] + " or by a letter to our office.") == ["limits"]


def test_a_long_list_of_new_data_introduces_even_when_one_word_of_it_narrows() -> None:
    more = "posts, certain other material that is widely visible, such as names, avatars, banners, badges and bios,"
    assert effects(TRAIN, TRAIN.replace("posts", more)) == ["introduces"]


def test_a_statement_that_names_people_s_data_speaks_before_a_mere_description() -> None:
    text = "Generative models learn the patterns of what they are trained on. We do not use your chats to train AI.\n"
    assert [flag.effect.value for flag in flagged(FILLER, FILLER + text)] == ["limits"]


def test_an_example_that_is_added_gives_no_direction() -> None:
    assert effects(TRAIN, TRAIN.replace("posts", "posts (for example comments)")) == ["rewords"]


def test_a_promise_that_loses_its_condition_limits() -> None:
    hedged = "If you pay for the plan, your posts are not used to train our AI models."
    assert effects(hedged, "Your posts are not used to train our AI models.") == ["limits"]


def test_a_question_or_a_numbered_title_raises_nothing_beside_its_answer() -> None:
    asked = f"Do we use your posts to train AI models?\n\n5.7 AI training and your data.\n\n{PROMISE}\n"
    assert [flag.after for flag in flagged(FILLER, FILLER + asked)] == [PROMISE]


def test_what_is_done_to_the_data_before_training_is_a_limit() -> None:
    text = "We remove names from your posts before using them to train our AI models."
    assert (effects("", text), effects(text, "")) == (["limits"], ["drops_protection"])


def test_a_service_that_tunes_a_customer_s_model_raises_nothing() -> None:
    assert effects("", "On the fine-tuning API, we use your data to fine-tune the model.") == []


def test_a_way_out_of_what_the_sentence_before_said_limits() -> None:
    after = f"{TRAIN} You have the right to object to this processing."
    assert effects(TRAIN, after) == ["limits"]
    assert (
        effects("We use your posts for research.", "We use your posts for research. You may object to this use.") == []
    )


def test_a_way_out_of_what_the_passage_above_says_is_found() -> None:
    before = "# Policy\n\nWe use your posts to train our AI models.\n\nWe keep records of what you buy.\n"
    after = before.replace("\n\nWe keep", "\n\nYou may object to this at any time.\n\nWe keep")
    (flag,) = flagged(before, after)
    assert (flag.effect.value, flag.after) == ("limits", "You may object to this at any time.")


def test_a_way_out_of_something_else_is_not() -> None:
    before = "# Policy\n\nWe use your posts to train our AI models.\n\nWe keep records of what you buy.\n"
    assert flagged(before, before + "\nYou may object to this at any time.\n") == ()


def test_a_clause_cut_off_as_a_sentence_of_its_own_changes_nothing() -> None:
    before = "# Policy\n\nWe use posts and comments to train our AI models and we store them in Ireland.\n"
    after = before.replace(" and we store", ". We store")
    assert flagged(before, after) == flagged(after, before) == ()


def test_a_name_in_a_list_has_the_purpose_of_its_heading() -> None:
    advertisers = "## Advertising partners\n\n* Nordlicht\n"
    (flag,) = flagged(advertisers, advertisers + "* Microsoft\n")
    assert (flag.topic, flag.evidence) == ("microsoft_ads", "Microsoft")
    for other in ("## Statistics\n\n* Nordlicht\n", "## Follow us for promotions\n\n* Nordlicht\n"):
        assert flagged(other, other + "* Microsoft\n") == ()


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fr", "Cookies publicitaires"),
        ("de", "Werbepartner, die Cookies setzen"),
        ("es", "Cookies publicitarias"),
        ("it", "Cookie pubblicitari"),
        ("nl", "Advertentiecookies van partners"),
        ("pt", "Cookies de publicidade"),
    ],
)
def test_so_it_has_in_other_languages(language: str, heading: str) -> None:
    text = f"## {heading}\n\n* Nordlicht\n"
    assert [flag.topic for flag in flagged(text, text + "* Microsoft\n", language=language)] == ["microsoft_ads"]
