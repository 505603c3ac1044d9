"""What an Instatus page says, in our own words.

Lists are left out when they are empty, and the live feed has no `status` object beside `page`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import (
    ShapeFault,
    inner,
    mapping,
    named,
    optional_listing,
    script_instant,
    text,
    web_address,
    word,
)
from tocsin.detection.signals.ports import (
    ComponentReading,
    MaintenanceStatus,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.kernel.status import Status, worst

COMPONENTS = "components"
_MOST_COMPONENTS = 5_000
_MOST_EVENTS = 1_000
_MAINTENANCE = "undermaintenance"
_QUANTIFIED = re.compile(r"(?:all|some|one)([a-z]+)$")
_LONGEST_MINUTES = 366 * 24 * 60

COMPONENT_STATES: Mapping[str, Status] = {
    "operational": Status.OPERATIONAL,
    _MAINTENANCE: Status.OPERATIONAL,
    "degradedperformance": Status.DEGRADED,
    "partialoutage": Status.PARTIAL_OUTAGE,
    "minoroutage": Status.PARTIAL_OUTAGE,
    "majoroutage": Status.MAJOR_OUTAGE,
}

PAGE_STATES: Mapping[str, Status] = {
    "up": Status.OPERATIONAL,
    _MAINTENANCE: Status.OPERATIONAL,
    "hasissues": Status.DEGRADED,
}

_OVER = frozenset({"resolved", "completed", "cancelled"})
_IN_PROGRESS = frozenset({"inprogress", "verifying"})


def lists_components(payload: object) -> bool:
    """Whether an answer brings the components itself."""
    return isinstance(payload, dict) and bool(payload.get(COMPONENTS))


def read_page(payload: object, listed: object | None) -> ListedPage:
    """A page from its summary and the list of its components; raises ShapeFault.

    Each of the two is enough: an old page has no list, and a list says all but the incidents.
    """
    summary = mapping(payload, "the answer")
    page = inner(summary, "page")
    said = word(page.get("status"))
    if not said and COMPONENTS not in summary:
        raise ShapeFault("“page” has no “status”")
    parts = _parts(_holder(listed)) if listed is not None else ()
    incidents = [
        _incident(one)
        for one in optional_listing(summary, "activeIncidents", _MOST_EVENTS)
        if _plain(one.get("status")) not in _OVER
    ]
    maintenances = [
        _maintenance(one)
        for one in optional_listing(summary, "activeMaintenances", _MOST_EVENTS)
        if _plain(one.get("status")) not in _OVER
    ]
    components = parts or _parts(summary)
    if not said and not components:
        raise ShapeFault("it has neither a status nor components")
    return ListedPage(
        name=text(page.get("name")),
        components=tuple(one for one, _ in components),
        incidents=tuple(incidents),
        maintenances=tuple(maintenances),
        groups=_members(components),
        overall=_overall(said),
        in_maintenance=said.endswith(_MAINTENANCE),
        said=said,
    )


def _holder(listed: object) -> Mapping[str, object]:
    """The object around a list of components, which the documentation leaves out."""
    if isinstance(listed, list):
        return {COMPONENTS: listed}
    return mapping(listed, "the list of components")


def _overall(said: str) -> Status:
    """What a page says of itself; it may say of how many components (`SOMEMAJOROUTAGE`)."""
    if said in PAGE_STATES:
        return PAGE_STATES[said]
    of_some = _QUANTIFIED.match(said)
    return COMPONENT_STATES.get(of_some[1] if of_some else said, Status.UNKNOWN)


_Part = tuple[ComponentReading, str | None]
"""A component, and the id of its group."""


def _parts(holder: Mapping[str, object]) -> Sequence[_Part]:
    """The components of a list: those below others, or others' `group`, belong to these."""
    listed = optional_listing(holder, COMPONENTS, _MOST_COMPONENTS)
    parents = {_group_id(one) for one in listed} - {None}
    found: list[_Part] = []
    for entry in listed:
        if entry.get("archivedAt"):
            continue
        children = _children(entry)
        identity = _identity(entry)
        if children:
            name = text(entry.get("name")) or identity
            found += [(_component(child, name), identity) for child in children]
        elif identity not in parents:
            group = text(inner(entry, "group").get("name"))
            found.append((_component(entry, group), _group_id(entry)))
        if len(found) > _MOST_COMPONENTS:
            raise ShapeFault(f"it has more than {_MOST_COMPONENTS} components")
    return found


