"""What maintenance hands to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.agenda import VerbJob
from tocsin.platform.wiring import TableEntry, Wiring

from . import verbs


def _routes() -> Sequence[Any]:
    from .api import router

    return [router]


WIRING = Wiring(
    room="maintenance",
    routes=_routes,
    handlers=(VerbJob(verbs.BEGIN, verbs.begin_due), VerbJob(verbs.END, verbs.end_due)),
    tables=(
        TableEntry("maintenance_windows", personal="title and description are people's own words"),
        TableEntry("maintenance_services"),
        TableEntry("maintenance_updates", personal="text, author", erase="text blanked, row kept"),
    ),
)
