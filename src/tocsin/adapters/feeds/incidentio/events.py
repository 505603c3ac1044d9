"""Incidents and maintenances of incident.io, which both of its forms write in the same way."""

from collections.abc import Mapping, Sequence

from tocsin.adapters.feeds.payload import (
    instant,
    named,
    optional_listing,
    text,
    web_address,
    word,
)
from tocsin.detection.signals.ports import MaintenanceStatus, VendorIncident, VendorMaintenance
from tocsin.kernel.status import Status, worst

MOST_COMPONENTS = 5_000
MOST_EVENTS = 1_000
MAINTENANCE = "under_maintenance"

STATES: Mapping[str, Status] = {
    "operational": Status.OPERATIONAL,
    MAINTENANCE: Status.OPERATIONAL,
    "degraded_performance": Status.DEGRADED,
    "partial_outage": Status.PARTIAL_OUTAGE,
    "full_outage": Status.MAJOR_OUTAGE,
    "major_outage": Status.MAJOR_OUTAGE,
}

_OVER = frozenset({"resolved", "closed", "cancelled", "maintenance_complete", "completed"})
_IN_PROGRESS = frozenset({"maintenance_in_progress", "in_progress"})

_STATE_FIELDS = ("current_status", "status", "component_status")

Entry = Mapping[str, object]


def current_state(entry: Entry) -> str:
    """How a component is now; `status` beside it may be how it was at its worst."""
    return next(filter(None, (word(entry.get(name)) for name in _STATE_FIELDS)), "")


def component_id(entry: Entry) -> str:
    """The id of a component wherever it is mentioned; raises ShapeFault."""
    return named(entry, "component", "component_id", "id")


def open_ones(holder: Entry, name: str) -> Sequence[Entry]:
    """The entries of a list, which may be left out or null, that are not over."""
    listed = optional_listing(holder, name, MOST_EVENTS)
    return [one for one in listed if word(one.get("status")) not in _OVER]


def affected(entry: Entry) -> Sequence[Entry]:
    """The components that an event names and that it still ails."""
    return [one for one in _mentioned(entry) if one.get("end_at") is None]


def _mentioned(entry: Entry) -> Sequence[Entry]:
    for name in ("affected_components", "component_impacts"):
        found = optional_listing(entry, name, MOST_COMPONENTS)
        if found:
            return found
    return ()


def incident(entry: Entry) -> VendorIncident:
    """An open incident: its worst impact now, else that of the components it names."""
    identity = named(entry, "incident", "id", "name")
    return VendorIncident(
        id=identity,
        name=text(entry.get("name")) or identity,
        impact=_impact(entry),
        status=word(entry.get("status")),
        url=web_address(entry.get("url")),
        started_at=instant(entry.get("started_at")) or instant(entry.get("published_at")),
        component_ids=_ids(entry),
    )


def _impact(entry: Entry) -> Status:
    """Unknown where nothing is said; what no longer ails anything has no impact any more."""
    said = word(entry.get("current_worst_impact"))
    if not said and not _mentioned(entry):
        return Status.UNKNOWN
    states = [said] if said else [current_state(one) for one in affected(entry)]
    return worst(STATES.get(one, Status.UNKNOWN) for one in states)


def maintenance(entry: Entry) -> VendorMaintenance:
    """A maintenance that is announced or under way."""
    identity = named(entry, "maintenance", "id", "name")
    under_way = word(entry.get("status")) in _IN_PROGRESS
    return VendorMaintenance(
        id=identity,
        title=text(entry.get("name")) or identity,
        starts_at=instant(entry.get("started_at")) or instant(entry.get("starts_at")),
        ends_at=instant(entry.get("scheduled_end_at")) or instant(entry.get("ends_at")),
        status=MaintenanceStatus.IN_PROGRESS if under_way else MaintenanceStatus.SCHEDULED,
        component_ids=_ids(entry),
    )


def _ids(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(component_id(one) for one in _mentioned(entry)))
