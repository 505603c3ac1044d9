"""What alerts hand to `compose`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tocsin.detection.alerts import following, retention, verbs
from tocsin.detection.alerts.holding import Alerts
from tocsin.detection.alerts.tables import alert_decisions, alerts
from tocsin.detection.conditions import events as conditions
from tocsin.detection.objectives import events as objectives
from tocsin.detection.triggers import events as triggers
from tocsin.kernel.facts import Entry
from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Tx
from tocsin.platform.journal import LaterReaction
from tocsin.platform.retention import Keeper, Purge
from tocsin.platform.wiring import TableEntry, Wiring
from tocsin.registry.maintenance import events as maintenance

_FOLLOW = {
    conditions.CONFIRMED: verbs.confirm,
    conditions.MUTED: verbs.adjust,
    conditions.IMPROVED: verbs.adjust,
    conditions.RECOVERED: verbs.recover,
    conditions.FLAPPING_BEGAN: verbs.begin_flapping,
    conditions.FLAPPING_ENDED: verbs.end_flapping,
}


KEPT, FACTS = "RETENTION_DAYS_STATUS_EVENTS", "RETENTION_DAYS_JOURNAL"
_BURNS = (objectives.BURN_BEGAN, objectives.BURN_ENDED)
_TRIGGERS = (triggers.FIRED, triggers.CLEARED)
_MOVED = (maintenance.ENDED, maintenance.EDITED)


def wire(room: Alerts) -> Wiring:
    """The wiring of alerts."""

    def follow_condition(tx: Tx, cause: Entry) -> None:
        _FOLLOW[cause.kind](tx, room, cause)

    def follow_burn(tx: Tx, cause: Entry) -> None:
        following.follow_burn(tx, room, cause)

    def follow_trigger(tx: Tx, cause: Entry) -> None:
        following.follow_trigger(tx, room, cause)

    def follow_maintenance(tx: Tx, cause: Entry) -> None:
        for service_id in {*cause.payload["services"], *cause.payload.get("released", ())}:
            verbs.review_after_maintenance(tx, room, service_id)

    def review(tx: Tx, item: Item) -> None:
        verbs.review(tx, room, UUID(item.payload["alert"]), settled=item.payload["settled"])

    def remind(tx: Tx, item: Item) -> None:
        verbs.remind_of_flapping(tx, UUID(item.payload["alert"]))

    return Wiring(
        room="alerts",
        routes=_routes,
        reactions=(
            LaterReaction("alerts.follow_condition", tuple(_FOLLOW), follow_condition),
            LaterReaction("alerts.follow_burn", _BURNS, follow_burn),
            LaterReaction("alerts.follow_trigger", _TRIGGERS, follow_trigger),
            LaterReaction("alerts.follow_maintenance", _MOVED, follow_maintenance),
        ),
        handlers=(VerbJob(verbs.REVIEW, review), VerbJob(verbs.REMIND, remind)),
        tables=(
            TableEntry("alerts", retention=f"{FACTS} after it resolved, longer with an incident"),
            TableEntry("alert_decisions", retention=KEPT),
        ),
        purges=(
            Purge("alert_decisions", alert_decisions, "at", (KEPT,)),
            Purge(
                "alerts",
                alerts,
                "resolved_at",
                (FACTS,),
                children=(alert_decisions.c.alert_id,),
                at_once=100,
                least_days=3,
            ),
        ),
        keeps=(
            Keeper("alert_decisions", retention.named_decisions),
            Keeper("condition_decisions", retention.named_decisions),
            Keeper("journal", retention.facts_of_open_alerts),
        ),
    )


def _routes() -> Sequence[Any]:
    from tocsin.detection.alerts.api import router

    return [router]
