import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from crawler.declarations import Declaration, Declarations, Filter, Range, Source, Watch, ad_hoc, check, load
from crawler.declarations.primitives import PRIMITIVES
from crawler.errors import DeclarationError, UnknownTarget
from crawler.extraction.filters import apply

PRIVACY = {"fetch": "https://www.example.org/privacy", "select": "main"}


def loaded(folder: Path, **files: object) -> Declarations:
    """What is loaded from a folder with those files: JSON values, or texts as they stand."""
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return load([folder])


def declared(folder: Path, terms: Mapping[str, object], **service: object) -> Declaration:
    """The declaration that is read from the given terms."""
    found = loaded(folder, Example={"name": "Example", "terms": {"Privacy Policy": terms}, **service})
    assert found.problems == ()
    (declaration,) = found
    return declaration


def problem(folder: Path, terms: object) -> str:
    """What is said of terms that cannot be read, without the folder's name."""
    found = loaded(folder, Example={"name": "Example", "terms": {"Privacy Policy": terms}})
    assert len(found) == 0
    (error,) = found.problems
    return str(error).removeprefix(f"{folder}/")


def test_a_public_declaration_is_read_unmodified(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        {
            "fetch": "https://www.example.org/privacy",
            "select": ["main", {"startBefore": "#a", "endAfter": "#b"}],
            "remove": {"startAfter": "nav", "endBefore": "h1"},
            "filter": ["removeAds", {"removeQueryParams": ["utm_source", "ref"]}],
            "executeClientScripts": True,
        },
    )
    source = Source(
        fetch="https://www.example.org/privacy",
        select=("main", Range(start="#a", end="#b", after_end=True)),
        remove=(Range(start="nav", end="h1", after_start=True),),
        filters=(Filter(name="removeAds"), Filter(name="removeQueryParams", arguments=("utm_source", "ref"))),
        browser=True,
    )
    assert (found.service, found.terms, found.sources, found.watch) == (
        "Example",
        "Privacy Policy",
        (source,),
        Watch(),
    )


def test_the_parts_of_a_combine_override_the_terms_key_by_key(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        {
            "select": "main",
            "remove": ".ad",
            "combine": [
                {"fetch": "https://www.example.org/a"},
                {"fetch": "https://www.example.org/b", "select": "article", "remove": []},
            ],
        },
    )
    assert found.sources == (
        Source(fetch="https://www.example.org/a", select=("main",), remove=(".ad",)),
        Source(fetch="https://www.example.org/b", select=("article",)),
    )


def test_our_own_keys_stand_under_watch_and_the_terms_override_the_service(tmp_path: Path) -> None:
    watch = {"every": "12h", "language": "FR", "region": "be", "topics": ["ai_training"]}
    found = declared(tmp_path, {**PRIVACY, "watch": {"every": "30m"}}, watch=watch)
    assert found.watch == Watch(every=timedelta(minutes=30), language="fr", region="BE", topics=("ai_training",))


def test_the_terms_own_cron_takes_the_place_of_the_services_interval(tmp_path: Path) -> None:
    own = {"cron": "0 6 * * 1-5", "timezone": "Europe/Brussels"}
    found = declared(tmp_path, {**PRIVACY, "watch": own}, watch={"every": "12h"})
    assert (found.watch.every, found.watch.cron, found.watch.timezone) == (None, "0 6 * * 1-5", "Europe/Brussels")


@pytest.mark.parametrize("watch", [{"feed": "https://www.example.org/feed"}, {"feed": "auto"}, {"follow": "a.post"}])
def test_terms_with_a_feed_or_links_to_follow_are_a_blog(tmp_path: Path, watch: Mapping[str, str]) -> None:
    assert declared(tmp_path, {**PRIVACY, "watch": watch}).is_blog


def test_a_blog_with_a_feed_needs_no_page(tmp_path: Path) -> None:
    assert declared(tmp_path, {"watch": {"feed": "https://www.example.org/feed"}}).sources == (Source(fetch=""),)


def test_the_hash_changes_with_what_shapes_the_text_and_with_nothing_else(tmp_path: Path) -> None:
    plain = declared(tmp_path, PRIVACY)
    assert plain.hash == declared(tmp_path, {**PRIVACY, "watch": {"every": "1d", "topics": "x"}}).hash
    others: list[dict[str, object]] = [
        {"select": "article"},
        {"remove": "nav"},
        {"filter": "x"},
        {"watch": {"language": "fr"}},
    ]
    hashes = {declared(tmp_path, {**PRIVACY, **other}).hash for other in others}
    assert len(hashes | {plain.hash}) == 5


def test_attribute_values_without_quotes_are_tolerated(tmp_path: Path) -> None:
    found = declared(tmp_path, {**PRIVACY, "remove": ["a[href*=/legal/x]", "p[data-x=y]"]})
    assert found.sources[0].remove == ('a[href*="/legal/x"]', "p[data-x=y]")


