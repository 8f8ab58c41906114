"""The past: captures the Internet Archive kept, found through its CDX interface, read as if we had been there.

Each capture goes through the same extraction, gate and judgement as a visit of ours. The history is a collection of its
own, so that our own visits and those of the archive are never mixed.
"""

from crawler.imports.wayback.cdx import Cdx, Snapshot
from crawler.imports.wayback.fetching import Fetch, Patient
from crawler.imports.wayback.reading import COLLECTION, read
from crawler.imports.wayback.timeline import Moment, timeline

__all__ = ["COLLECTION", "Cdx", "Fetch", "Moment", "Patient", "Snapshot", "read", "timeline"]
