"""Discovery: the pages of a site that say what happens to people's data, and its blog, found from its address alone."""

from crawler.discovery.discover import Discovery, discover
from crawler.discovery.verify import Found
from crawler.discovery.writing import declared, written

__all__ = ["Discovery", "Found", "declared", "discover", "written"]
