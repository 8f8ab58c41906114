"""docs/declarations.md: its example loads, and it explains every key."""

import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from bs4 import BeautifulSoup

from crawler.declarations import Filter, Range, Watch, load, user_filters
from crawler.declarations.primitives import PRIMITIVES
from crawler.extraction.filters import apply

DOCUMENT = (Path(__file__).parents[2] / "docs" / "declarations.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)


def test_the_worked_example_means_what_the_text_below_it_says(tmp_path: Path) -> None:
    assert EXAMPLE
    (tmp_path / "Brightrung.json").write_text(EXAMPLE[1], encoding="utf-8")
    declared = load([tmp_path])
    assert declared.problems == ()
    assert declared.warnings == ()
    privacy, terms, cookies, blog = declared.items
    assert privacy.watch == Watch(every=timedelta(hours=6), language="en", region="IE")
    assert terms.watch == Watch(every=timedelta(hours=12), language="en")
    assert [source.select for source in terms.sources] == [("main",), ("#plans",)]
    assert cookies.sources[0].select == (Range(start="h1", end="#related", after_start=True),)
    assert blog.is_blog


def test_every_key_under_watch_is_explained() -> None:
    for field in fields(Watch):
        assert f"| `{field.name}` |" in DOCUMENT, field.name


def test_every_filter_named_is_one_we_can_run() -> None:
    for name, primitive in PRIMITIVES.items():
        given = Filter(name=name, arguments=("i",), options=tuple((key, "b") for key in primitive.options))
        assert apply([given], BeautifulSoup("", "lxml"), "https://a.example/") == ()
        assert f"| `{name}` |" in DOCUMENT
        assert all(f"`{key}`" in DOCUMENT or f'"{key}"' in DOCUMENT for key in primitive.options)


def test_the_filters_of_a_user_that_are_shown_can_be_read(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(strip.*?)```", DOCUMENT, re.DOTALL)
    assert shown
    (tmp_path / "filters.toml").write_text(shown[1], encoding="utf-8")
    assert len(user_filters(tmp_path / "filters.toml").known) == 4


def test_the_error_shown_is_the_one_a_reader_gets(tmp_path: Path) -> None:
    shown = re.search(r"```\nmy-targets/(.*?)\n```", DOCUMENT, re.DOTALL)
    assert shown
    (tmp_path / "Brightrung.json").write_text(
        '{"name": "Brightrung", "terms": {"Blog": {"fetch": "https://a.example/", "watch": {"every": "6 hours"}}}}',
        encoding="utf-8",
    )
    (problem,) = load([tmp_path]).problems
    assert str(problem) == f"{tmp_path}/{shown[1]}"
