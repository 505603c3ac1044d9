"""What Slack's current status means (Slack status API v2.0.0, `/current`).

Slack lists what is wrong and nothing else: a service that no active incident names is operational.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from tocsin.adapters.feeds.payload import (
    ShapeFault,
    decode_json,
    instant,
    listing,
    mapping,
    schema_failure,
    text,
    web_address,
)
from tocsin.detection.signals.ports import (
    ComponentReading,
    MaintenanceStatus,
    PollFailure,
    Reading,
    SourceSpec,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.kernel.status import Status, worst

IMPACTS: Mapping[str, Status] = {
    "notice": Status.OPERATIONAL,
    "maintenance": Status.OPERATIONAL,
    "incident": Status.DEGRADED,
    "outage": Status.MAJOR_OUTAGE,
}

_MOST_INCIDENTS = 1_000
_MOST_SERVICES = 100
_OVER = frozenset({"resolved", "completed", "cancelled"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def parse(body: object, spec: SourceSpec) -> Reading | PollFailure:
    """Read the current status, as bytes or decoded, for the services the specification watches."""
    payload = decode_json(body) if isinstance(body, bytes) else body
    if isinstance(payload, PollFailure):
        return payload
    try:
        return _read(mapping(payload, "the answer"), spec)
    except ShapeFault as fault:
        return schema_failure(fault)


def _read(answer: Mapping[str, object], spec: SourceSpec) -> Reading:
    page_status = _word(answer.get("status"))
    if not page_status:
        raise ShapeFault("“status” is missing")
    listed = [
        entry
        for entry in listing(answer, "active_incidents", _MOST_INCIDENTS)
        if not _is_over(entry)
    ]
    concerning = [entry for entry in listed if _concerns(spec, _services(entry))]
    planned = [entry for entry in concerning if _is_planned(entry)]
    incidents = tuple(_incident(entry) for entry in concerning if not _is_planned(entry))
    components = _components(spec, incidents)
    states = [incident.impact for incident in incidents]
    if page_status != "ok" and not (page_status == "active" and listed):
        states.append(Status.UNKNOWN)
    status = worst(states)
    named = {name.casefold() for entry in listed for name in _services(entry)}
    return Reading(
        status=status,
        detail=_explain(status, incidents),
        maintenance=any(_word(entry.get("status")) == "active" for entry in planned),
        components=components,
        incidents=incidents,
        maintenances=tuple(_maintenance(entry) for entry in planned),
        unnamed=tuple(name for name in spec.components if name.casefold() not in named),
    )


def _word(value: object) -> str:
    return (text(value) or "").lower()


def _is_over(entry: Mapping[str, object]) -> bool:
    return _word(entry.get("status")) in _OVER


def _is_planned(entry: Mapping[str, object]) -> bool:
    return _word(entry.get("type")) == "maintenance" or _word(entry.get("status")) == "scheduled"


def _services(entry: Mapping[str, object]) -> tuple[str, ...]:
    named = entry.get("services")
    if named is None:
        return ()
    if not isinstance(named, list):
        raise ShapeFault("“services” is not a list")
    return tuple(name for name in map(text, named[:_MOST_SERVICES]) if name)


def _concerns(spec: SourceSpec, services: tuple[str, ...]) -> bool:
    wanted = {name.casefold() for name in spec.components}
    return not wanted or not services or any(name.casefold() in wanted for name in services)


def _incident(entry: Mapping[str, object]) -> VendorIncident:
    title = text(entry.get("title")) or "Incident without a title"
    return VendorIncident(
        id=text(entry.get("id")) or title,
        name=title,
        impact=IMPACTS.get(_word(entry.get("type")), Status.UNKNOWN),
        status=_word(entry.get("status")),
        url=web_address(entry.get("url")),
        started_at=instant(entry.get("date_created")),
        component_ids=_services(entry),
    )


def _maintenance(entry: Mapping[str, object]) -> VendorMaintenance:
    title = text(entry.get("title")) or "Maintenance"
    active = _word(entry.get("status")) == "active"
    return VendorMaintenance(
        id=text(entry.get("id")) or title,
        title=title,
        starts_at=instant(entry.get("date_created")),
        ends_at=None,
        status=MaintenanceStatus.IN_PROGRESS if active else MaintenanceStatus.SCHEDULED,
        component_ids=_services(entry),
    )


def _components(
    spec: SourceSpec, incidents: tuple[VendorIncident, ...]
) -> tuple[ComponentReading, ...]:
    named = (name for incident in incidents for name in incident.component_ids)
    return tuple(_component(name, incidents) for name in dict.fromkeys(spec.components or named))


def _component(name: str, incidents: tuple[VendorIncident, ...]) -> ComponentReading:
    folded = name.casefold()
    touching = [
        incident.impact
        for incident in incidents
        if not incident.component_ids
        or any(service.casefold() == folded for service in incident.component_ids)
    ]
    return ComponentReading(name, name, None, worst(touching), "active" if touching else "ok")


def _explain(status: Status, incidents: tuple[VendorIncident, ...]) -> str:
    if incidents:
        return max(incidents, key=_gravity).name
    if status is Status.OPERATIONAL:
        return "Slack reports no trouble."
    return "Slack reports trouble without naming any."


def _gravity(incident: VendorIncident) -> tuple[int, datetime]:
    return incident.impact.rank, incident.started_at or _LONG_AGO
