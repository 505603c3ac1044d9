"""Wire models of results."""

from typing import Literal

from tocsin.detection.signals.model import CheckResult
from tocsin.platform.wire import Moment, WireModel

from .latency import LatencyPoint

Step = Literal["1m", "5m", "15m", "1h", "6h", "1d"]

STEP_SECONDS: dict[Step, int] = {
    "1m": 60,
    "5m": 300,
    "15m": 900,
    "1h": 3_600,
    "6h": 21_600,
    "1d": 86_400,
}


class LatencyPointOut(WireModel):
    """One step of response times, in milliseconds; null where nothing was answered."""

    start: Moment
    count: int
    bad: int
    avg: float | None
    p50: float | None
    p90: float | None
    p95: float | None
    p99: float | None


class LatencyOut(WireModel):
    """Response times of a monitor; steps without results are left out."""

    step: Step
    points: list[LatencyPointOut]

    @classmethod
    def of(cls, step: Step, points: list[LatencyPoint]) -> "LatencyOut":
        """Show points."""
        return cls(step=step, points=[LatencyPointOut.model_validate(one) for one in points])


class CheckResultOut(WireModel):
    """One result: when the check began, and what it found."""

    at: Moment
    ok: bool
    response_ms: int | None
    status_code: int | None
    fault: str | None


class ResultsOut(WireModel):
    """Raw results of a monitor, oldest first."""

    results: list[CheckResultOut]

    @classmethod
    def of(cls, results: list[CheckResult]) -> "ResultsOut":
        """Show results."""
        return cls(results=[CheckResultOut.model_validate(one) for one in results])
