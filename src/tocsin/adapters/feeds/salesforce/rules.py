"""What the status of Salesforce instances means (Salesforce Trust status API v1)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import (
    ShapeFault,
    instant,
    listing,
    mapping,
    optional_listing,
    text,
    word,
)
from tocsin.detection.signals.ports import (
    ComponentReading,
    MaintenanceStatus,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.kernel.status import Status, worst

STATES: Mapping[str, Status] = {
    "ok": Status.OPERATIONAL,
    "informational_noncore": Status.OPERATIONAL,
    "informational_core": Status.OPERATIONAL,
    "maintenance_noncore": Status.OPERATIONAL,
    "maintenance_core": Status.OPERATIONAL,
    "minor_incident_noncore": Status.DEGRADED,
    "minor_incident_core": Status.DEGRADED,
    "major_incident_noncore": Status.PARTIAL_OUTAGE,
    "major_incident_core": Status.MAJOR_OUTAGE,
}

_MAINTENANCE = "maintenance_"
_INACTIVE = "inactive"  # what a retired instance says of itself is not believed
_MOST_INSTANCES = 2_000
_MOST_EVENTS = 1_000
_LONGEST_TITLE = 150
_OVER = frozenset({"resolved", "completed", "cancelled", "canceled"})
_UNDER_WAY = frozenset({"inprogress", "in_progress", "in progress", "started"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Entry = Mapping[str, object]


def listed(payload: object) -> ListedPage:
    """One instance or a list of them, with what is open; raises ShapeFault for anything else."""
    instances = _instances(payload)
    components = tuple(_component(one) for one in instances)
    incidents: dict[str, VendorIncident] = {}
    maintenances: dict[str, VendorMaintenance] = {}
    for instance, component in zip(instances, components, strict=True):
        for entry in listing(instance, "Incidents", _MOST_EVENTS):
            if not _is_over(entry, "Incident"):
                incident = _incident(entry, component)
                incidents.setdefault(incident.id, incident)
        for entry in optional_listing(instance, "Maintenances", _MOST_EVENTS):
            if not _is_over(entry, "Maintenance"):
                maintenance = _maintenance(entry, component)
                maintenances.setdefault(maintenance.id, maintenance)
    name = f"Salesforce {components[0].name}" if len(components) == 1 else "Salesforce"
    return ListedPage(name, components, tuple(incidents.values()), tuple(maintenances.values()))


def _instances(payload: object) -> Sequence[Entry]:
    if not isinstance(payload, list):
        return [mapping(payload, "the answer")]
    if not payload:
        raise ShapeFault("the answer lists no instance")
    return listing({"instances": payload}, "instances", _MOST_INSTANCES)


def _component(instance: Entry) -> ComponentReading:
    key = text(instance.get("key"))
    if key is None or "status" not in instance:
        raise ShapeFault("an instance has no “key” or no “status”")
    state = word(instance["status"]) if instance.get("isActive") is not False else _INACTIVE
    return ComponentReading(
        id=key,
        name=key,
        group=text(instance.get("location")),
        status=STATES.get(state, Status.UNKNOWN),
        raw=state,
        maintenance=state.startswith(_MAINTENANCE) and state in STATES,
    )


def _newest_word(entry: Entry, what: str) -> str:
    """What the newest event says; they come in either order, undated ones newest first."""
    events = optional_listing(entry, f"{what}Events", _MOST_EVENTS)
    newest = max(events, key=lambda one: instant(one.get("createdAt")) or _LONG_AGO, default={})
    return word(newest.get("type"))


def _is_over(entry: Entry, what: str) -> bool:
    """Whether the last word is that it is over, or all its impacts have ended."""
    if _newest_word(entry, what) in _OVER or word(entry.get("status")) in _OVER:
        return True
    if what == "Maintenance":  # their impacts have planned ends from the beginning
        return False
    impacts = optional_listing(entry, "IncidentImpacts", _MOST_EVENTS)
    return bool(impacts) and all(map(_has_ended, impacts))


def _has_ended(impact: Entry) -> bool:
    return instant(impact.get("endTime")) is not None


def _incident(entry: Entry, instance: ComponentReading) -> VendorIncident:
    impacts = optional_listing(entry, "IncidentImpacts", _MOST_EVENTS)
    lasting = [one for one in impacts if not _has_ended(one)]
    starts = [at for at in (instant(one.get("startTime")) for one in impacts) if at]
    message = entry.get("message")
    details = message if isinstance(message, dict) else {}
    identity = text(entry.get("id")) or text(entry.get("externalId"))
    title = (
        text(entry.get("subject"))
        or text(message)
        or text(details.get("rootCause"))
        or _first_words(entry)
        or f"Incident {identity or 'without a number'}"
    )
    touched = _keys(entry) or (instance.id,)
    return VendorIncident(
        id=identity or title,
        name=title,
        impact=_impact(entry, lasting, instance),
        status=_newest_word(entry, "Incident"),
        url=None,
        started_at=min(starts) if starts else instant(entry.get("createdAt")),
        component_ids=touched,
    )


def _first_words(entry: Entry) -> str | None:
    """What was written first of an incident: the API knows no titles, and later words change."""
    events = optional_listing(entry, "IncidentEvents", _MOST_EVENTS)
    dated = [(at, one) for one in events if (at := instant(one.get("createdAt")))]
    first = min(dated, key=lambda each: each[0], default=None)
    return text(first[1].get("message"), _LONGEST_TITLE) if first else None


def _impact(entry: Entry, lasting: Sequence[Entry], instance: ComponentReading) -> Status:
    """The worst of the impacts that last; without any, what the instance itself says."""
    if "IncidentImpacts" not in entry:
        return Status.UNKNOWN
    if not lasting:
        return instance.status
    part = "noncore" if entry.get("isCore") is False else "core"
    return worst(
        STATES.get(f"{word(one.get('severity'))}_incident_{part}", Status.UNKNOWN)
        for one in lasting
    )


def _keys(entry: Entry) -> tuple[str, ...]:
    named = entry.get("instanceKeys")
    if not isinstance(named, list):
        return ()
    return tuple(dict.fromkeys(key for key in map(text, named[:_MOST_INSTANCES]) if key))


def _maintenance(entry: Entry, instance: ComponentReading) -> VendorMaintenance:
    title = text(entry.get("name")) or text(entry.get("message")) or "Maintenance"
    under_way = _newest_word(entry, "Maintenance") in _UNDER_WAY
    return VendorMaintenance(
        id=text(entry.get("id")) or title,
        title=title,
        starts_at=instant(entry.get("plannedStartTime")),
        ends_at=instant(entry.get("plannedEndTime")),
        status=MaintenanceStatus.IN_PROGRESS if under_way else MaintenanceStatus.SCHEDULED,
        component_ids=_keys(entry) or (instance.id,),
    )
