"""What a Statuspage summary means: the worst of the watched components and of open incidents.

The page's own indicator is not believed: it stays green through many open incidents, and it speaks
for components that nobody watches. Only a page that lists no component at all is taken at its word.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tocsin.adapters.feeds.payload import ShapeFault, decode_json, schema_failure
from tocsin.adapters.feeds.statuspage.page import (
    Page,
    PageComponent,
    PageIncident,
    PageMaintenance,
    read_page,
)
from tocsin.adapters.feeds.statuspage.watching import Watched, watched
from tocsin.detection.signals.ports import (
    ComponentDrift,
    ComponentReading,
    MaintenanceStatus,
    PollFailure,
    Reading,
    SourceSpec,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.kernel.status import Status, worst

_UNDER_MAINTENANCE = "under_maintenance"
_MISSING = "missing"

COMPONENT_STATES: Mapping[str, Status] = {
    "operational": Status.OPERATIONAL,
    _UNDER_MAINTENANCE: Status.OPERATIONAL,
    "degraded_performance": Status.DEGRADED,
    "partial_outage": Status.PARTIAL_OUTAGE,
    "major_outage": Status.MAJOR_OUTAGE,
    "full_outage": Status.MAJOR_OUTAGE,
}

IMPACTS: Mapping[str, Status] = {
    "none": Status.OPERATIONAL,
    "maintenance": Status.OPERATIONAL,
    "minor": Status.DEGRADED,
    "major": Status.PARTIAL_OUTAGE,
    "critical": Status.MAJOR_OUTAGE,
}

_IN_PROGRESS = frozenset({"in_progress", "verifying"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def parse(body: object, spec: SourceSpec) -> Reading | PollFailure:
    """Read a summary, as bytes or decoded, for what the specification watches."""
    payload = decode_json(body) if isinstance(body, bytes) else body
    if isinstance(payload, PollFailure):
        return payload
    try:
        page = read_page(payload)
    except ShapeFault as fault:
        return schema_failure(fault)
    return read(page, spec)


def read(page: Page, spec: SourceSpec) -> Reading:
    """What a page says about what the specification watches."""
    chosen = watched(page, spec)
    components = tuple(component_reading(component) for component in chosen.components)
    components += tuple(_vanished(drift) for drift in chosen.drift if drift.vanished)
    incidents = tuple(_incident(one) for one in page.incidents if _concerns(chosen, one))
    maintenances = tuple(_maintenance(one) for one in page.maintenances if _concerns(chosen, one))
    states = [component.status for component in components]
    states += [incident.impact for incident in incidents]
    if not page.components and chosen.everything:
        states.append(IMPACTS.get(page.indicator or "", Status.UNKNOWN))
    reading = Reading(
        status=worst(states),
        detail="",
        maintenance=_is_maintained(components, maintenances),
        components=components,
        incidents=incidents,
        maintenances=maintenances,
        missing=chosen.drift,
    )
    return replace(reading, detail=explain(reading))


def explain(reading: Reading) -> str:
    """One sentence for people: the newest of the worst incidents, else the worst component."""
    ill = [one for one in reading.components if one.status is not Status.OPERATIONAL]
    gravest = max(reading.incidents, key=_gravity, default=None)
    if gravest and (gravest.impact.rank or not ill):
        return gravest.name
    if ill:
        return _explain_components(ill)
    under_way = [one for one in reading.maintenances if one.status is MaintenanceStatus.IN_PROGRESS]
    if under_way:
        return f"Maintenance: {under_way[0].title}"
    maintained = [one for one in reading.components if one.maintenance]
    if maintained:
        return f"{maintained[0].label}: under maintenance"
    if reading.status.rank:
        return reading.status.words
    if not reading.components:
        return "The page reports no trouble, and lists no component."
    return "All components are operational."


def component_reading(component: PageComponent) -> ComponentReading:
    """The state of one component; a word that the vendor invented since then is unknown."""
    return ComponentReading(
        id=component.id,
        name=component.name,
        group=component.group,
        status=COMPONENT_STATES.get(component.state, Status.UNKNOWN),
        raw=component.state,
        maintenance=component.state == _UNDER_MAINTENANCE,
    )


def _concerns(chosen: Watched, one: PageIncident | PageMaintenance) -> bool:
    return chosen.is_touched_by(one.component_ids)


def _vanished(drift: ComponentDrift) -> ComponentReading:
    return ComponentReading(drift.wanted, drift.name, None, Status.UNKNOWN, _MISSING)


def _incident(incident: PageIncident) -> VendorIncident:
    return VendorIncident(
        id=incident.id,
        name=incident.name,
        impact=IMPACTS.get(incident.impact, Status.UNKNOWN),
        status=incident.phase,
        url=incident.url,
        started_at=incident.started_at,
        component_ids=incident.component_ids,
    )


def _maintenance(maintenance: PageMaintenance) -> VendorMaintenance:
    under_way = maintenance.phase in _IN_PROGRESS
    return VendorMaintenance(
        id=maintenance.id,
        title=maintenance.name,
        starts_at=maintenance.starts_at,
        ends_at=maintenance.ends_at,
        status=MaintenanceStatus.IN_PROGRESS if under_way else MaintenanceStatus.SCHEDULED,
        component_ids=maintenance.component_ids,
    )


def _is_maintained(
    components: tuple[ComponentReading, ...], maintenances: tuple[VendorMaintenance, ...]
) -> bool:
    under_way = (one.status is MaintenanceStatus.IN_PROGRESS for one in maintenances)
    return any(under_way) or any(component.maintenance for component in components)


def _gravity(incident: VendorIncident) -> tuple[int, datetime]:
    return incident.impact.rank, incident.started_at or _LONG_AGO


def _explain_components(ill: list[ComponentReading]) -> str:
    first = max(ill, key=lambda component: component.status.rank)
    words = "no longer listed" if first.raw == _MISSING else first.status.words.lower()
    others = f" (and {len(ill) - 1} more)" if len(ill) > 1 else ""
    return f"{first.label}: {words}{others}"