def test_a_service_without_terms_is_a_warning(tmp_path: Path) -> None:
    found = loaded(tmp_path, Empty={"name": "Empty", "terms": {}})
    assert (len(found), found.problems) == (0, ())
    assert found.warnings == (f"{tmp_path}/Empty.json: declares no terms; nothing to crawl",)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"select": "main"}, 'key "fetch" is missing; give the address of the page'),
        (
            {**PRIVACY, "fetch": "www.example.org"},
            "key \"fetch\" is 'www.example.org'; give an address that begins with https:// or http://",
        ),
        (
            {**PRIVACY, "fetch": "file:///etc/passwd"},
            "key \"fetch\" is 'file:///etc/passwd'; give an address that begins with https:// or http://",
        ),
        ({**PRIVACY, "fetch": 7}, 'key "fetch" is 7; give a text'),
        (
            {**PRIVACY, "fetch": "https://watch:hunter2@www.example.org/"},
            'key "fetch" has a name or password in its address; '
            "give it without; pages behind a log-in cannot be watched",
        ),
        ({**PRIVACY, "select": "main[["}, "key \"select\" is 'main[['; correct the CSS selector"),
        ({**PRIVACY, "select": 7}, 'key "select" is 7; give a CSS selector, a range, or a list of them'),
        (
            {**PRIVACY, "remove": {"startBefore": "h1"}},
            "key \"remove\" is {'startBefore': 'h1'}; give a range one startBefore or startAfter "
            "and one endBefore or endAfter",
        ),
        ({**PRIVACY, "executeClientScripts": "yes"}, "key \"executeClientScripts\" is 'yes'; give true or false"),
        ({**PRIVACY, "filter": [7]}, 'key "filter" is 7; give the name of a filter, or an object of one name and its '
         "argument"),
        ({**PRIVACY, "combine": []}, 'key "combine" is []; give a list of objects, one for each page'),
        ({**PRIVACY, "watch": []}, 'key "watch" is []; give an object'),
        (
            {**PRIVACY, "watch": {"cron": "0 25 * * *"}},
            'key "cron" is \'0 25 * * *\'; give five fields, minute hour day month weekday: "0 6 * * 1-5"',
        ),
        (
            {**PRIVACY, "watch": {"cron": "0 0 6 * * *"}},
            'key "cron" is \'0 0 6 * * *\'; give five fields, minute hour day month weekday: "0 6 * * 1-5"',
        ),
        (
            {**PRIVACY, "watch": {"cron": "0 6 * * *", "timezone": "Paris"}},
            'key "timezone" is \'Paris\'; give the name of a time zone: "Europe/Paris"',
        ),
        (
            {**PRIVACY, "watch": {"cron": "0 6 * * *", "every": "1d"}},
            'key "cron" is \'0 6 * * *\'; give "every" or "cron", not both',
        ),
        (
            {**PRIVACY, "watch": {"every": "often"}},
            "key \"every\" is 'often'; give a number and a unit, such as \"30m\", \"6h\", \"1d\" or \"1w\"",
        ),
        ({**PRIVACY, "watch": {"topics": 1}}, 'key "topics" is 1; give a text or a list of texts'),
        ({"watch": {"feed": "auto"}}, 'key "fetch" is missing; give the address of the page'),
        (7, 'is no object; give an object with "fetch" and "select"'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_terms_is_said_with_file_key_and_what_to_do(
    tmp_path: Path, terms: object, message: str
) -> None:
    assert problem(tmp_path, terms) == f'Example.json: terms "Privacy Policy": {message}'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '{"name": "X",\n "terms": {,}}',
            "line 2: Expecting property name enclosed in double quotes; correct the JSON",
        ),
        ("[]", 'is no JSON object; give an object with "name" and "terms"'),
        ("{}", 'key "name" is missing; give the service\'s name'),
        ('{"name": 1}', 'key "name" is 1; give a text'),
        ('{"name": "X", "terms": []}', 'key "terms" is []; give an object: the terms\' types and where each is'),
        ("[" * 100_000, "nested too deeply; correct the JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_and_stops_only_itself(
    tmp_path: Path, content: str, message: str
) -> None:
    found = loaded(tmp_path, Broken=content, Good={"name": "Good", "terms": {"Privacy Policy": PRIVACY}})
    assert [str(error) for error in found.problems] == [f"{tmp_path}/Broken.json: {message}"]
    assert found.services == ("Good",)


def test_bad_terms_leave_the_others_of_the_service_alone(tmp_path: Path) -> None:
    found = loaded(tmp_path, Example={"name": "Example", "terms": {"A": {}, "B": PRIVACY}})
    assert [declaration.terms for declaration in found] == ["B"]
    assert len(found.problems) == 1


