"""All services of AWS in their regions, from the list that its dashboard itself is made of."""

from dataclasses import dataclass, replace

from tocsin.adapters.feeds.aws.rules import (
    Service,
    codes,
    component_of,
    is_everywhere,
    is_here,
    service_of,
    with_ids,
)
from tocsin.adapters.feeds.fields import fold, option_names
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import ShapeFault, listing, text
from tocsin.detection.signals.ports import SourceSpec

_MOST_ENTRIES = 50_000
_QUIET = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The services in the watched regions and the global ones; regions that AWS does not have."""

    services: tuple[Service, ...]
    unknown_regions: tuple[str, ...]


def read_catalogue(payload: object, spec: SourceSpec) -> Catalogue:
    """A decoded list (`[{service, service_name, region_id, region_name}]`); raises ShapeFault."""
    if not isinstance(payload, list) or not payload:
        raise ShapeFault("the answer lists no service")
    regions = option_names(spec, "regions")
    services, known = [], set[str]()
    for entry in listing({"services": payload}, "services", _MOST_ENTRIES):
        key = text(entry.get("service"))
        if key is None or "region_id" not in entry:
            raise ShapeFault("a service has no “service” or no “region_id”")
        said = {text(entry.get("region_id")) or "", text(entry.get("region_name")) or ""}
        places = with_ids(said)
        known |= places
        if is_here(places, regions):
            services.append(service_of(key, entry.get("service_name"), _QUIET))
    given = (str(one) for one in spec.options.get("regions") or ())
    return Catalogue(tuple(services), tuple(one for one in given if not _is_known(one, known)))


def _is_known(region: str, known: set[str]) -> bool:
    """Whether AWS has a region; a local zone is part of the region that its name begins with."""
    if is_everywhere(region) or with_ids({region}) & known:
        return True
    return any(fold(region).startswith(f"{place}-") for place in known)


def with_catalogue(page: ListedPage, catalogue: Catalogue) -> ListedPage:
    """The page with the services that nothing is reported about."""
    seen = {component.id for component in page.components}
    more = {one.key: component_of([one]) for one in catalogue.services if one.key not in seen}
    groups = {key: list(keys) for key, keys in page.groups.items()}
    for code, keys in codes(catalogue.services).items():
        groups.setdefault(code, []).extend(keys)
    return replace(
        page,
        components=(*page.components, *more.values()),
        groups={code: tuple(dict.fromkeys(keys)) for code, keys in groups.items()},
    )
