"""Declarations in the public format, every feature of it, as in `declarations/` beside this file: none is modified."""

from pathlib import Path

import pytest

from crawler.declarations import Filter, Range, Readiness, check, load, user_filters
from crawler.errors import DeclarationError

FOLDER = Path(__file__).parent / "declarations"
KNOWN = user_filters(FOLDER / "filters.toml")
DECLARED = load([FOLDER], KNOWN)


def said(messages: object) -> list[str]:
    return [str(message).removeprefix(f"{FOLDER}/") for message in messages]  # type: ignore[attr-defined]


def test_over_forty_terms_run_as_they_are_declared_or_say_what_hinders_them() -> None:
    findings = check(DECLARED)
    assert len(findings) >= 40
    hindered = {str(f.declaration.document): str(f) for f in findings if f.readiness is not Readiness.RUNS}
    assert hindered == {
        "Cinderpost · Law Enforcement Guidelines": "needs a browser, runs without filter hideCounters",
        "Cinderpost · Privacy Policy": "needs a browser",
        "Cinderpost · Terms of Service": "needs a browser",
        "Dovetail · Commercial Terms": "needs a browser",
        "Gullwing · Terms of Service": "runs without filter removeLiveChat",
    }


def test_what_cannot_be_used_is_explained_and_stops_only_itself() -> None:
    assert said(DECLARED.problems) == [
        'Mudlark.json: terms "Privacy Policy": key "fetch" is missing; give the address of the page',
        'Mudlark.json: terms "Terms of Service": key "fetch" is \'www.mudlark.example/terms\'; '
        "give an address that begins with https:// or http://",
        'Mudlark.json: terms "Trackers Policy": key "select" is \'main[[\'; correct the CSS selector',
        'Mudlark.json: terms "Imprint": filter "replaceText": option "pattern" cannot be run '
        "(invalid perl operator: (?=); correct the pattern (RE2 syntax: no look-around, no back-references)",
        "Mudlark.json: terms \"Community Guidelines\": key \"select\" is {'startBefore': 'h1'}; "
        "give a range one startBefore or startAfter and one endBefore or endAfter",
    ]
    assert [one.terms for one in DECLARED.of("Mudlark")] == ["Brand Guidelines"]


def test_the_defects_of_public_files_are_tolerated_and_told() -> None:
    assert said(DECLARED.warnings) == [
        'Harrowgate.json: terms "Trackers Policy": key "ValidUntil" belongs into a history file and is left out of '
        "account",
        'Harrowgate.json: terms "Commercial Terms": is a list, as in a history file; the last one still valid is taken',
        "Islet.json: declares no terms; nothing to crawl",
        'Juniper.json: key "documents" is an older name of "terms" and is read as that',
        'Kestrel.json: key "Privacy Policy" is given more than once; the last one counts',
        'Kestrel.json: terms "Terms of Service": unknown key "selector"; did you mean "select"?',
        'Lanternfish Studio.json: service "Lanternfish" is declared in Lanternfish.json already; '
        'this one goes by its file, "Lanternfish Studio"',
    ]
    (kestrel,) = DECLARED.of("Kestrel", "Privacy Policy")
    assert kestrel.sources[0].fetch.endswith("/privacy")
    (sales,) = DECLARED.of("Harrowgate", "Commercial Terms")
    assert sales.sources[0].fetch.endswith("/sales")


def test_selectors_of_browsers_and_of_jquery_are_read() -> None:
    privacy, terms, *_ = DECLARED.of("Harrowgate")
    assert privacy.sources[0].select == ("div[data-page=privacy]",)
    assert privacy.sources[0].remove == ('a[href*="/share"]', '[class^="ad-"]') or privacy.sources[0].remove == (
        'a[href*="/share"]',
        "[class^=ad-]",
    )
    assert terms.sources[0].select == ('section:has(h2:-soup-contains("Terms"))',)


def test_ranges_and_the_parts_of_a_combine_are_read() -> None:
    (developer,) = DECLARED.of("Bluebarrow", "Developer Terms")
    assert developer.sources[0].select == (Range(start="#a", end="#b", after_end=True), "#annex")
    assert developer.sources[0].remove == (Range(start="#old", end="#older", after_start=True, after_end=True),)
    (complaints,) = DECLARED.of("Dovetail", "Complaints Policy")
    assert [source.filters for source in complaints.sources] == [
        (Filter(name="removeQueryParams"),),
        (Filter(name="removeQueryParams", arguments=("session",)),),
    ]
    (commercial,) = DECLARED.of("Dovetail", "Commercial Terms")
    assert [source.browser for source in commercial.sources] == [None, True]


def test_a_users_file_says_what_foreign_filters_are() -> None:
    privacy, _, trackers, sla = DECLARED.of("Gullwing")
    session = (("pattern", ";jsessionid=[0-9A-F]+"), ("replacement", ""))
    assert privacy.sources[0].filters == (Filter(name="rewriteUrls", options=session),)
    assert trackers.sources[0].filters == (Filter(name="removeQueryParams", arguments=("sid", "t")),)
    assert sla.sources[0].filters == ()
    assert load([FOLDER]).of("Gullwing", "Service Level Agreement")[0].sources[0].filters == (
        Filter(name="sortPartners"),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x = [", "not valid TOML"),
        ('x = "theirs"', 'key "x" uses "theirs", which cannot be run; use removeQueryParams'),
        ('x = "removeIf"', 'key "x" uses "removeIf", which cannot be run'),
        ("x = { removeIf = { select = 'p' } }", 'filter "removeIf": no condition is given; give one of text, href'),
        ("x = { removeIf = { text = 'p' } }", 'filter "removeIf": option "select" is missing; give it a text'),
        (
            "x = { replaceText = { patern = 'p' } }",
            'filter "replaceText": unknown option "patern"; known here: pattern',
        ),
        ("x = { replaceText = { pattern = 'a*' } }", "it matches the empty text, so it would match everywhere"),
        ("x = { removeElements = 'p[[' }", "key \"removeElements\" is 'p[['; correct the CSS selector"),
        ("x = { convertSpacesToStandard = 'p' }", "give it without an argument"),
    ],
)
def test_a_mistake_in_the_users_file_is_told_with_file_and_key(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "filters.toml").write_text(content)
    with pytest.raises(DeclarationError) as wrong:
        user_filters(tmp_path / "filters.toml")
    assert message in str(wrong.value)
    assert str(wrong.value).startswith(f"{tmp_path}/filters.toml: ")