def _children(entry: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    """The components below another one; some pages write only their ids there."""
    written = entry.get("children")
    if not isinstance(written, list):
        return ()
    return [child for child in written[:_MOST_COMPONENTS] if isinstance(child, dict)]


def _members(parts: Sequence[_Part]) -> Mapping[str, tuple[str, ...]]:
    members: dict[str, tuple[str, ...]] = {}
    for component, group in parts:
        if group is not None:
            members[group] = (*members.get(group, ()), component.id)
    return members


def _group_id(entry: Mapping[str, object]) -> str | None:
    return text(inner(entry, "group").get("id")) or text(entry.get("groupId"))


def _identity(entry: Mapping[str, object]) -> str:
    return named(entry, "component", "id", "name")


def _component(entry: Mapping[str, object], group: str | None) -> ComponentReading:
    identity = _identity(entry)
    state = _plain(entry.get("status"))
    return ComponentReading(
        id=identity,
        name=text(entry.get("name")) or identity,
        group=group,
        status=COMPONENT_STATES.get(state, Status.UNKNOWN),
        raw=state,
        maintenance=state == _MAINTENANCE,
    )


def _incident(entry: Mapping[str, object]) -> VendorIncident:
    """An open incident; its impact may say less than the components it names, the worst counts."""
    identity = named(entry, "incident", "id", "url", "name")
    touched = _touched(entry)
    states = [COMPONENT_STATES.get(_plain(one.get("status"), "operational")) for one in touched]
    own = _impact(_plain(entry.get("impact")))
    return VendorIncident(
        id=identity,
        name=text(entry.get("name")) or identity,
        impact=worst([own, *(state or Status.UNKNOWN for state in states)]),
        status=_plain(entry.get("status")),
        url=web_address(entry.get("url")),
        started_at=script_instant(entry.get("started")),
        component_ids=tuple(_identity(one) for one in touched),
    )


def _impact(said: str) -> Status:
    return Status.OPERATIONAL if said == "none" else COMPONENT_STATES.get(said, Status.UNKNOWN)


def _maintenance(entry: Mapping[str, object]) -> VendorMaintenance:
    identity = named(entry, "maintenance", "id", "url", "name")
    starts_at = script_instant(entry.get("start"))
    under_way = _plain(entry.get("status")) in _IN_PROGRESS
    return VendorMaintenance(
        id=identity,
        title=text(entry.get("name")) or identity,
        starts_at=starts_at,
        ends_at=_end(starts_at, entry.get("duration")),
        status=MaintenanceStatus.IN_PROGRESS if under_way else MaintenanceStatus.SCHEDULED,
        component_ids=tuple(_identity(one) for one in _touched(entry)),
    )


def _touched(entry: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    for name in ("components", "affectedComponents"):
        found = optional_listing(entry, name, _MOST_COMPONENTS)
        if found:
            return found
    return ()


def _end(starts_at: datetime | None, minutes: object) -> datetime | None:
    """The end of a maintenance: `duration` is in minutes, often as text."""
    written = text(minutes) or ""
    if starts_at is None or not written.isascii() or not written.isdigit():
        return None
    return starts_at + timedelta(minutes=min(int(written), _LONGEST_MINUTES))


def _plain(value: object, otherwise: str = "") -> str:
    """A word of the vendor, which writes them without separators: `DEGRADEDPERFORMANCE`."""
    return word(value).replace("_", "").replace(" ", "") or otherwise
