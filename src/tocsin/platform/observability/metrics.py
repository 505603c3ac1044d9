"""Prometheus metrics; labels never name tenants, services, incidents or hosts.

Under `tocsin serve` the roles are processes of their own: where PROMETHEUS_MULTIPROC_DIR is set
each writes its figures there, and whoever is asked answers for all of them.
"""

import asyncio
import os
import time
from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_LAG_EVERY_SECONDS = 0.5
_WAITS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5)
_LATE = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60)
_NEWEST: Final = "livemostrecent"
SHARED = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """The instruments of one process."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        self._requests = Counter(
            "http_requests_total",
            "Requests answered, by route template.",
            ["route", "method", "status"],
            registry=own,
        )
        self._request_seconds = Histogram(
            "http_request_seconds", "Time to answer a request.", registry=own
        )
        self._outgoing = Counter(
            "outgoing_requests_total", "Outgoing requests.", ["purpose", "outcome"], registry=own
        )
        self._outgoing_seconds = Histogram(
            "outgoing_request_seconds", "Time of an outgoing request.", ["purpose"], registry=own
        )
        self._deliveries = Counter(
            "delivery_attempts_total", "Delivery attempts.", ["channel", "outcome"], registry=own
        )
        self._items = Counter(
            "agenda_items_total", "Due work done.", ["lane", "outcome"], registry=own
        )
        self._write_wait = Histogram(
            "write_wait_seconds",
            "How long units waited for the writer.",
            ["lane"],
            buckets=_WAITS,
            registry=own,
        )
        self._backlog = Gauge(
            "backlog",
            "Rows that are due and wait.",
            ["of"],
            multiprocess_mode=_NEWEST,
            registry=own,
        )
        self._backlog_age = Gauge(
            "backlog_age_seconds",
            "How long the first of them has been due.",
            ["of"],
            multiprocess_mode=_NEWEST,
            registry=own,
        )
        self._open_circuits = Gauge(
            "open_circuits",
            "Hosts that are left alone for a while.",
            multiprocess_mode="livesum",
            registry=own,
        )
        self._findings = Gauge(
            "auditor_findings",
            "Findings of the last audit.",
            multiprocess_mode=_NEWEST,
            registry=own,
        )
        self._last_backup = Gauge(
            "tocsin_last_backup_timestamp_seconds",
            "When the newest snapshot was written (Unix time), 0 where there is none.",
            multiprocess_mode=_NEWEST,
            registry=own,
        )
        self._ping = Gauge(
            "healthcheck_ping_ok",
            "Whether the last ping of HEALTHCHECK_PING_URL was heard.",
            multiprocess_mode=_NEWEST,
            registry=own,
        )
        self._checks = Counter(
            "checks_total", "Own checks that ended.", ["kind", "outcome"], registry=own
        )
        self._lateness = Histogram(
            "check_lateness_seconds",
            "How long after its time a check began.",
            buckets=_LATE,
            registry=own,
        )
        self._checks_running = Gauge(
            "checks_running", "Own checks under way.", multiprocess_mode="livesum", registry=own
        )
        self._checks_watched = Gauge(
            "checks_watched",
            "Own checks that this worker runs; 0 while another does.",
            multiprocess_mode="livesum",
            registry=own,
        )
        self._polls = Counter(
            "polls_total", "Polls of vendors' feeds that ended.", ["kind", "outcome"], registry=own
        )
        self._oldest_poll = Gauge(
            "oldest_poll_age_seconds",
            "How long ago the feed that has waited longest was asked, 0 without feeds.",
            multiprocess_mode=_NEWEST,
            registry=own,
        )
        self._sockets = Gauge(
            "live_sockets", "Open live sockets.", multiprocess_mode="livesum", registry=own
        )
        self._loop_lag = Histogram(
            "event_loop_lag_seconds",
            "How late the event loop wakes.",
            buckets=_WAITS,
            registry=own,
        )

    def note_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(route, method, f"{status // 100}xx").inc()
        self._request_seconds.observe(seconds)

    def note_outgoing(self, purpose: str, outcome: str, seconds: float) -> None:
        """Somebody else's server was asked."""
        self._outgoing.labels(purpose, outcome).inc()
        self._outgoing_seconds.labels(purpose).observe(seconds)

    def note_delivery(self, channel: str, outcome: str) -> None:
        """A message was tried: `sent`, `failed` for now, or `refused` for good."""
        self._deliveries.labels(channel, outcome).inc()

    def note_item(self, lane: str, outcome: str) -> None:
        """Due work was `done`, or `failed` and will be tried again."""
        self._items.labels(lane, outcome).inc()

    def note_wait(self, lane: str, seconds: float) -> None:
        """A unit waited for its turn to write."""
        self._write_wait.labels(lane).observe(seconds)

    def show_backlog(self, counts: Mapping[str, int], ages: Mapping[str, float]) -> None:
        """What is due and waits, and for how long the first of it has."""
        for of, count in counts.items():
            self._backlog.labels(of).set(count)
            self._backlog_age.labels(of).set(ages.get(of, 0.0))

    def note_check(self, kind: str, outcome: str, late_seconds: float) -> None:
        """An own check ended that began so long after its time."""
        self._checks.labels(kind, outcome).inc()
        self._lateness.observe(late_seconds)

    def show_checks(self, running: int, waiting: int, waited: float, watched: int) -> None:
        """How busy the checker of this process is; `waited` is in seconds."""
        self._checks_running.set(running)
        self._checks_watched.set(watched)
        self.show_backlog({"checks": waiting}, {"checks": waited})

    def note_poll(self, kind: str, outcome: str) -> None:
        """A vendor's feed was asked."""
        self._polls.labels(kind, outcome).inc()

    def show_oldest_poll(self, age_seconds: float) -> None:
        self._oldest_poll.set(age_seconds)

    def show_findings(self, count: int) -> None:
        self._findings.set(count)

    def show_last_backup(self, at: float | None) -> None:
        """When the newest snapshot was written, None where there is none."""
        self._last_backup.set(at or 0)

    def show_ping(self, heard: bool) -> None:
        """Whether the dead man's switch heard the last ping."""
        self._ping.set(1 if heard else 0)

    def show_sockets(self, count: int) -> None:
        self._sockets.set(count)

    def show_open_circuits(self, count: int) -> None:
        self._open_circuits.set(count)

    def text(self) -> bytes:
        """The exposition in Prometheus text format, of all processes where they share a place."""
        if SHARED not in os.environ:
            return generate_latest(self.registry)
        from prometheus_client.multiprocess import MultiProcessCollector

        everybody = CollectorRegistry()
        MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]  # the library has no types
        return generate_latest(everybody)

    async def watch_loop(self) -> None:
        """Measure the event loop's lag until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_LAG_EVERY_SECONDS)
            self._loop_lag.observe(max(0.0, time.perf_counter() - before - _LAG_EVERY_SECONDS))