def test_a_file_that_is_not_utf_8_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "X.json").write_bytes(b'{"name": "\xff"}')
    assert [str(error) for error in load([tmp_path]).problems] == [
        f"{tmp_path}/X.json: is not UTF-8 at byte 10; save it as UTF-8"
    ]


def test_of_two_files_with_one_name_the_second_goes_by_its_file(tmp_path: Path) -> None:
    service = {"name": "Example", "terms": {"Privacy Policy": PRIVACY}}
    found = loaded(tmp_path, A=service, B=service)
    assert (found.services, found.problems) == (("Example", "B"), ())
    assert found.warnings == (
        f'{tmp_path}/B.json: service "Example" is declared in A.json already; this one goes by its file, "B"',
    )


def test_of_two_files_with_one_name_the_second_is_a_problem_when_its_file_s_name_is_taken(tmp_path: Path) -> None:
    terms = {"Privacy Policy": PRIVACY}
    names = {"A": "C", "B": "X", "C": "X"}
    found = loaded(tmp_path, **{file: {"name": name, "terms": terms} for file, name in names.items()})
    assert [str(error) for error in found.problems] == [
        f'{tmp_path}/C.json: service "X" is declared in B.json already; keep one of the two'
    ]


def test_a_later_folder_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    shipped, mine = tmp_path / "shipped", tmp_path / "mine"
    for folder, name in ((shipped, "Terms A"), (mine, "Terms B")):
        folder.mkdir()
        (folder / "Example.json").write_text(json.dumps({"name": "Example", "terms": {name: PRIVACY}}))
    found = load([shipped, mine])
    assert [declaration.terms for declaration in found] == ["Terms B"]
    assert found.warnings == (f'{mine}/Example.json: takes the place of "Example" in an earlier folder',)


def test_histories_and_scripts_beside_the_declarations_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "Example.history.json").write_text("{}")
    (tmp_path / "Example.filters.js").write_text("export function x() {}")
    assert len(loaded(tmp_path, Example={"name": "Example", "terms": {"Privacy Policy": PRIVACY}})) == 1


def test_the_root_of_a_public_collection_stands_for_its_declarations(tmp_path: Path) -> None:
    (tmp_path / "declarations").mkdir()
    loaded(tmp_path / "declarations", Example={"name": "Example", "terms": {"Privacy Policy": PRIVACY}})
    assert load([tmp_path]).services == ("Example",)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="is no folder; name a folder of declarations"):
        load([tmp_path / "absent"])


def test_declarations_are_found_by_service_and_terms_and_near_names_are_proposed(tmp_path: Path) -> None:
    terms = {"Privacy Policy": PRIVACY, "Terms of Service": PRIVACY}
    found = loaded(tmp_path, A={"name": "LinkedIn", "terms": terms}, B={"name": "TikTok", "terms": terms})
    assert [declaration.terms for declaration in found.of("linkedin")] == ["Privacy Policy", "Terms of Service"]
    assert [declaration.service for declaration in found.of("TikTok", "privacy policy")] == ["TikTok"]
    with pytest.raises(UnknownTarget) as unknown:
        found.of("Linkdin")
    assert str(unknown.value) == 'Linkdin: no service of that name is declared; did you mean "LinkedIn"?'
    with pytest.raises(UnknownTarget) as unknown:
        found.of("TikTok", "Privcy Policy")
    assert str(unknown.value) == 'TikTok · Privcy Policy: no such terms are declared; did you mean "Privacy Policy"?'
    with pytest.raises(UnknownTarget, match="`clausewatch targets list` names those declared"):
        found.of("zzz")


def test_an_address_somebody_types_must_be_one() -> None:
    assert ad_hoc(" https://example.org/x ").sources == (Source(fetch="https://example.org/x"),)
    with pytest.raises(DeclarationError) as wrong:
        ad_hoc("example.org")
    assert str(wrong.value) == "example.org: is no web address; give one that begins with https:// or http://"


def test_the_check_says_what_runs_and_what_hinders_the_rest() -> None:
    sources = {
        "a": Source(fetch="https://example.org", filters=(Filter(name="removeQueryParams"),)),
        "b": Source(fetch="https://example.org", filters=(Filter(name="cleanUp"), Filter(name="dropAds"))),
        "c": Source(fetch="https://example.org", filters=(Filter(name="cleanUp"),), browser=True),
    }
    found = check(Declaration(service="Example", terms=name, sources=(source,)) for name, source in sources.items())
    assert [str(finding) for finding in found] == [
        "runs",
        "runs without filter cleanUp, dropAds",
        "needs a browser, runs without filter cleanUp",
    ]


def test_every_known_filter_has_a_step() -> None:
    given = {name: tuple((key, "b") for key in primitive.options) for name, primitive in PRIMITIVES.items()}
    steps = [Filter(name=name, arguments=("i",), options=options) for name, options in given.items()]
    assert apply(steps, BeautifulSoup("<p>x", "lxml"), "https://example.org") == ()
