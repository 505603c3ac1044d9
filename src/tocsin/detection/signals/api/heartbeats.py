"""Jobs that report by themselves: the last ping, and when pings are due."""

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.detection.signals import queries
from tocsin.detection.signals.heartbeats import cron_times, cron_words
from tocsin.detection.signals.heartbeats.store import heartbeat
from tocsin.detection.signals.heartbeats.waiting import HEARTBEAT, fields_of
from tocsin.detection.signals.schemas import CronIn, CronOut, HeartbeatOut
from tocsin.kernel.errors import NotFound
from tocsin.platform.database import ReadTx
from tocsin.platform.web import Caller, api_router, requires

Reader = Annotated[Caller, requires("services.read")]
Writer = Annotated[Caller, requires("monitors.write")]

SHOWN = 5

router = api_router(tag="monitors")


@router.post("/monitors/heartbeat/preview", response_model=CronOut)
async def preview_cron(body: CronIn, caller: Writer) -> CronOut:
    """When a job would be due by a cron expression, true to the clocks of its zone; saves nothing."""

    def read(tx: ReadTx) -> CronOut:
        zone = ZoneInfo(body.time_zone)
        return CronOut(
            cron=body.cron,
            time_zone=body.time_zone,
            words=cron_words(body.cron),
            next_due_at=list(cron_times(body.cron, tx.now, zone, SHOWN)),
        )

    return await caller.read(read)


@router.get("/monitors/{monitor_id}/heartbeat", response_model=HeartbeatOut)
async def show_heartbeat(monitor_id: UUID, caller: Reader) -> HeartbeatOut:
    """The last ping of a job; 404 for a monitor that waits for none."""
    return await caller.read(_heartbeat, monitor_id)


def _heartbeat(tx: ReadTx, monitor_id: UUID) -> HeartbeatOut:
    beat = heartbeat(tx, monitor_id)
    source = queries.source(tx, monitor_id)
    if beat is None or source.kind != HEARTBEAT:
        raise NotFound("This monitor waits for no pings.")
    fields = fields_of(source)
    cron = fields.cron
    return HeartbeatOut(
        pinged_at=beat.pinged_at,
        started_at=beat.started_at,
        due_at=beat.due_at,
        last_kind=beat.last_kind,
        exit_code=beat.exit_code,
        text=beat.text,
        next_due_at=list(cron_times(cron, tx.now, fields.zone, SHOWN)) if cron else [],
    )
