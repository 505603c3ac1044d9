"""What maintenance hands to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.agenda import VerbJob
from tocsin.platform.wiring import TableEntry, Wiring

from . import verbs
from .retention import OWN_KEPT, PURGES, VENDOR_KEPT


def _routes() -> Sequence[Any]:
    from .api import router

    return [router]


WIRING = Wiring(
    room="maintenance",
    routes=_routes,
    handlers=(VerbJob(verbs.BEGIN, verbs.begin_due), VerbJob(verbs.END, verbs.end_due)),
    tables=(
        TableEntry(
            "maintenance_windows",
            "title and description are people's own words",
            f"when over: vendors' {VENDOR_KEPT}, own {OWN_KEPT}",
        ),
        TableEntry("maintenance_services", retention="with the window"),
        TableEntry(
            "maintenance_updates",
            "text, author",
            "with the window",
            erase="text blanked, row kept",
        ),
    ),
    purges=PURGES,
)
