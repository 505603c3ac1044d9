"""What people say of a service, and taking it back."""

from tocsin.detection.signals import events, queries, rules, store
from tocsin.detection.signals.model import HoldEnd, ManualStatus
from tocsin.kernel.errors import Conflict, invalid_field
from tocsin.kernel.ids import new_id
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.registry import catalog

from .room import Signals
from .sample import tell


def set_status_by_hand(
    tx: Tx, room: Signals, service_id: str, status: Status, reason: str, detail: str | None = None
) -> None:
    """Say how a service is, and why; it holds until the feed changes its mind or it is released.

    Raises NotFound for an unknown service and Invalid for a blank reason.
    """
    if not reason.strip():
        raise invalid_field("reason", "expected why the status is set by hand")
    catalog.hold_service(tx, service_id)
    sources = store.hold_sources(tx, service_id)
    held = ManualStatus(
        new_id(),
        service_id,
        status,
        reason.strip(),
        (detail or "").strip() or None,
        rules.feed_status(sources),
        tx.actor,
        tx.now,
    )
    store.end_hold(tx, service_id, HoldEnd.REPLACED)
    store.add_hold(tx, held)
    tx.record(events.set_by_hand(service_id, status))
    tell(tx, room, service_id, sources, held, spoken=True)


def release(tx: Tx, room: Signals, service_id: str) -> None:
    """Let the feed speak for the service again.

    Raises NotFound, and Conflict where no status is set by hand (`not_set_by_hand`) or where there
    is no feed that could speak (`no_feed`).
    """
    service = catalog.hold_service(tx, service_id)
    sources = store.hold_sources(tx, service_id)
    if queries.hold_of(tx, service_id) is None:
        raise Conflict(f"No status of {service.name} is set by hand.", code="not_set_by_hand")
    if not any(source.polled for source in sources):
        raise Conflict(f"{service.name} has no feed; set its status instead.", code="no_feed")
    store.end_hold(tx, service_id, HoldEnd.RELEASED)
    tx.record(events.released(service_id, HoldEnd.RELEASED))
    tell(tx, room, service_id, sources, None)
