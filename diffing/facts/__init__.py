"""Facts: what a person acts on, read from what changed, each with the words it was read from.

What is not in the text is absent, never guessed. The names and values are told in docs/facts.md; the vocabulary is
data/facts/*.yaml.
"""

from diffing.facts.read import facts

__all__ = ["facts"]
