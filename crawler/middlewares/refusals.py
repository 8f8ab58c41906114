"""Refusals: why a request was not sent on, as exceptions Scrapy hands to the errback."""

from scrapy.exceptions import IgnoreRequest


class Refusal(IgnoreRequest):
    """A request that is not sent. `where`: its address, "" for the one asked for; `what`: why, in a clause."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class AddressRefused(Refusal):
    """The address gate does not let it pass."""


class RobotsRefused(Refusal):
    """The site's robots.txt does not allow it, or cannot be read."""


class TooManyRedirects(Refusal):
    """A redirect too many, or one that cannot be followed."""


class Downloaded(Refusal):
    """The address gives a file to save where a page was expected."""


class Mispacked(Refusal):
    """The answer cannot be unpacked by the way it names."""


class CutOff(Refusal):
    """The answer ends before it is whole."""


class AskedToWait(Refusal):
    """The site has asked to be left alone for a while, or was overloaded."""
