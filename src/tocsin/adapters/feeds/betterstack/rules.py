"""What a Better Stack page says, in our own words.

A JSON:API document: sections, resources and reports all stand in `included`, told by `type`.
"""

from collections.abc import Mapping, Sequence

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import (
    ShapeFault,
    inner,
    instant,
    listing,
    mapping,
    named,
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

_MOST_RECORDS = 20_000
_MAINTENANCE = "maintenance"
_NOT_MONITORED = "not_monitored"
_OVER = frozenset({"resolved", "operational"})

STATES: Mapping[str, Status] = {
    "operational": Status.OPERATIONAL,
    "resolved": Status.OPERATIONAL,
    _MAINTENANCE: Status.OPERATIONAL,
    "degraded": Status.DEGRADED,
    "downtime": Status.MAJOR_OUTAGE,
}

_Record = Mapping[str, object]


def read_page(payload: object) -> ListedPage:
    """A page's document in our own words; raises ShapeFault when it is none."""
    document = mapping(payload, "the answer")
    page = mapping(document.get("data"), "“data”")
    if text(page.get("type")) != "status_page":
        raise ShapeFault("“data” is no status page")
    about = inner(page, "attributes")
    included = listing(document, "included", _MOST_RECORDS)
    if not all(isinstance(one.get("type"), str) and one["type"] for one in included):
        raise ShapeFault("a record has no “type”")
    sections = {
        named(one, "section", "id"): text(inner(one, "attributes").get("name"))
        for one in _of_type(included, "status_page_section")
    }
    parts = _parts(included, sections)
    states = {component.id: component.raw for component, _ in parts}
    overall = word(about.get("aggregate_state"))
    reports = [
        one
        for one in _of_type(included, "status_report")
        if not _is_over(inner(one, "attributes"), states, overall)
    ]
    return ListedPage(
        name=text(about.get("company_name")),
        components=tuple(component for component, _ in parts),
        incidents=tuple(_incident(one) for one in reports if not _is_maintenance(one)),
        maintenances=tuple(_maintenance(one, states) for one in reports if _is_maintenance(one)),
        groups=_members(parts),
        overall=STATES.get(overall, Status.UNKNOWN),
        in_maintenance=overall == _MAINTENANCE,
        said=overall,
    )


def _of_type(records: Sequence[_Record], kind: str) -> Sequence[_Record]:
    return [one for one in records if text(one.get("type")) == kind]


def _parts(
    included: Sequence[_Record], sections: Mapping[str, str | None]
) -> Sequence[tuple[ComponentReading, str]]:
    """The resources that somebody looks at, each with its section's id."""
    found: list[tuple[ComponentReading, str]] = []
    for record in _of_type(included, "status_page_resource"):
        about = inner(record, "attributes")
        state = word(about.get("status"))
        if state == _NOT_MONITORED:
            continue
        identity = named(record, "resource", "id")
        section = text(about.get("status_page_section_id")) or ""
        component = ComponentReading(
            id=identity,
            name=text(about.get("public_name")) or identity,
            group=sections.get(section),
            status=STATES.get(state, Status.UNKNOWN),
            raw=state,
            maintenance=state == _MAINTENANCE,
        )
        found.append((component, section))
    return found


def _members(parts: Sequence[tuple[ComponentReading, str]]) -> Mapping[str, tuple[str, ...]]:
    """Resources by their section, which has numbers of its own: `section 7`."""
    members: dict[str, tuple[str, ...]] = {}
    for component, section in parts:
        key = f"section {section}"
        members[key] = (*members.get(key, ()), component.id)
    return members


def _is_maintenance(report: _Record) -> bool:
    about = inner(report, "attributes")
    return _MAINTENANCE in (word(about.get("report_type")), word(about.get("aggregate_state")))


def _is_over(about: _Record, states: Mapping[str, str], overall: str) -> bool:
    """Whether a report is done with: its state says so, else those of the resources it names.

    `ends_at` is null on many that are over, a plan for a maintenance, and may lie ahead. So it is
    believed only where everything that the report names is well again, by the page's own word.
    """
    state = word(about.get("aggregate_state"))
    said = [state] if state else [word(one.get("status")) for one in _affected(about)]
    if any(said) and all(one in _OVER for one in said):
        return True
    if _MAINTENANCE in (state, word(about.get("report_type"))) or not instant(about.get("ends_at")):
        return False
    now = [states[one] for one in _ids(about) if one in states] or [overall]
    return all(STATES.get(one) is Status.OPERATIONAL for one in now)


def _affected(about: _Record) -> Sequence[_Record]:
    return optional_listing(about, "affected_resources", _MOST_RECORDS)


def _incident(report: _Record) -> VendorIncident:
    about = inner(report, "attributes")
    identity = named(report, "report", "id")
    said = [word(one.get("status")) for one in _affected(about)]
    state = word(about.get("aggregate_state"))
    states = [STATES.get(one, Status.UNKNOWN) for one in [*([state] if state else ()), *said]]
    return VendorIncident(
        id=identity,
        name=text(about.get("title")) or identity,
        impact=worst(states) if states else Status.UNKNOWN,
        status=state or "open",
        started_at=instant(about.get("starts_at")),
        component_ids=_ids(about),
    )


def _maintenance(report: _Record, states: Mapping[str, str]) -> VendorMaintenance:
    """A maintenance; it is under way while a resource that it names is said to be in one."""
    about = inner(report, "attributes")
    identity = named(report, "report", "id")
    touched = _ids(about)
    under_way = any(states.get(one) == _MAINTENANCE for one in touched)
    return VendorMaintenance(
        id=identity,
        title=text(about.get("title")) or identity,
        starts_at=instant(about.get("starts_at")),
        ends_at=instant(about.get("ends_at")),
        status=MaintenanceStatus.IN_PROGRESS if under_way else MaintenanceStatus.SCHEDULED,
        component_ids=touched,
    )


def _ids(about: _Record) -> tuple[str, ...]:
    return tuple(
        named(one, "affected resource", "status_page_resource_id") for one in _affected(about)
    )
