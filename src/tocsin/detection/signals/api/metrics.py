"""Figures that programs push."""

from typing import Annotated, Any

from tocsin.detection.signals.metrics import take_samples
from tocsin.detection.signals.metrics.schemas import MetricSamplesIn, MetricSamplesOut
from tocsin.platform.database import Lane
from tocsin.platform.web import Caller, api_router, requires

router = api_router(tag="monitors")


@router.post("/metrics-samples", status_code=202, response_model=MetricSamplesOut)
async def push_samples(
    body: MetricSamplesIn, caller: Annotated[Caller, requires("metrics.write")]
) -> Any:
    """Push figures of a service, such as an error rate; a token with the scope will do.

    A sample at an instant that is taken replaces what was there, so that repeating is harmless.
    """
    samples = [one.sample() for one in body.samples]
    return await caller.write(
        take_samples,
        body.service_id,
        samples,
        answer=lambda accepted: MetricSamplesOut(accepted=accepted),
        lane=Lane.NORMAL,
    )
