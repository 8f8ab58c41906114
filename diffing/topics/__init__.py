"""Topics: what is watched for, as data, and what a sentence says about it.

`load_topics` reads topics and languages from YAML; `statements` reads a passage. A user adds a topic as a file,
without code: docs/topics.md.
"""

from diffing.topics.loader import examine, load_topics
from diffing.topics.reader import statements
from diffing.topics.statement import Statement
from diffing.topics.topic import Topic

__all__ = ["Statement", "Topic", "examine", "load_topics", "statements"]
