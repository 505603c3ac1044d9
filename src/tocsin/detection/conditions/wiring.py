"""What conditions hand to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.detection.conditions.tables import condition_decisions, status_events, status_segments
from tocsin.kernel.facts import Entry
from tocsin.kernel.segments import LineKind
from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Tx
from tocsin.platform.journal import LaterReaction
from tocsin.platform.retention import Purge
from tocsin.platform.wiring import TableEntry, Wiring
from tocsin.registry.maintenance import events as maintenance

from .verbs import FLAPPING, Conditions

_MOVED = (maintenance.BEGAN, maintenance.ENDED, maintenance.EDITED)

KEPT = "RETENTION_DAYS_STATUS_EVENTS"
TABLES = (
    TableEntry("service_states"),
    TableEntry("status_segments", retention=f"raw: {KEPT}, a week at least; confirmed: kept"),
    TableEntry("status_events", retention=KEPT),
    TableEntry("condition_decisions", retention=f"{KEPT}, longer where an alert names it"),
)
PURGES = (
    Purge("status_events", status_events, "at", (KEPT,)),
    Purge("condition_decisions", condition_decisions, "at", (KEPT,)),
    # the board draws hours of the raw line; uptime is drawn from the confirmed one, which stays
    Purge(
        "raw_segments",
        status_segments,
        "end_at",
        (KEPT,),
        within=status_segments.c.line == LineKind.RAW.value,
        least_days=7,
    ),
)


def wire(room: Conditions) -> Wiring:
    """The wiring of conditions."""

    def settle_flapping(tx: Tx, item: Item) -> None:
        room.settle_flapping(tx, item.payload["service"])

    def follow_window(tx: Tx, entry: Entry) -> None:
        for service_id in {*entry.payload["services"], *entry.payload.get("released", ())}:
            room.follow_window(tx, service_id)

    return Wiring(
        room="conditions",
        routes=_routes,
        reactions=(LaterReaction("conditions.follow_window", _MOVED, follow_window),),
        handlers=(VerbJob(FLAPPING, settle_flapping),),
        tables=TABLES,
        purges=PURGES,
    )


def _routes() -> Sequence[Any]:
    from tocsin.detection.conditions.api import BoardRoutes, router
    from tocsin.detection.conditions.boards import Boards

    return [BoardRoutes(Boards()).router(), router]
