"""What an incident.io page shows its visitors (`/proxy/<host>`), in our own words."""

from collections.abc import Sequence

from tocsin.adapters.feeds.incidentio.events import (
    MAINTENANCE,
    MOST_COMPONENTS,
    STATES,
    Entry,
    affected,
    component_id,
    current_state,
    incident,
    maintenance,
    open_ones,
)
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import (
    ShapeFault,
    inner,
    mapping,
    optional_listing,
    text,
)
from tocsin.detection.signals.ports import ComponentReading
from tocsin.kernel.status import Status, worst

_TROUBLE = frozenset({"affected_components", "ongoing_incidents"})


def read_page(answer: Entry) -> ListedPage:
    """All visible components with their state; raises ShapeFault when there is none to be seen.

    The structure lists them; who is not among the affected ones is well.
    """
    summary = mapping(answer.get("summary"), "“summary”")
    if not summary.keys() >= _TROUBLE:
        raise ShapeFault("it says nothing about what is affected")
    incidents = open_ones(summary, "ongoing_incidents")
    works = [
        *open_ones(summary, "in_progress_maintenances"),
        *open_ones(summary, "scheduled_maintenances"),
    ]
    said = _said(optional_listing(summary, "affected_components", MOST_COMPONENTS), incidents)
    parts = _structure(summary)
    if not parts:
        raise ShapeFault("it lists no component")
    members: dict[str, tuple[str, ...]] = {}
    for entry, group in parts:
        key = text(group.get("id")) or ""
        members[key] = (*members.get(key, ()), component_id(entry))
    return ListedPage(
        name=text(summary.get("name")),
        components=tuple(_component(entry, group, said) for entry, group in parts),
        incidents=tuple(incident(one) for one in incidents),
        maintenances=tuple(maintenance(one) for one in works),
        groups=members,
    )


def _structure(summary: Entry) -> list[tuple[Entry, Entry]]:
    """The visible components, each with its group (empty for none)."""
    found: list[tuple[Entry, Entry]] = []
    for item in optional_listing(inner(summary, "structure"), "items", MOST_COMPONENTS):
        group, alone = inner(item, "group"), inner(item, "component")
        members = optional_listing(group, "components", MOST_COMPONENTS)
        if group.get("hidden") is not True:
            found += [(one, group) for one in members if one.get("hidden") is not True]
        if alone and alone.get("hidden") is not True:
            found.append((alone, {}))
    if not found:
        listed = optional_listing(summary, "components", MOST_COMPONENTS)
        found = [(one, {}) for one in listed if one.get("hidden") is not True]
    if len(found) > MOST_COMPONENTS:
        raise ShapeFault(f"it has more than {MOST_COMPONENTS} components")
    return found


def _said(listed: Sequence[Entry], incidents: Sequence[Entry]) -> dict[str, str]:
    """The word for each component in trouble, the page's before that of its incidents."""
    found: dict[str, str] = {}
    for entry in (one for each in incidents for one in affected(each)):
        identity, state = component_id(entry), current_state(entry)
        found[identity] = _worse(found.get(identity), state)
    return found | {component_id(one): current_state(one) for one in listed}


def _worse(one: str | None, other: str) -> str:
    if one is None:
        return other
    states = {word: STATES.get(word, Status.UNKNOWN) for word in (one, other)}
    gravest = worst(states.values())
    return one if states[one] is gravest else other


def _component(entry: Entry, group: Entry, said: dict[str, str]) -> ComponentReading:
    identity = component_id(entry)
    state = said[identity] if identity in said else current_state(entry) or "operational"
    return ComponentReading(
        id=identity,
        name=text(entry.get("name")) or identity,
        group=text(group.get("name")),
        status=STATES.get(state, Status.UNKNOWN),
        raw=state,
        maintenance=state == MAINTENANCE,
    )
