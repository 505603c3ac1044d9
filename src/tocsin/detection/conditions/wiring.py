"""What conditions hand to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.kernel.facts import Entry
from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Tx
from tocsin.platform.journal import LaterReaction
from tocsin.platform.wiring import TableEntry, Wiring
from tocsin.registry.maintenance import events as maintenance

from .verbs import FLAPPING, Conditions

_MOVED = (maintenance.BEGAN, maintenance.ENDED, maintenance.EDITED)

TABLES = (
    TableEntry("service_states"),
    TableEntry("status_segments"),
    TableEntry("status_events"),
    TableEntry("condition_decisions"),
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
    )


def _routes() -> Sequence[Any]:
    from tocsin.detection.conditions.api import router

    return [router]
