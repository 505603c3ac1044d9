"""What the public status API of Status.io says, in our own words.

A component runs in containers (regions); each pair is a part of its own, `Component / Container`.
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
)
from tocsin.detection.signals.ports import (
    ComponentReading,
    MaintenanceStatus,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.kernel.status import Status

_MOST_COMPONENTS = 5_000
_MOST_EVENTS = 1_000
_MAINTENANCE = 200
_RESOLVED = 400

CODES: Mapping[int, Status] = {
    100: Status.OPERATIONAL,
    _MAINTENANCE: Status.OPERATIONAL,
    300: Status.DEGRADED,
    400: Status.PARTIAL_OUTAGE,
    500: Status.MAJOR_OUTAGE,
    600: Status.MAJOR_OUTAGE,  # a security event
}

_PHASES: Mapping[int, str] = {100: "investigating", 200: "identified", 300: "monitoring"}

_Entry = Mapping[str, object]
_Groups = Mapping[str, tuple[str, ...]]


def read_page(payload: object) -> ListedPage:
    """A page in our own words; raises ShapeFault when the answer is of another shape."""
    result = mapping(mapping(payload, "the answer").get("result"), "“result”")
    overall = _code(mapping(result.get("status_overall"), "“status_overall”"))
    components, groups = _components(listing(result, "status", _MOST_COMPONENTS))
    incidents = listing(result, "incidents", _MOST_EVENTS)
    work = inner(result, "maintenance")  # an empty list where there is none
    active = optional_listing(work, "active", _MOST_EVENTS)
    upcoming = optional_listing(work, "upcoming", _MOST_EVENTS)
    return ListedPage(
        name=None,
        components=tuple(components),
        incidents=tuple(_incident(one, groups) for one in incidents if not _is_over(one)),
        maintenances=(
            *(_maintenance(one, groups, MaintenanceStatus.IN_PROGRESS) for one in active),
            *(_maintenance(one, groups, MaintenanceStatus.SCHEDULED) for one in upcoming),
        ),
        groups=groups,
        overall=_status(overall),
        in_maintenance=overall == _MAINTENANCE,
        said=str(overall or ""),
    )


def _components(
    listed: Sequence[_Entry],
) -> tuple[list[ComponentReading], dict[str, tuple[str, ...]]]:
    """Each component in each container; both ids stand for all the pairs that they are part of."""
    found: list[ComponentReading] = []
    groups: dict[str, tuple[str, ...]] = {}
    for entry in listed:
        identity = _id(entry)
        name = text(entry.get("name")) or identity
        containers = optional_listing(entry, "containers", _MOST_COMPONENTS)
        if len(containers) < 2:
            found.append(_reading(identity, name, None, [entry, *containers]))
            for one in containers:
                groups[_id(one)] = (*groups.get(_id(one), ()), identity)
            continue
        for one in containers:
            pair = f"{identity}:{_id(one)}"
            found.append(_reading(pair, text(one.get("name")) or _id(one), name, [one]))
            for key in (identity, _id(one)):
                groups[key] = (*groups.get(key, ()), pair)
        if len(found) > _MOST_COMPONENTS:
            raise ShapeFault(f"it has more than {_MOST_COMPONENTS} components")
    return found, groups


def _reading(
    identity: str, name: str, group: str | None, said: Sequence[_Entry]
) -> ComponentReading:
    codes = [_code(one) for one in said]
    worst = max(codes, key=lambda code: _status(code).rank)
    return ComponentReading(
        id=identity,
        name=name,
        group=group,
        status=_status(worst),
        raw=str(worst) if worst is not None else "",
        maintenance=_MAINTENANCE in codes,
    )


def _status(code: int | None) -> Status:
    return CODES.get(code or 0, Status.UNKNOWN)


def _code(entry: _Entry) -> int | None:
    """A status code, which may be written as text."""
    return _number(entry.get("status_code"))


def _number(value: object) -> int | None:
    written = text(value) or ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else None


def _id(entry: _Entry) -> str:
    return named(entry, "component", "id", "_id", "name")


def _touched(entry: _Entry, groups: _Groups) -> tuple[str, ...]:
    """The parts that an event touches: those of its components within its containers."""
    components = _parts(entry, "components_affected", groups)
    containers = _parts(entry, "containers_affected", groups)
    both = [one for one in components if one in set(containers)]
    return tuple(both or dict.fromkeys([*components, *containers]))


def _parts(entry: _Entry, name: str, groups: _Groups) -> list[str]:
    ids = (_id(one) for one in _named(entry, name))
    return [part for one in ids for part in groups.get(one, (one,))]


def _named(entry: _Entry, name: str) -> Sequence[_Entry]:
    return optional_listing(entry, name, _MOST_EVENTS)


def _latest(entry: _Entry) -> _Entry:
    """The newest message of an event, wherever in the list it stands."""
    messages = optional_listing(entry, "messages", _MOST_EVENTS)
    return max(messages, key=lambda one: text(one.get("datetime")) or "", default={})


def _is_over(entry: _Entry) -> bool:
    """Whether an incident says so, by its flag or by its newest message."""
    return entry.get("current_active") is False or _number(_latest(entry).get("state")) == _RESOLVED


def _incident(entry: _Entry, groups: _Groups) -> VendorIncident:
    identity = named(entry, "incident", "_id", "id", "name")
    latest = _latest(entry)
    return VendorIncident(
        id=identity,
        name=text(entry.get("name")) or identity,
        impact=_status(_number(latest.get("status"))),
        status=_PHASES.get(_number(latest.get("state")) or 0, "open"),
        url=None,
        started_at=instant(entry.get("datetime_open")),
        component_ids=_touched(entry, groups),
    )


def _maintenance(entry: _Entry, groups: _Groups, status: MaintenanceStatus) -> VendorMaintenance:
    identity = named(entry, "maintenance", "_id", "id", "name")
    return VendorMaintenance(
        id=identity,
        title=text(entry.get("name")) or identity,
        starts_at=instant(entry.get("datetime_planned_start"))
        or instant(entry.get("datetime_open")),
        ends_at=instant(entry.get("datetime_planned_end")),
        status=status,
        component_ids=_touched(entry, groups),
    )
