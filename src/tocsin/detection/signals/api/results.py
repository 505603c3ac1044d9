"""What a monitor measured: response times over time, and its raw results."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from tocsin.detection.signals import queries
from tocsin.detection.signals.results import latency, results_of
from tocsin.detection.signals.results.schemas import STEP_SECONDS, LatencyOut, ResultsOut, Step
from tocsin.kernel.errors import FieldError, Invalid
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx
from tocsin.platform.web import Caller, Moment, requires

Reader = Annotated[Caller, requires("services.read")]
From = Annotated[Moment, Query(alias="from")]
To = Annotated[Moment, Query(alias="to")]

router = APIRouter(tags=["monitors"])


@router.get("/monitors/{monitor_id}/latency", response_model=LatencyOut)
async def show_latency(
    monitor_id: UUID, caller: Reader, start: From, end: To, step: Step = "1h"
) -> LatencyOut:
    """Counts, average and percentiles of response times by step, cut in UTC."""
    window = _window(start, end)

    def read(tx: ReadTx) -> LatencyOut:
        queries.source(tx, monitor_id)
        length = timedelta(seconds=STEP_SECONDS[step])
        return LatencyOut.of(step, latency(tx, monitor_id, window, length))

    return await caller.read(read)


@router.get("/monitors/{monitor_id}/results", response_model=ResultsOut)
async def show_results(monitor_id: UUID, caller: Reader, start: From, end: To) -> ResultsOut:
    """Every single result of a window, for as long as they are kept; at most a week at once."""
    window = _window(start, end)
    if window.duration > timedelta(days=7):
        raise _wrong("from", "at most seven days before `to`")

    def read(tx: ReadTx) -> ResultsOut:
        queries.source(tx, monitor_id)
        return ResultsOut.of(results_of(tx, [monitor_id], window)[monitor_id])

    return await caller.read(read)


def _window(start: Moment, end: Moment) -> Interval:
    if end < start:
        raise _wrong("to", "not before `from`")
    return Interval(start, end)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(f"{field}: {sentence}", errors=[FieldError(field, sentence)])
