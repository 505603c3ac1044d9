"""What conditions hand to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.wiring import TableEntry, Wiring


def _routes() -> Sequence[Any]:
    from tocsin.detection.conditions.api import router

    return [router]


WIRING = Wiring(
    room="conditions",
    routes=_routes,
    tables=(
        TableEntry("service_states"),
        TableEntry("status_segments"),
        TableEntry("status_events"),
        TableEntry("condition_decisions"),
    ),
)
