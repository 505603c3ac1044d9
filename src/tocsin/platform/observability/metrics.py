"""Prometheus metrics of one process; labels never name tenants, services or incidents."""

import asyncio
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_LAG_EVERY_SECONDS = 0.5


class Metrics:
    """The registry and the instruments all rooms share."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "http_requests_total",
            "Requests answered.",
            ["method", "status"],
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "http_request_seconds", "Time to answer a request.", registry=self.registry
        )
        self.outgoing = Counter(
            "outgoing_requests_total",
            "Outgoing requests.",
            ["purpose", "outcome"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "delivery_attempts_total",
            "Delivery attempts.",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self.findings = Gauge(
            "auditor_findings", "Findings of the last audit.", registry=self.registry
        )
        self.sockets = Gauge("live_sockets", "Open live sockets.", registry=self.registry)
        self.loop_lag = Histogram(
            "event_loop_lag_seconds",
            "How late the event loop wakes.",
            buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5),
            registry=self.registry,
        )

    def text(self) -> bytes:
        """The exposition in Prometheus text format."""
        return generate_latest(self.registry)

    async def watch_loop(self) -> None:
        """Measure the event loop's lag until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_LAG_EVERY_SECONDS)
            self.loop_lag.observe(max(0.0, time.perf_counter() - before - _LAG_EVERY_SECONDS))
