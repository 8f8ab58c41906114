"""Statement: what one sentence says about a topic."""

from dataclasses import dataclass

from diffing.flag import Stance
from diffing.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """That the publisher, or others it lets, does or does not do what a topic watches for.

    topic: its name. rule: name of the rule that found it, e.g. "ai_training.en.train_models".
    stance: PERMITS, LIMITS (a way out, a consent, an exception) or DENIES.
    sentence: where it stands in the passage's text. start, end: the words that carry it, in characters of the
    passage's text, within the sentence.
    telling: whether it stands alone; a heading, a pointer to further reading or a sentence that names nothing of what
    the topic says must be named (its `telling` classes) says little beside others.
    """

    topic: str
    rule: str
    stance: Stance
    sentence: Sentence
    start: int
    end: int
    telling: bool = True
