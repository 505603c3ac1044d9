"""The shape of a Statuspage v2 summary, read field by field into plain values.

Follows the public page API of Atlassian Statuspage, and tolerates the `null` lists that
compatible pages (incident.io) send.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin.adapters.feeds.payload import (
    ShapeFault,
    inner,
    instant,
    listing,
    mapping,
    optional_listing,
    text,
    web_address,
    word,
)

_MOST_COMPONENTS = 5_000
_MOST_EVENTS = 1_000
_OVER = frozenset({"resolved", "postmortem", "completed", "cancelled"})


@dataclass(frozen=True, slots=True)
class PageComponent:
    """A component as listed; `state` is the vendor's word, `group` its group's name."""

    id: str
    name: str
    state: str
    group: str | None


@dataclass(frozen=True, slots=True)
class PageGroup:
    """A heading over components; it has no state of its own."""

    name: str
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageIncident:
    """An incident that is not over; `component_ids` has groups replaced by their members."""

    id: str
    name: str
    impact: str
    phase: str
    url: str | None
    started_at: datetime | None
    component_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageMaintenance:
    """A maintenance that is not over."""

    id: str
    name: str
    phase: str
    starts_at: datetime | None
    ends_at: datetime | None
    component_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole summary; `groups` are by id."""

    name: str | None
    indicator: str | None
    components: tuple[PageComponent, ...]
    groups: Mapping[str, PageGroup]
    incidents: tuple[PageIncident, ...]
    maintenances: tuple[PageMaintenance, ...]


def read_page(payload: object) -> Page:
    """Read a decoded summary; raises ShapeFault when it is not one."""
    summary = mapping(payload, "the answer")
    listed = listing(summary, "components", _MOST_COMPONENTS)
    incidents = listing(summary, "incidents", _MOST_EVENTS)
    maintenances = optional_listing(summary, "scheduled_maintenances", _MOST_EVENTS)
    parts = [entry for entry in listed if not _is_group(entry)]
    groups = _groups(listed, parts)
    return Page(
        name=text(inner(summary, "page").get("name")),
        indicator=text(inner(summary, "status").get("indicator")),
        components=tuple(_component(entry, groups) for entry in parts),
        groups=groups,
        incidents=tuple(_incident(one, groups) for one in incidents if not _is_over(one)),
        maintenances=tuple(_maintenance(one, groups) for one in maintenances if not _is_over(one)),
    )


def _groups(
    listed: Sequence[Mapping[str, object]], parts: Sequence[Mapping[str, object]]
) -> Mapping[str, PageGroup]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for part in parts:
        members[text(part.get("group_id")) or ""].append(_identity(part, "component"))
    groups: dict[str, PageGroup] = {}
    for entry in listed:
        if _is_group(entry):
            identity = _identity(entry, "group")
            name = text(entry.get("name")) or identity
            groups[identity] = PageGroup(name, tuple(members[identity]))
    return groups


def _is_group(entry: Mapping[str, object]) -> bool:
    return entry.get("group") is True


def _is_over(entry: Mapping[str, object]) -> bool:
    return word(entry.get("status")) in _OVER


def _identity(entry: Mapping[str, object], what: str) -> str:
    found = text(entry.get("id")) or text(entry.get("name"))
    if found is None:
        raise ShapeFault(f"a {what} has neither id nor name")
    return found


def _component(entry: Mapping[str, object], groups: Mapping[str, PageGroup]) -> PageComponent:
    identity = _identity(entry, "component")
    group = groups.get(text(entry.get("group_id")) or "")
    return PageComponent(
        id=identity,
        name=text(entry.get("name")) or identity,
        state=word(entry.get("status")),
        group=group.name if group else None,
    )


def _named(entry: Mapping[str, object], groups: Mapping[str, PageGroup]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for component in optional_listing(entry, "components", _MOST_COMPONENTS):
        identity = _identity(component, "component")
        group = groups.get(identity)
        members = group.member_ids if group else ()
        found.update(dict.fromkeys(members or (identity,)))
    return tuple(found)


def _incident(entry: Mapping[str, object], groups: Mapping[str, PageGroup]) -> PageIncident:
    identity = _identity(entry, "incident")
    return PageIncident(
        id=identity,
        name=text(entry.get("name")) or identity,
        impact=word(entry.get("impact")),
        phase=word(entry.get("status")),
        url=web_address(entry.get("shortlink")),
        started_at=instant(entry.get("started_at")) or instant(entry.get("created_at")),
        component_ids=_named(entry, groups),
    )


def _maintenance(entry: Mapping[str, object], groups: Mapping[str, PageGroup]) -> PageMaintenance:
    identity = _identity(entry, "maintenance")
    return PageMaintenance(
        id=identity,
        name=text(entry.get("name")) or identity,
        phase=word(entry.get("status")),
        starts_at=instant(entry.get("scheduled_for")),
        ends_at=instant(entry.get("scheduled_until")),
        component_ids=_named(entry, groups),
    )
