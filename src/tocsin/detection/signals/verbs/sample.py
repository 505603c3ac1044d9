"""Telling downstream how a service looks, with what a person said in its place."""

from collections.abc import Sequence
from typing import Any

from tocsin.detection.signals.model import ManualStatus, PollerHealth, Source
from tocsin.detection.signals.rules import Together, together
from tocsin.detection.signals.samples import ServiceSample
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx

from .room import Signals


def tell(
    tx: Tx,
    room: Signals,
    service_id: str,
    sources: Sequence[Source],
    held: ManualStatus | None,
    *,
    counts: bool = False,
    spoken: bool = False,
) -> None:
    """Hand the sample of a service to whoever takes it; silent before anything is known."""
    said = together(sources)
    if said is None and held is None:
        return
    sample = _sample(tx, service_id, said, held, counts=counts, spoken=spoken)
    room.observations.taken(tx, sample)


def _sample(
    tx: Tx,
    service_id: str,
    said: Together | None,
    held: ManualStatus | None,
    *,
    counts: bool,
    spoken: bool,
) -> ServiceSample:
    health = said.health if said else PollerHealth.OK
    return ServiceSample(
        service_id=service_id,
        at=tx.now,
        status=_status(said, held),
        maintenance=said.maintenance if said else False,
        detail=held.detail if held else said.detail if said else None,
        health=health.value,
        counts=counts and health is not PollerHealth.BROKEN,
        by_hand=held is not None,
        spoken=spoken,
        settled=held is None and said is not None and said.settled,
        cause=_cause(said, held),
    )


def _status(said: Together | None, held: ManualStatus | None) -> Status:
    if held is not None:
        return held.status
    return said.status if said else Status.UNKNOWN


def _cause(said: Together | None, held: ManualStatus | None) -> dict[str, Any]:
    """What made it so: ids and kinds only."""
    if held is not None:
        return {"id": held.id.hex, "kind": "person"}
    if said is None or said.source is None:
        return {}
    return {"id": said.source.id.hex, "kind": said.source.kind}
