"""Reading: archived pages put through our own extraction, gate, judgement and archive."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.declarations import Declaration
from crawler.extraction import EXTRACTOR, extract
from crawler.imports.wayback.fetching import Patient
from crawler.imports.wayback.timeline import Moment
from crawler.observation import Observation
from crawler.recorder import Recorder
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault

BATCH = 20
"""Moments whose pages are fetched before they are recorded; so many are fetched again after Ctrl-C."""

COLLECTION = "wayback"
"""The name the history is kept under, apart from our own visits."""


def read(
    declaration: Declaration,
    moments: Sequence[Moment],
    patient: Patient,
    recorder: Recorder,
    *,
    collection: str = COLLECTION,
) -> Iterator[Visit]:
    """Fetch the pages of each moment and record them, in order; a visit each.

    A page the archive has lost, and one that holds no text to be trusted, is a fault of its moment. Raises HistoryError
    when the archive cannot be reached any more; what was read is kept, and the next import goes on after it.
    """
    document = replace(declaration.document, collection=collection)
    kept: dict[str, Capture | Fault] = {}
    for start in range(0, len(moments), BATCH):
        batch = moments[start : start + BATCH]
        wanted = dict.fromkeys(part.url for moment in batch for part in moment.parts)
        known = {url: kept[url] for url in wanted if url in kept}
        kept = known | patient.many([url for url in wanted if url not in known])
        for moment in batch:
            result = _observation(declaration, moment, [kept[part.url] for part in moment.parts])
            if isinstance(result, Fault):
                yield recorder.fault(document, result, moment.at)
            else:
                yield recorder.observe(replace(result, document=document))


def _observation(declaration: Declaration, moment: Moment, found: Sequence[Capture | Fault]) -> Observation | Fault:
    captures = []
    for source, part, one in zip(declaration.sources, moment.parts, found, strict=True):
        if isinstance(one, Fault):
            return one
        captures.append(replace(one, source=source.fetch, url=part.original, fetched_at=part.at))
    extraction = extract(captures, declaration)
    if isinstance(extraction, Fault):
        return extraction
    return Observation(
        document=declaration.document,
        text=extraction.text,
        url=moment.parts[0].page,
        observed_at=moment.at,
        captures=tuple(captures),
        extractor=EXTRACTOR,
        declaration=declaration.hash,
        language=declaration.watch.language,
        warnings=extraction.warnings,
        fallback=extraction.fallback,
    )
