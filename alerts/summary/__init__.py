"""Summary: one sentence about a change, for people, and at most a second.

It is put together from flags and facts and never says more than they do; words of the page (titles, settings, names)
are cleaned and cut.
"""

from alerts.summary.sentence import summary

__all__ = ["summary"]
