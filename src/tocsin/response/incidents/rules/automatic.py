"""What rules do on their own: open an incident, resolve it on recovery, keep off what people do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tocsin.kernel.facts import Actor
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.response.incidents.model import Incident

OpeningTable = Mapping[tuple[int, Status], Severity]
"""Tier and confirmed status → severity of the incident to open; what is missing opens none."""

DEFAULT_OPENING: OpeningTable = {(1, Status.MAJOR_OUTAGE): Severity.CRITICAL}


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """A tenant's table; version 0 is the one that nobody has changed yet."""

    table: OpeningTable
    version: int = 0
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a confirmed worsening opens an incident (`severity` None: it does not), and why."""

    severity: Severity | None
    reason: str


def opening_for(tier: int, status: Status, table: OpeningTable = DEFAULT_OPENING) -> Opening:
    """Look a confirmed worsening up in the tenant's table."""
    severity = table.get((tier, status)) if status.is_trouble else None
    seen = f"{status.words} of a tier {tier} service"
    if severity is None:
        return Opening(None, f"{seen} opens no incident.")
    return Opening(severity, f"{seen} opens an incident of severity {severity}.")


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
