"""What to say of two texts that are no two versions of one: nobody made the one into the other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from diffing.change import Change
from diffing.edit import Edit, EditKind

SAME: Final = {"en": "Both texts are the same.", "fr": "Les deux textes sont identiques."}
COUNTED: Final = {
    "en": "Passages: {added} only in the second text, {removed} only in the first, {reworded} worded differently, "
    "{moved} in another place.",
    "fr": "Passages\u00a0: {added} dans le second texte seulement, {removed} dans le premier seulement, "
    "{reworded} en d\u2019autres termes, {moved} \u00e0 un autre endroit.",
}


def is_same(change: Change) -> bool:
    """Whether a text is compared with itself."""
    return change.before is not None and change.before.text == change.after.text


def between(change: Change) -> Mapping[str, str] | None:
    """How the texts differ, by language; None where a publisher made the second of the first."""
    before, after = change.before, change.after
    if is_same(change):
        return SAME
    if before is None or (before.document == after.document and before.observed_at <= after.observed_at):
        return None
    counts = _counts(change.judgement.edits)
    return {language: told.format(**counts) for language, told in COUNTED.items()}


def _counts(edits: Sequence[Edit]) -> Mapping[str, int]:
    counts = Counter(edit.kind.broad for edit in edits)
    return {kind.value: counts[kind] for kind in EditKind}
