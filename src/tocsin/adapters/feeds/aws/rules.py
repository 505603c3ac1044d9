"""What the current events of AWS mean, in today's shape and in that of the retired `data.json`.

AWS lists what is wrong and nothing else: a service that no open event names is operational, as far
as anybody can tell. Nothing says which services there are, so a misspelt one is told as not named.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tocsin.adapters.feeds.aws.regions import REGION_NAMES
from tocsin.adapters.feeds.fields import epoch_instant, fold, option_names, whole_number
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import ShapeFault, instant, listing, mapping, text, word
from tocsin.detection.signals.ports import ComponentReading, SourceSpec, VendorIncident
from tocsin.kernel.status import Status, worst

STATES: Mapping[int, Status] = {
    0: Status.OPERATIONAL,
    1: Status.OPERATIONAL,
    2: Status.DEGRADED,
    3: Status.MAJOR_OUTAGE,
}
"""0 resolved, 1 a notice, 2 degradation, 3 disruption."""

_NAME = "Amazon Web Services"
_OVER = 0
_MOST_EVENTS = 5_000
_MOST_SERVICES = 2_000
_NAMES = frozenset({"service", "service_name", "impacted_services"})
_EVERYWHERE = frozenset({"", "global"})
_REGION = r"(?:eusc-)?[a-z]{2}(?:-[a-z]{3,12}){1,2}"
_REGION_SUFFIX = re.compile(rf"-({_REGION}-\d{{1,2}})$")
_REGION_ID = re.compile(
    rf"({_REGION}-\d{{1,2}})(?:-[a-z]{{3}}-\d{{1,2}}[a-z]?)?"
)  # or a local zone
_IS_REGION = re.compile(rf"{_REGION}(?:-\d{{1,2}})?")
_PLACE_SUFFIX = re.compile(r"\s*\(([^()]{1,100})\)$")
_EVERY_SERVICE = re.compile(r"multiple[ _-]?services", re.IGNORECASE)
_RESOLVED = "[resolved]"
_ARN_REGION = 3  # arn:partition:service:region:account:resource

Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Service:
    """A service in a region as AWS names it; `code` is its key without the region."""

    key: str
    code: str
    name: str
    place: str | None
    state: Status
    raw: str


@dataclass(frozen=True, slots=True)
class _Event:
    """An open event with what it names; `places` are folded ids and names of regions."""

    id: str
    title: str
    state: Status
    raw: str
    started_at: datetime | None
    places: frozenset[str]
    services: tuple[Service, ...]


def listed(payload: object, spec: SourceSpec) -> ListedPage:
    """The services named by open events in the watched regions, and those events."""
    regions = option_names(spec, "regions")
    read = (_event(entry) for entry in _entries(payload) if not _is_over(entry))
    events = [_limited(one, regions) for one in read if is_here(one.places, regions)]
    services = [one for event in events for one in event.services]
    named = {place for event in events for place in event.places}
    if len(services) > _MOST_SERVICES:
        raise ShapeFault(f"the events name more than {_MOST_SERVICES} services")
    return ListedPage(
        name=_NAME,
        components=_components(services),
        incidents=tuple(_incident(one) for one in events),
        groups=codes(services),
        overall=Status.OPERATIONAL,
        unnamed=tuple(one for one in spec.options.get("regions") or () if _is_new(one, named)),
    )


def is_in_regions(component: str, regions: Sequence[str]) -> bool:
    """Whether a component can ever be seen: `ec2-eu-west-1` cannot where only Oregon counts."""
    region = _REGION_SUFFIX.search(component)
    return region is None or is_here(frozenset({region[1]}), frozenset(map(fold, regions)))


def is_everywhere(place: str) -> bool:
    """Whether a place is the word for what belongs to no region."""
    return fold(place) in _EVERYWHERE


def is_region(name: str) -> bool:
    """Whether something may be a region: a name that we know, or what is written like an id."""
    place = fold(name)
    return is_everywhere(name) or place in REGION_NAMES or bool(_REGION_ID.fullmatch(place))


def _is_new(region: str, named: set[str]) -> bool:
    """Whether a watched region is none that we know, and no event names it either."""
    found = _REGION_ID.fullmatch(fold(region))
    return found is not None and found[1] not in named | set(REGION_NAMES.values())


def _entries(payload: object) -> Sequence[Entry]:
    if isinstance(payload, list):
        return listing({"events": payload}, "events", _MOST_EVENTS)
    return listing(mapping(payload, "the answer"), "current", _MOST_EVENTS)


def _is_over(entry: Entry) -> bool:
    if "status" not in entry or _NAMES.isdisjoint(entry):
        raise ShapeFault("an event has no “status”, or names no service")
    ended = text(entry.get("end_time")) or text(entry.get("endTime"))
    resolved = word(entry.get("summary")).startswith(_RESOLVED)
    return whole_number(entry["status"]) == _OVER or ended is not None or resolved


def _event(entry: Entry) -> _Event:
    own = service_of(text(entry.get("service")) or "", entry.get("service_name"), entry["status"])
    services = _impacted(entry) or (() if _is_every(own) else (own,))
    title = text(entry.get("summary")) or f"Event at {own.name}"
    when = entry.get("date")
    started_at = epoch_instant(when) or instant(when)
    return _Event(
        id=text(entry.get("arn")) or f"{own.key} {text(when) or ''}".strip(),
        title=f"{own.name}: {title}",
        state=own.state,
        raw=own.raw,
        started_at=started_at,
        places=_places(entry, (own, *services)),
        services=services,
    )


def _impacted(entry: Entry) -> tuple[Service, ...]:
    """The impacted services; those that have recovered only where all of them have."""
    value = entry.get("impacted_services")
    if not value:
        return ()
    impacted = mapping(value, "“impacted_services”")
    if len(impacted) > _MOST_SERVICES:
        raise ShapeFault(f"“impacted_services” has more than {_MOST_SERVICES} entries")
    found = []
    for key, one in impacted.items():
        service = mapping(one, "an impacted service")
        current = service.get("current", entry["status"])
        found.append((service_of(key, service.get("service_name"), current), whole_number(current)))
    ill = [service for service, state in found if state != _OVER]
    return tuple(ill or (service for service, _ in found))


def service_of(key: str, name: object, status: object) -> Service:
    """A service by its key, its name and the number for its state."""
    title = text(name) or key
    key = text(key) or title
    region = _REGION_SUFFIX.search(key)
    place = _PLACE_SUFFIX.search(title)
    number = whole_number(status)
    return Service(
        key=key,
        code=key[: region.start()] if region else key,
        name=title[: place.start()] if place else title,
        place=place[1] if place else (region[1] if region else None),
        state=STATES.get(number, Status.UNKNOWN) if number is not None else Status.UNKNOWN,
        raw=word(status) if number is None else str(number),
    )


def _is_every(service: Service) -> bool:
    return bool(_EVERY_SERVICE.match(service.key) or _EVERY_SERVICE.match(service.name))


def _places(entry: Entry, services: Sequence[Service]) -> frozenset[str]:
    """Every id and name of a region by which an event says where it is; none for global ones."""
    arn = (text(entry.get("arn"), 1_000) or "").split(":")
    said = {text(entry.get("region_name")) or "", text(entry.get("region")) or ""}
    said.add(arn[_ARN_REGION] if len(arn) > _ARN_REGION else "")
    return with_ids(said).union(*(_places_of(service) for service in services))


def _places_of(service: Service) -> frozenset[str]:
    region = _REGION_SUFFIX.search(service.key)
    return with_ids({region[1] if region else "", service.place or ""})


def with_ids(said: set[str]) -> frozenset[str]:
    """Places by their folded names and ids; global ones are none."""
    places = frozenset(map(fold, said)) - _EVERYWHERE
    return places | {REGION_NAMES[place] for place in places if place in REGION_NAMES}


def is_here(places: frozenset[str], regions: frozenset[str]) -> bool:
    """Whether the regions are concerned; what is at no place that we know concerns all."""
    if not regions or not any(_IS_REGION.fullmatch(place) for place in places):
        return True
    wanted = with_ids(set(regions))
    return any(one == place or one.startswith(f"{place}-") for place in places for one in wanted)


def _limited(event: _Event, regions: frozenset[str]) -> _Event:
    """The event with its services in the watched regions; all of them where none is there."""
    here = tuple(one for one in event.services if is_here(_places_of(one), regions))
    return replace(event, services=here or event.services)


def _components(services: Sequence[Service]) -> tuple[ComponentReading, ...]:
    by_key: defaultdict[str, list[Service]] = defaultdict(list)
    for service in services:
        by_key[service.key].append(service)
    return tuple(component_of(named) for named in by_key.values())


def component_of(named: Sequence[Service]) -> ComponentReading:
    """The component for a service that several events name; the worst of them counts."""
    gravest = max(named, key=lambda one: one.state.rank)
    state = worst(one.state for one in named)
    return ComponentReading(gravest.key, gravest.name, gravest.place, state, gravest.raw)


def codes(services: Sequence[Service]) -> Mapping[str, tuple[str, ...]]:
    """The services of all regions by their code, as people write it: `ec2`, `EC2`."""
    keys: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for service in services:
        for code in (service.code, service.code.lower(), service.code.upper()):
            keys[code][service.key] = None
    return {code: tuple(found) for code, found in keys.items()}


def _incident(event: _Event) -> VendorIncident:
    return VendorIncident(
        id=event.id,
        name=event.title,
        impact=event.state,
        status=event.raw,
        url=None,
        started_at=event.started_at,
        component_ids=tuple(dict.fromkeys(one.key for one in event.services)),
    )
