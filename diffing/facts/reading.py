"""Reading: a fact found in a run of text, before it is told as one; and the run it is found in."""

from dataclasses import dataclass

from diffing.fact import Fact, FactName


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A fact's name and value, and where its words stand in the passage's text."""

    name: FactName
    value: str
    start: int
    end: int

    def fact(self, index: int, text: str) -> Fact:
        """The fact, quoted from passage number `index`, whose whole text is `text`."""
        quote = text[self.start : self.end]
        return Fact(name=self.name, value=self.value, quote=quote, passage=index, start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A run of a passage's text. words: the run; start: where it stands in the passage."""

    words: str
    start: int = 0

    def reading(self, name: FactName, value: str, start: int, end: int) -> Reading:
        """A reading whose words stand at start:end of the run."""
        return Reading(name=name, value=value, start=self.start + start, end=self.start + end)
