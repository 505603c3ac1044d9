"""What a Statuspage summary means, in our own words."""

from collections.abc import Mapping

from tocsin.adapters.feeds.listed import ListedPage, read_listed
from tocsin.adapters.feeds.payload import ShapeFault, decode_json, schema_failure
from tocsin.adapters.feeds.statuspage.page import (
    Page,
    PageComponent,
    PageIncident,
    PageMaintenance,
    read_page,
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
from tocsin.kernel.status import Status

_UNDER_MAINTENANCE = "under_maintenance"

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


def parse(body: object, spec: SourceSpec) -> Reading | PollFailure:
    """Read a summary, as bytes or decoded, for what the specification watches."""
    payload = decode_json(body) if isinstance(body, bytes) else body
    if isinstance(payload, PollFailure):
        return payload
    try:
        return read_listed(listed(payload), spec)
    except ShapeFault as fault:
        return schema_failure(fault)


def listed(payload: object) -> ListedPage:
    """A decoded summary in our own words; raises ShapeFault when it is none."""
    page = read_page(payload)
    return ListedPage(
        name=page.name,
        components=tuple(_component(one) for one in page.components),
        incidents=tuple(_incident(one) for one in page.incidents),
        maintenances=tuple(_maintenance(one) for one in page.maintenances),
        groups={identity: group.member_ids for identity, group in page.groups.items()},
        overall=_overall(page),
        said=page.indicator or "",
    )


def _overall(page: Page) -> Status:
    return IMPACTS.get(page.indicator or "", Status.UNKNOWN)


def _component(component: PageComponent) -> ComponentReading:
    """The state of one component; a word that the vendor invented since then is unknown."""
    return ComponentReading(
        id=component.id,
        name=component.name,
        group=component.group,
        status=COMPONENT_STATES.get(component.state, Status.UNKNOWN),
        raw=component.state,
        maintenance=component.state == _UNDER_MAINTENANCE,
    )


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
