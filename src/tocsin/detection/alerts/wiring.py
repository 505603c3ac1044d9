"""What alerts hand to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.detection.alerts import verbs
from tocsin.detection.conditions import events as conditions
from tocsin.kernel.facts import Entry
from tocsin.platform.database import Tx
from tocsin.platform.journal import LaterReaction
from tocsin.platform.wiring import TableEntry, Wiring


def _routes() -> Sequence[Any]:
    from tocsin.detection.alerts.api import router

    return [router]


_FOLLOW = {
    conditions.CONFIRMED: verbs.confirm,
    conditions.MUTED: verbs.adjust,
    conditions.IMPROVED: verbs.adjust,
    conditions.RECOVERED: verbs.recover,
}


def _follow(tx: Tx, cause: Entry) -> None:
    _FOLLOW[cause.kind](tx, cause)


WIRING = Wiring(
    room="alerts",
    routes=_routes,
    reactions=(LaterReaction("alerts.follow_condition", tuple(_FOLLOW), _follow),),
    tables=(TableEntry("alerts"),),
)
