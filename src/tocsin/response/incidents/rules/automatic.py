"""What rules do once an incident is there: resolve it on recovery, keep off what people do."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tocsin.kernel.facts import Actor
from tocsin.response.incidents.model import Incident


class RecoveryAction(StrEnum):
    """What a recovery does to the incident that the trouble opened."""

    RESOLVE = "resolve"
    OBSERVE = "observe"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Recovery:
    """What to do, and why; the reason of a resolve is fit to be its note."""

    action: RecoveryAction
    reason: str


def on_recovery(incident: Incident, open_alerts: int = 0) -> Recovery:
    """Resolve what no person has touched; else say that it recovered and leave it to them.

    `open_alerts` counts the incident's other alerts that are still open.
    """
    if not incident.is_live:
        return Recovery(RecoveryAction.LEAVE, f"The incident is {incident.state}.")
    if open_alerts:
        still = "1 other alert is" if open_alerts == 1 else f"{open_alerts} other alerts are"
        return Recovery(RecoveryAction.LEAVE, f"{still} still open.")
    if incident.untouched:
        return Recovery(RecoveryAction.RESOLVE, "Recovered by itself; no person had touched it.")
    return Recovery(RecoveryAction.OBSERVE, "Recovered; a person is on it and decides.")


def touch(incident: Incident, actor: Actor, now: datetime) -> Incident:
    """Remember the first time that a person did anything: rules then keep their hands off."""
    if not actor.is_person or not incident.untouched:
        return incident
    return replace(incident, touched_at=now)
