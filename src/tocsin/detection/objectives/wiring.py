"""What objectives hand to `compose`."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tocsin.kernel.facts import Entry
from tocsin.platform.database import Tx
from tocsin.platform.journal import LaterReaction
from tocsin.platform.retention import Purge
from tocsin.platform.wiring import TableEntry, Wiring

from .model import ObjectiveSettings
from .tables import burn_breaches
from .timers import start_watching, watch_job

if TYPE_CHECKING:
    from fastapi import APIRouter

KEPT = "RETENTION_DAYS_STATUS_EVENTS"


def wire(settings: ObjectiveSettings) -> Wiring:
    """The wiring of objectives for one installation."""

    def routes() -> Sequence["APIRouter"]:
        from .api import ObjectiveRoutes
        from .board import Figures

        return [ObjectiveRoutes(settings, Figures(settings)).router()]

    def welcome(tx: Tx, _: Entry) -> None:
        start_watching(settings, tx)

    return Wiring(
        room="objectives",
        routes=routes,
        reactions=(LaterReaction("objectives.tenant_created", ("tenant.created",), welcome),),
        handlers=(watch_job(settings),),
        at_start=(partial(start_watching, settings),),
        tables=(
            TableEntry("service_objectives"),
            TableEntry("burn_breaches", retention=f"{KEPT} after it ended"),
        ),
        purges=(Purge("burn_breaches", burn_breaches, "ended_at", (KEPT,)),),
    )
