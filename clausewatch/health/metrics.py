"""Metrics: the report and the times of fetches, as Prometheus reads them."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from alerts.delivery import State
from clausewatch import __version__
from clausewatch.health.report import Report

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30)
"""Bounds of the histogram of fetches; the last is the usual time-out."""


class Metrics:
    """What /metrics answers. report: looks at everything, once a scrape.

    What is counted comes from the archive, so that a restart resets no counter; only the times of fetches are of this
    process.
    """

    def __init__(self, report: Callable[[], Report]) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Reported(report))
        self._fetches = Histogram(
            "clausewatch_fetch_seconds", "Time from a request to its answer.", ["status"],
            registry=self._registry, buckets=SECONDS,
        )  # fmt: skip

    def fetched(self, status: int, seconds: float) -> None:
        """Take note of an answer. status: of HTTP; kept as its class, "2xx"."""
        self._fetches.labels(f"{status // 100}xx").observe(seconds)

    def page(self) -> bytes:
        """The whole page, in the text format. Raises what the report raises."""
        return generate_latest(self._registry)


class _Reported(Collector):
    def __init__(self, report: Callable[[], Report]) -> None:
        self._report = report

    def describe(self) -> list[Metric]:
        """Nothing before the first scrape: registering must not look at the archive."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Everything the report says."""
        report = self._report()
        counts = report.counts
        yield InfoMetricFamily("clausewatch", "The program.", {"version": __version__})
        yield _counter("visits", "Visits by outcome.", "outcome", counts.outcomes)
        yield _counter("changes", "Changes by kind.", "kind", counts.changes)
        yield _counter("flags", "Flags by topic.", "topic", counts.flags)
        yield _gauge("versions", "Versions kept.", counts.versions)
        yield _gauge("documents", "Texts kept.", counts.documents)
        yield _gauge("targets", "Terms declared.", report.targets)
        yield _gauge("targets_broken", "Declarations that cannot be used.", len(report.broken))
        yield _gauge("due", "Terms to be visited by now.", report.due)
        yield _gauge("lag_seconds", "For how long the longest waiting terms have been due.", report.lag.total_seconds())
        yield _gauges("faults", "Terms whose last visit faulted, by reason.", "reason", _reasons(report))
        yield _gauge("warnings", "Terms on which warnings stand.", len(report.warned))
        states = {state.value: report.outbox.get(state, 0) for state in State}
        yield _gauges("alerts", "Alerts in the outbox by state.", "state", states)
        oldest = (report.at - report.oldest_waiting).total_seconds() if report.oldest_waiting else 0.0
        yield _gauge("oldest_waiting_alert_seconds", "Age of the oldest alert that waits; 0 when none does.", oldest)
        yield _gauge("channels_disabled", "Channels nothing is sent to.", len(report.disabled))
        yield _gauge("archive_bytes", "Size of the archive with its log.", report.disk.archive)
        yield _gauge("disk_free_bytes", "Room left where the archive lies.", report.disk.free)
        if counts.last_visit:
            yield _gauge("last_visit_timestamp_seconds", "When the newest visit was.", counts.last_visit.timestamp())


def _reasons(report: Report) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for one in report.faults:
        found[one.fault.reason.value] = found.get(one.fault.reason.value, 0) + 1
    return found


def _gauge(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"clausewatch_{name}", help_text, value)


def _gauges(name: str, help_text: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(f"clausewatch_{name}", help_text, labels=[label])
    for value, number in sorted(values.items()):
        family.add_metric([value], number)
    return family


def _counter(name: str, help_text: str, label: str, values: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(f"clausewatch_{name}", help_text, labels=[label])
    for value, number in sorted(values.items()):
        family.add_metric([value], number)
    return family
