"""Diff: what lies between any two versions, judged on the spot."""

from clausewatch.web.pages.change import counts, shown_flags
from clausewatch.web.redline import rows
from clausewatch.web.values import fact_lines
from clausewatch.web.visit import NoPage, Page, Visit
from diffing.change import Change
from diffing.judge import judge


def page(visit: Visit, before_id: str, after_id: str) -> Page:
    """Two versions by their ids; of the same text the older one stands before, whatever was asked."""
    old, new = visit.site.archive.version(before_id), visit.site.archive.version(after_id)
    if old is None or new is None:
        raise NoPage
    if old.document == new.document and old.observed_at > new.observed_at:
        old, new = new, old
    found = judge(
        old.text,
        new.text,
        topics=visit.site.topics,
        language=new.language,
        service=new.document.service,
        observed_on=new.observed_at.date(),
    )
    change = Change(before=old, after=new, judgement=found)
    whole = visit.asked("whole") == "yes"
    values = {
        "old": old,
        "new": new,
        "same": old.text == new.text,
        "change": change,
        "facts": fact_lines(found.facts, visit.say, visit.site.now().date()),
        "flags": shown_flags(change),
        "rows": rows(change, whole=whole),
        "whole": whole,
        "side": visit.asked("view") == "side",
        "counts": counts(change),
    }
    return Page(template="diff.html", title=visit.say("diff.title"), values=values)
