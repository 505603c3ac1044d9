"""What alerts do when a trigger fires or an error budget burns: one alert for each cause."""

from datetime import datetime
from uuid import UUID

from tocsin.detection import objectives, triggers
from tocsin.detection.alerts.calls import Call, end_call, raise_call
from tocsin.detection.alerts.holding import Alerts
from tocsin.detection.alerts.model import AlertKind
from tocsin.detection.objectives import BurnSeverity
from tocsin.detection.objectives import events as burns
from tocsin.detection.triggers import events as trigger_events
from tocsin.kernel.facts import Entry, id_of
from tocsin.kernel.severity import Severity
from tocsin.platform.database import Tx
from tocsin.registry import catalog

_SEVERITY = {BurnSeverity.PAGE: Severity.HIGH, BurnSeverity.TICKET: Severity.LOW}


def follow_burn(tx: Tx, room: Alerts, cause: Entry) -> None:
    """A budget burns too fast, or no longer does. What made it burn opens incidents, not this.

    One outage puts all four pairs of windows over: only what is news (`sends`) is an alert.
    """
    service_id, said = id_of(cause.subject), cause.payload
    if not said["sends"]:
        return
    service = catalog.services_by_id(tx, [service_id]).get(service_id)
    name = service.name if service else service_id
    began = cause.kind == burns.BURN_BEGAN
    sentence = objectives.burn_sentence(name, said, began=began)
    if not began:
        end_call(tx, room, service_id, AlertKind.BURN, said["severity"], sentence)
        return
    measured = ("pair", "threshold", "burn_long", "burn_short", "budget_left")
    call = Call(
        service_id=service_id,
        kind=AlertKind.BURN,
        key=said["severity"],
        title=objectives.burn_headline(name, said, began=True),
        severity=_SEVERITY[BurnSeverity(said["severity"])],
        since=datetime.fromisoformat(said["since"]),
        reason=sentence,
        evidence={key: said[key] for key in measured},
    )
    raise_call(tx, room, call)


def follow_trigger(tx: Tx, room: Alerts, cause: Entry) -> None:
    """A trigger fired for a service, or cleared; it says itself whether an incident opens."""
    said, service_id = cause.payload, cause.payload["service_id"]
    trigger_id = UUID(said["trigger"])
    states = triggers.states_of(tx, [trigger_id], [service_id])
    reason = next((one.standing.reason for one in states if one.standing.reason), None)
    reason = reason or "The trigger was archived or changed."
    if cause.kind != trigger_events.FIRED:
        end_call(tx, room, service_id, AlertKind.TRIGGER, said["trigger"], reason)
        return
    service = catalog.services_by_id(tx, [service_id]).get(service_id)
    trigger = triggers.triggers_by_id(tx, [trigger_id]).get(trigger_id)
    if service is None or trigger is None:
        return
    call = Call(
        service_id=service_id,
        kind=AlertKind.TRIGGER,
        key=said["trigger"],
        title=f"{service.name}: {trigger.name}",
        severity=Severity(said["severity"]),
        since=datetime.fromisoformat(said["since"]),
        reason=reason,
        opens_incident=said["auto_create"],
        evidence={"values": dict(said["values"])},
    )
    raise_call(tx, room, call)
