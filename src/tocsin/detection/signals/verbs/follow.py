"""Following the catalog: a service's declared source, and rest for those of archived services."""

from collections.abc import Sequence
from uuid import UUID

from tocsin.detection.signals import queries, store
from tocsin.detection.signals.model import HoldEnd, Source
from tocsin.platform.database import Tx
from tocsin.registry import catalog, maintenance

from .poll import ask_soon, stop_asking
from .room import Signals
from .sample import tell


def follow_service(tx: Tx, room: Signals, service_id: str) -> None:
    """Make a service's sources what the catalog says; repeating changes nothing."""
    service = catalog.services_by_id(tx, [service_id]).get(service_id)
    sources = store.hold_sources(tx, service_id)
    if service is None:
        _rest(tx, room, service_id, sources)
        return
    woken = _wake(tx, sources)
    declared = next((source for source in sources if source.declared), None)
    changed = _declare(tx, room, service, declared)
    if changed is not None and declared is not None and declared.kind != changed.kind:
        stop_asking(tx, room, declared)
    if not woken and changed is None:
        return
    after = store.hold_sources(tx, service_id)
    for source in after:
        if source.polled and (source == changed or source.id in woken):
            ask_soon(tx, room, source)
        elif not source.polled:
            stop_asking(tx, room, source)
    tell(tx, room, service_id, after, queries.hold_of(tx, service_id))


def _rest(tx: Tx, room: Signals, service_id: str, sources: Sequence[Source]) -> None:
    if all(source.stopped_at is not None for source in sources):
        return
    store.stop_sources(tx, service_id)
    store.end_hold(tx, service_id, HoldEnd.ARCHIVED)
    for source in sources:
        stop_asking(tx, room, source)
        maintenance.note_vendor_windows(tx, service_id, source.id.hex, ())


def _wake(tx: Tx, sources: Sequence[Source]) -> set[UUID]:
    resting = [source for source in sources if source.stopped_at is not None]
    for source in resting:
        store.wake_source(tx, source)
    return {source.id for source in resting}


def _declare(
    tx: Tx, room: Signals, service: catalog.Service, declared: Source | None
) -> Source | None:
    """The declared source if it had to be made or changed, None if it is as it should be."""
    config = dict(service.source)
    kind = str(config["kind"])
    if declared is None:
        polled, settles = room.kinds.polled(kind), room.kinds.settles(kind)
        new = store.NewSource(service.id, True, None, kind, polled, settles, config)
        return store.add_source(tx, new)
    if declared.config == config:
        return None
    values = {
        "kind": kind,
        "polled": room.kinds.polled(kind),
        "settles": room.kinds.settles(kind),
        "config": config,
    }
    if not values["polled"]:
        maintenance.note_vendor_windows(tx, service.id, declared.id.hex, ())
    return store.reconfigure(tx, declared, values, forget=True)
