"""Real texts, rendered to pages and crawled: what comes back has the same words, and steadily so."""

from collections.abc import Iterator
from itertools import islice

import pytest

from crawler.declarations import Source
from crawler.extraction import Extraction
from crawler.imports.ota import history
from crawler.imports.repository import opened
from diffing.outcome import Outcome
from diffing.passages import passages
from tests.support.crawling import terms, visit
from tests.support.pages import attempted, capture, extracted
from tests.support.server import Answer, Reply, serving
from tests.support.shared import CORPUS, needs_corpus
from tests.support.site import CONTENT, page

pytestmark = needs_corpus


@pytest.fixture(scope="module")
def versions() -> dict[str, list[str]]:
    """Every third recorded version of LinkedIn's terms, oldest first, by their type."""
    found: dict[str, list[str]] = {}
    with opened(CORPUS / "pga.bundle") as repository, repository.blobs() as blobs:
        for recorded in history(repository, service="LinkedIn"):
            text = blobs.read(recorded.blob)
            assert text is not None
            found.setdefault(recorded.document.terms, []).append(text.decode())
    return {name: texts[::3] for name, texts in found.items()}


def words(markdown: str) -> list[str]:
    """The words of a text, passage by passage, in order.

    Without stars: the archive writes some that the renderer does not read as emphasis, so they come back as words.
    """
    return [word for passage in passages(markdown) for word in passage.text.replace("*", "").split()]


@pytest.mark.parametrize("name", ["Privacy Policy", "Terms of Service", "Community Guidelines"])
def test_a_real_text_comes_back_word_for_word(versions: dict[str, list[str]], name: str) -> None:
    for text in versions[name]:
        assert words(extracted(page(text), CONTENT).text) == words(text)


def test_reading_a_text_that_was_read_changes_nothing(versions: dict[str, list[str]]) -> None:
    for text in islice(_all(versions), 0, None, 9):
        once = extracted(page(text), CONTENT).text
        assert extracted(page(once), CONTENT).text == once


def test_the_main_content_is_nearly_all_of_a_real_text_and_nothing_around_it(versions: dict[str, list[str]]) -> None:
    for text in versions["Privacy Policy"]:
        result = attempted(capture(page(text)))
        assert isinstance(result, Extraction)
        wanted, got = set(passages(text)), set(passages(result.text))
        assert len({item.text for item in wanted} & {item.text for item in got}) > 0.95 * len(
            {item.text for item in wanted}
        )
        assert not {"Accept all", "Log in", "Jobs"} & {item.text for item in got}


def test_real_texts_are_crawled_over_http_with_304_in_between(versions: dict[str, list[str]]) -> None:
    texts = versions["Privacy Policy"][-3:]
    with serving({}) as server:
        target = terms(Source(fetch=f"{server.url}/legal", select=(CONTENT,)))
        kept, outcomes = None, []
        for number, text in enumerate(texts):
            reply: Answer = Reply(body=page(text), headers={"ETag": f'"{number}"'})
            server.pages = {"/legal": reply}
            for _ in range(2):
                kept, visits = visit([target], kept)
                outcomes.append(visits[0].outcome)
    assert outcomes == [Outcome.NEW, Outcome.UNCHANGED] * 3
    assert kept is not None
    assert [words(item.text) for item in kept.observations] == [words(text) for text in texts]


def _all(versions: dict[str, list[str]]) -> Iterator[str]:
    for texts in versions.values():
        yield from texts
