"""What a monitor measured: response times over time, and its raw results."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query

from tocsin.detection.signals import queries
from tocsin.detection.signals.results import latency, results_of
from tocsin.detection.signals.results.schemas import STEP_SECONDS, LatencyOut, ResultsOut, Step
from tocsin.kernel.errors import FieldError, Invalid
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx
from tocsin.platform.web import Caller, Moment, api_router, requires

Reader = Annotated[Caller, requires("services.read")]
From = Annotated[
    Moment | None, Query(alias="from", description="Begin of the window; a day before its end.")
]
To = Annotated[Moment | None, Query(alias="to", description="End of the window; now.")]

_BEGIN = datetime.min.replace(tzinfo=UTC)
USUAL = timedelta(days=1)
MOST_RAW = timedelta(days=7)

router = api_router(tag="monitors")


@router.get("/monitors/{monitor_id}/latency", response_model=LatencyOut)
async def show_latency(
    monitor_id: UUID, caller: Reader, start: From = None, end: To = None, step: Step = "1h"
) -> LatencyOut:
    """Counts, average and percentiles of response times by step, cut in UTC."""

    def read(tx: ReadTx) -> LatencyOut:
        queries.source(tx, monitor_id)
        window = _window(start, end, tx.now)
        length = timedelta(seconds=STEP_SECONDS[step])
        return LatencyOut.of(step, latency(tx, monitor_id, window, length))

    return await caller.read(read)


@router.get("/monitors/{monitor_id}/results", response_model=ResultsOut)
async def show_results(
    monitor_id: UUID, caller: Reader, start: From = None, end: To = None
) -> ResultsOut:
    """Every single result of a window, for as long as they are kept; at most a week at once."""

    def read(tx: ReadTx) -> ResultsOut:
        queries.source(tx, monitor_id)
        window = _window(start, end, tx.now)
        if window.duration > MOST_RAW:
            raise _wrong("from", "at most seven days before `to`")
        return ResultsOut.of(results_of(tx, [monitor_id], window)[monitor_id])

    return await caller.read(read)


def _window(start: datetime | None, end: datetime | None, now: datetime) -> Interval:
    """What was asked for; by itself the last day."""
    end = end or now
    start = start or end - min(USUAL, end - _BEGIN)
    if end < start:
        raise _wrong("to", "not before `from`")
    return Interval(start, end)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(f"{field}: {sentence}", errors=[FieldError(field, sentence)])
