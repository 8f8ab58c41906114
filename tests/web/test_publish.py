"""The pages as files."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from clausewatch.errors import PublishError
from clausewatch.web.publish import publish, write
from clausewatch.web.reading import read_due
from clausewatch.web.site import Site
from clausewatch.web.slugs import document_slug
from tests.support.flagging import topics
from tests.support.web import HOSTILE, NEW, NOW, POLICY, filled, keep


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("publishing")) as filled_site:
        read_due(filled_site.archive, topics())
        yield filled_site


@pytest.fixture(scope="module")
def written(over: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish(over, folder)
    return folder


def test_every_page_is_a_file_in_both_languages(over: Site, written: Path) -> None:
    change = next(change.id for change in over.archive.changes(topic="ai_training") if change.before)
    for name in (
        "index.html",
        f"change/{change}.html",
        f"terms/{document_slug(POLICY)}.html",
        "topic/ai_training.html",
    ):
        english = BeautifulSoup((written / name).read_text(), "lxml")
        french = BeautifulSoup((written / "fr" / name).read_text(), "lxml")
        assert (english.html["lang"], french.html["lang"]) == ("en", "fr")  # type: ignore[index]
        assert english.select("h1")
    assert (written / "pictures" / "months.csv").read_text().startswith("Month")
    assert (written / "static" / "style.css").is_file()


def test_every_link_is_relative_and_leads_to_a_file_that_is_there(written: Path) -> None:
    pages = list(written.rglob("*.html"))
    assert len(pages) > 20
    links = 0
    for page in pages:
        document = BeautifulSoup(page.read_text(), "lxml")
        assert not document.select("form")
        for element in document.select("[href], [src]"):
            link = str(element.get("href") or element.get("src")).partition("#")[0]
            if link and not link.startswith("https://"):
                links += 1
                assert not link.startswith("/"), (page, element)
                assert (page.parent / link).is_file(), (page, element)
    assert links > 300


def test_only_what_changed_is_written_again(over: Site, written: Path) -> None:
    index = written / "index.html"
    before = index.stat().st_mtime_ns
    assert publish(over, written).written == 0
    assert index.stat().st_mtime_ns == before
    index.write_text("something else")
    assert publish(over, written).written == 1


def test_a_new_change_is_added_and_nothing_is_deleted(tmp_path: Path) -> None:
    with filled(tmp_path) as over:
        folder = tmp_path / "site"
        first = publish(over, folder)
        (folder / "CNAME").write_text("watch.example.org")
        keep(over.archive, POLICY.__class__(service="Brightrung", terms="Blog"), [HOSTILE, NEW], start=NOW)
        second = publish(over, folder)
        assert second.files > first.files
        assert (folder / "CNAME").read_text() == "watch.example.org"


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "site", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "change").symlink_to(outside)
    for name in ("../outside/x.html", "change/x.html", "/etc/x.html"):
        with pytest.raises(PublishError, match="leads out of the folder"):
            write(folder, name, b"x")
    assert not list(outside.iterdir())


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("old")
    inode = (tmp_path / "index.html").stat().st_ino
    assert write(tmp_path, "index.html", b"new")
    assert (tmp_path / "index.html").stat().st_ino != inode
    assert os.listdir(tmp_path) == ["index.html"]


def test_a_folder_that_cannot_be_written_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "change").write_text("a file where a folder should be")
    with pytest.raises(PublishError) as told:
        write(tmp_path, "change/ab.html", b"x")
    assert str(told.value).startswith(f"{tmp_path}/change/ab.html: cannot be written (")
