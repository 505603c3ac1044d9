"""What a vendor's page lists, in our own words, and what that means for whoever watches it.

State is the worst of the watched components and of the open incidents that touch them, or name
none that the page lists. A page's own summary is not believed: it stays green through many open
incidents, and speaks for components that nobody watches. Only a page that lists no component is
taken at its word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from tocsin.adapters.feeds.watching import watched
from tocsin.detection.signals.ports import (
    ComponentDrift,
    ComponentReading,
    MaintenanceStatus,
    Reading,
    SourceSpec,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.kernel.status import Status, worst

_MISSING = "missing"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page of any kind: all its components, and the incidents and maintenances not yet over.

    `groups` are the ids of members by the id of the group that stands for them; what an incident
    names has its groups replaced by their members. `overall` is what the page says of itself, None
    where it says nothing, `said` its word for that, and `in_maintenance` likewise for maintenance.
    `unnamed` are watched entries that the page would name only while they have trouble, and does
    not name; `remembers` is as of a Reading.
    """

    name: str | None
    components: tuple[ComponentReading, ...] = ()
    incidents: tuple[VendorIncident, ...] = ()
    maintenances: tuple[VendorMaintenance, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overall: Status | None = None
    in_maintenance: bool = False
    said: str = ""
    unnamed: tuple[str, ...] = ()
    remembers: bool = False


def read_listed(page: ListedPage, spec: SourceSpec) -> Reading:
    """What a page says about what the specification watches."""
    chosen = watched(page, spec)
    components = chosen.components
    components += tuple(_vanished(drift) for drift in chosen.drift if drift.gone)
    incidents = tuple(one for one in page.incidents if chosen.may_be_hit_by(one.component_ids))
    maintenances = tuple(
        one for one in page.maintenances if chosen.is_touched_by(one.component_ids)
    )
    states = [component.status for component in components]
    states += [incident.impact for incident in incidents]
    spoken_for = not page.components and chosen.everything
    unreadable = [_unreadable(one) for one in chosen.components if one.status is Status.UNKNOWN]
    if spoken_for and page.overall is not None:
        states.append(page.overall)
        if page.overall is Status.UNKNOWN:
            name = page.name or "The whole page"
            unreadable.append(ComponentDrift(name, name, says=page.said))
    reading = Reading(
        status=worst(states),
        detail="",
        maintenance=_is_maintained(components, maintenances)
        or (spoken_for and page.in_maintenance),
        components=components,
        incidents=incidents,
        maintenances=maintenances,
        missing=(*chosen.drift, *unreadable),
        unnamed=page.unnamed,
        remembers=page.remembers,
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
    if reading.missing and reading.status is Status.UNKNOWN:
        return reading.missing[0].sentence
    if reading.status.rank:
        return reading.status.words
    if not reading.components:
        return "The page reports no trouble, and lists no component."
    if reading.unnamed:
        return "The source reports no trouble; it names components only while they have some."
    return "All components are operational."


def _vanished(drift: ComponentDrift) -> ComponentReading:
    return ComponentReading(drift.wanted, drift.name, None, Status.UNKNOWN, _MISSING)


def _unreadable(component: ComponentReading) -> ComponentDrift:
    return ComponentDrift(component.id, component.label, says=component.raw)


def _is_maintained(
    components: tuple[ComponentReading, ...], maintenances: tuple[VendorMaintenance, ...]
) -> bool:
    under_way = (one.status is MaintenanceStatus.IN_PROGRESS for one in maintenances)
    return any(under_way) or any(component.maintenance for component in components)


def _gravity(incident: VendorIncident) -> tuple[int, datetime]:
    return incident.impact.rank, incident.started_at or _LONG_AGO


def _explain_components(ill: list[ComponentReading]) -> str:
    first = max(ill, key=lambda component: component.status.rank)
    others = f" (and {len(ill) - 1} more)" if len(ill) > 1 else ""
    return f"{first.label}: {_words(first)}{others}"


def _words(ill: ComponentReading) -> str:
    if ill.status is not Status.UNKNOWN:
        return ill.status.words.lower()
    if ill.raw == _MISSING:
        return "no longer listed"
    return f"its state “{ill.raw}” says nothing to us" if ill.raw else "listed without a state"
