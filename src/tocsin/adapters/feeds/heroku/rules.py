"""What Heroku's current status means (Heroku status API v4).

Two fields are not to be believed: `resolved` stays false on incidents that are over, and what is
under `scheduled` stays there long after. So an incident's newest update says whether it is over,
and scheduled work is announced but never counts as under way: the colours say that.
"""

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

_MAINTENANCE = "blue"

COLOURS: Mapping[str, Status] = {
    "green": Status.OPERATIONAL,
    _MAINTENANCE: Status.OPERATIONAL,
    "yellow": Status.DEGRADED,
    "orange": Status.PARTIAL_OUTAGE,
    "red": Status.MAJOR_OUTAGE,
}

_MOST_SYSTEMS = 500
_MOST_EVENTS = 1_000
_MOST_UPDATES = 1_000
_OVER = frozenset({"resolved", "completed", "complete", "cancelled", "canceled", "closed"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Entry = Mapping[str, object]


def listed(payload: object) -> ListedPage:
    """A decoded current status in our own words; raises ShapeFault when it is none."""
    answer = mapping(payload, "the answer")
    systems = listing(answer, "status", _MOST_SYSTEMS)
    if not systems:
        raise ShapeFault("“status” lists no system")
    incidents = listing(answer, "incidents", _MOST_EVENTS)
    scheduled = optional_listing(answer, "scheduled", _MOST_EVENTS)
    return ListedPage(
        name="Heroku",
        components=tuple(_component(one) for one in systems),
        incidents=tuple(_incident(one) for one in incidents if not _is_over(one)),
        maintenances=tuple(
            _maintenance(one) for one in scheduled if not _is_over(one) and _starts_at(one)
        ),
    )


def _component(system: Entry) -> ComponentReading:
    name = _system(system)
    if name is None:
        raise ShapeFault("a system has no name")
    colour = word(system.get("status"))
    state = COLOURS.get(colour, Status.UNKNOWN)
    return ComponentReading(name, name, None, state, colour, colour == _MAINTENANCE)


def _is_over(entry: Entry) -> bool:
    if entry.get("resolved") is True or text(entry.get("resolved_at")):
        return True
    return word(entry.get("state")) in _OVER or _phase(entry) in _OVER


def _phase(entry: Entry) -> str:
    """The word of the newest update, whichever order they come in; undated ones newest first."""
    updates = optional_listing(entry, "updates", _MOST_UPDATES)
    newest = max(updates, key=_written_at, default={})
    return word(newest.get("update_type"))


def _written_at(update: Entry) -> datetime:
    return instant(update.get("created_at")) or _LONG_AGO


def _colours(entry: Entry) -> Mapping[str, str]:
    """The colour of each system that an incident names."""
    for name in ("systems", "statuses", "status"):
        if isinstance(entry.get(name), list):
            named = listing(entry, name, _MOST_SYSTEMS)
            return {_system(one) or "": word(one.get("status")) for one in named}
    return {}


def _system(one: Entry) -> str | None:
    return text(one.get("system")) or text(one.get("name"))


def _incident(entry: Entry) -> VendorIncident:
    """An incident without colours of its own is open trouble all the same: degraded."""
    title = text(entry.get("title")) or "Incident without a title"
    colours = _colours(entry)
    states = [COLOURS.get(colour, Status.UNKNOWN) for colour in colours.values()]
    return VendorIncident(
        id=text(entry.get("id")) or title,
        name=title,
        impact=worst(states) if states else Status.DEGRADED,
        status=_phase(entry) or word(entry.get("state")),
        url=web_address(entry.get("full_url")),
        started_at=instant(entry.get("created_at")),
        component_ids=_touched(colours),
    )


def _touched(colours: Mapping[str, str]) -> tuple[str, ...]:
    """The systems that are not green; all that are named where none is worse."""
    ill = [name for name, colour in colours.items() if name and colour != "green"]
    return tuple(ill or filter(None, colours))


def _maintenance(entry: Entry) -> VendorMaintenance:
    title = text(entry.get("title")) or "Maintenance"
    return VendorMaintenance(
        id=text(entry.get("id")) or title,
        title=title,
        starts_at=_starts_at(entry),
        ends_at=_first_instant(entry, ("scheduled_until", "scheduled_end", "ends_at")),
        status=MaintenanceStatus.SCHEDULED,
        component_ids=tuple(filter(None, _colours(entry))),
    )


def _starts_at(entry: Entry) -> datetime | None:
    """When the work begins; nobody could tell that work without a time is over."""
    return _first_instant(entry, ("scheduled_for", "scheduled_start", "starts_at"))


def _first_instant(entry: Entry, names: Sequence[str]) -> datetime | None:
    return next(filter(None, (instant(entry.get(name)) for name in names)), None)
