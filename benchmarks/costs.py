"""Costs: what a piece of work takes of the processor, in this process and in those it started."""

import resource
from collections.abc import Sequence


def cpu_seconds() -> float:
    """Processor time so far, of this process and of the ended ones it started: what else runs does not count."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def peak_mb() -> int:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lie.

    >>> percentile([3.0, 1.0, 2.0], 0.5), percentile([3.0, 1.0, 2.0], 1)
    (2.0, 3.0)
    """
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
