"""Asking: what can be asked of the archive beyond its versions and changes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from diffing.archive import blame, captures, documents, holdings, listing, search
from diffing.archive.blame import Blame
from diffing.archive.clock import to_ms
from diffing.archive.connection import Connection
from diffing.archive.holdings import Holding
from diffing.archive.index import Index
from diffing.archive.inflections import inflections
from diffing.archive.listing import ALL, Counts, Listed, Page, Wanted
from diffing.archive.memory import Memory
from diffing.archive.question import question
from diffing.archive.search import EVERYWHERE, Found, Hit, Within
from diffing.archive.texts import Texts
from diffing.archive.versions import Versions
from diffing.block import text_of
from diffing.capture import Capture
from diffing.language import language_of
from diffing.topics.speaking import Speaking
from diffing.version import Document

AT_ONCE = 100
"""Changes that are read in one go."""

PAGE = 10
"""Hits on a page."""

AT_ONCE = 500
"""Passages that are read in one go."""


class Asking:
    """Answers from the index. It is made some time after the versions are kept, see `catch_up`.

    Usable from any thread. Any call may raise an `ArchiveError`.
    """

    def __init__(
        self, connection: Connection, texts: Texts, versions: Versions, memory: Memory, speaking: Speaking | None
    ) -> None:
        self._connection = connection
        self._texts = texts
        self._versions = versions
        self._speaking = speaking
        self._index = Index(connection, texts, versions, memory, speaking)

    def read_by(self, speaking: Speaking) -> None:
        """From now on tell by these what a passage speaks of: the configuration names other topics."""
        self._speaking = speaking
        self._index.read_by(speaking)

    def behind(self) -> int:
        """How many versions the index does not hold yet."""
        return self._index.behind()

    def catch_up(self, on_progress: Callable[[int], None] = lambda left: None) -> None:
        """Add all versions that the index does not hold yet, in short transactions; about a millisecond each.

        on_progress: told how many are left. To be called after a crawl or an import; what little is new is also added
        by the questions themselves.
        """
        self._index.catch_up(on_progress)

    def blame(self, document: Document, at: datetime | None = None) -> Blame | None:
        """The version that stood at a moment, today's without one, and since when each of its passages stands.

        None before the first version. Adds to the index what is missing of it.
        """
        self._index.catch_up()
        with self._connection.reading() as database:
            version = self._versions.current(database, document, at=None if at is None else to_ms(at))
            return None if version is None else blame.blame(database, self._index.wordings, version)

    def search(self, text: str, within: Within = EVERYWHERE, *, limit: int = PAGE, offset: int = 0) -> Found:
        """The passages ever seen that fit what was typed, best first: who says it, since when, until when.

        text: see `question`; without words all that `within` holds on its topic, the newest first. A word by itself
        finds its other forms too, see `inflections`; in quotation marks it does not.
        Raises EmptyQuestion when nothing is left to look for.
        """
        asked = question(text) if text.strip() or within.topic is None else None
        behind = self._index.catch_up_a_little()
        with self._connection.reading() as database:
            if asked is not None:
                asked = asked.widened(lambda word: inflections(word, partial(search.beginning_with, database)))
            found = search.search(database, self._texts, asked, within, limit=limit, offset=offset)
        hits = found.hits if asked is not None else tuple(self._with_evidence(hit, within.topic) for hit in found.hits)
        return Found(hits=hits, more=found.more, behind=behind)

    def _with_evidence(self, hit: Hit, topic: str | None) -> Hit:
        """A hit that was found by its topic, with the stretch that speaks of it."""
        if self._speaking is None or topic is None:
            return hit
        service = hit.holdings[0].document.service
        return search.shown_at(hit, self._speaking.evidence(hit.text, topic, language_of(hit.text), service))

    def holdings(self, text: str) -> tuple[Holding, ...]:
        """Who says a passage of these words or ever said it, and when; those that say it today first."""
        self._index.catch_up_a_little()
        with self._connection.reading() as database:
            named = self._index.wordings.named(database, [text])
            return holdings.of_wordings(database, list(named.values())).get(named[text], ()) if named else ()

    def changes(self, wanted: Wanted = ALL, *, limit: int = 50, after: str | None = None) -> Page[Listed]:
        """Changes, newest first, page by page, without reading their texts. after: `next` of the page before."""
        with self._connection.reading() as database:
            return listing.listed(database, wanted, limit=limit, after=after)

    def every_change(self, wanted: Wanted = ALL) -> Iterator[Listed]:
        """The same one by one, read AT_ONCE in one go."""
        after: str | None = None
        while True:
            page = self.changes(wanted, limit=AT_ONCE, after=after)
            yield from page.items
            after = page.next
            if after is None:
                return

    def counts(self, wanted: Wanted = ALL) -> Counts:
        """How many changes there are of what is asked for."""
        with self._connection.reading() as database:
            return listing.counts(database, wanted)

    def passages(self, document: Document) -> Iterator[tuple[str, Holding]]:
        """Every passage that ever stood in a document, by its words, with since when and until when.

        Adds to the index what is missing of it.
        """
        self._index.catch_up()
        with self._connection.reading() as database:
            document_id = documents.find(database, document)
            wordings = [] if document_id is None else holdings.of_document(database, document_id)
        for some in batched(wordings, AT_ONCE):
            with self._connection.reading() as database:
                words = self._texts.passages(some)
                held = holdings.of_wordings(database, some)
            for wording in some:
                holding = next(one for one in held[wording] if one.document == document)
                yield text_of(words[wording]), holding

    def captures(self, document: Document) -> Iterator[Capture]:
        """Every capture that is kept of a document, oldest first, read one by one."""
        with self._connection.reading() as database:
            document_id = documents.find(database, document)
            rows = [] if document_id is None else captures.ids_of(database, document_id)
        for row in rows:
            with self._connection.reading() as database:
                capture = captures.get(database, row)
            if capture is not None:
                yield capture


def batched(values: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The values in portions of at most so many.

    >>> [list(some) for some in batched([1, 2, 3], 2)]
    [[1, 2], [3]]
    """
    return (values[start : start + size] for start in range(0, len(values), size))
