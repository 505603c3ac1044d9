"""What Google's incident files say: one shape for Cloud and Workspace, in each of its generations.

Follows the JSON history and its schema that status.cloud.google.com documents. Until May 2021
entries had neither `id`, `status_impact` nor `affected_products`; until March 2022, no locations.
The file is a history: an entry whose `end` is missing or empty is an open incident.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from tocsin.adapters.feeds.fields import NOTHING_REPORTED, fold, option_names
from tocsin.adapters.feeds.listed import ListedPage
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
from tocsin.detection.signals.ports import ComponentReading, SourceSpec, VendorIncident
from tocsin.kernel.status import Status, worst

IMPACTS: Mapping[str, Status] = {
    "available": Status.OPERATIONAL,
    "service_information": Status.OPERATIONAL,
    "service_disruption": Status.DEGRADED,
    "service_outage": Status.MAJOR_OUTAGE,
}
"""What `status_impact` stands for; a disruption of high severity is a partial outage."""

SEVERITIES: Mapping[str, Status] = {
    "low": Status.OPERATIONAL,
    "medium": Status.DEGRADED,
    "high": Status.MAJOR_OUTAGE,
}
"""What `severity` stands for where there is no `status_impact` beside it."""

_TOLD = frozenset({"begin", "external_desc", "status_impact", "affected_products"})
_EVERYTHING = "zall"
_EVERYWHERE = "global"
_HEADLINE = re.compile(
    r"^\s*(?:\*\*\s*(?:title|summary)\s*:?\s*\*\*|(?:title|summary)\s*:)\s*:?\s*", re.IGNORECASE
)
_NEXT_HEADING = re.compile(r"\*\*[^*\n:]{1,40}:\s{0,5}\*\*|\n\s{0,20}\*\*[^*\n]{1,40}\*\*")
_MOST_INCIDENTS = 20_000
_MOST_NAMED = 2_000
_LONGEST_DESCRIPTION = 2_000
_MOST_PRODUCTS = 5_000

Entry = Mapping[str, object]


def listed(payload: object, name: str, page: str, spec: SourceSpec) -> ListedPage:
    """The products in a decoded history, with the open incidents at the watched locations."""
    history = _history(payload)
    products: dict[str, str] = {}
    titles: dict[str, dict[str, None]] = {}
    for entry in history:
        for identity, title in _products(entry):
            products.setdefault(identity, title)  # newest first: a renamed one shows its new name
            titles.setdefault(title, {})[identity] = None
    if len(products) > _MOST_PRODUCTS:
        raise ShapeFault(f"it names more than {_MOST_PRODUCTS} products")
    wanted = option_names(spec, "locations")
    incidents = tuple(
        _incident(entry, page) for entry in history if _is_open(entry) and _is_here(entry, wanted)
    )
    return ListedPage(
        name,
        _components(products, incidents),
        incidents,
        groups={title: tuple(ids) for title, ids in titles.items()},  # the old names of products
        unnamed=_never_named(history, spec),
        remembers=True,
    )


def with_products(page: ListedPage, payload: object) -> ListedPage:
    """The page with all products of the vendor's `products.json` (`{products: [{id, title}]}`).

    Raises ShapeFault for any other shape, and for an empty list, which no vendor has.
    """
    offered = listing(mapping(payload, "the answer"), "products", _MOST_PRODUCTS)
    if not offered:
        raise ShapeFault("it lists no product")
    seen = {component.id for component in page.components}
    more = {identity: title for identity, title in map(_named, offered) if identity not in seen}
    return replace(page, components=(*page.components, *_components(more, ())))


def _history(payload: object) -> Sequence[Entry]:
    if not isinstance(payload, list):
        raise ShapeFault("the answer is not a list of incidents")
    if len(payload) > _MOST_INCIDENTS:
        raise ShapeFault(f"the answer has more than {_MOST_INCIDENTS} incidents")
    return [_entry(one) for one in payload]


def _entry(one: object) -> Entry:
    entry = mapping(one, "an incident")
    if _TOLD.isdisjoint(entry):
        raise ShapeFault(f"an incident has none of {', '.join(sorted(_TOLD))}")
    return entry


def _is_open(entry: Entry) -> bool:
    return text(entry.get("end")) is None


def _products(entry: Entry) -> Iterable[tuple[str, str]]:
    affected = optional_listing(entry, "affected_products", _MOST_NAMED)
    if affected:
        return map(_named, affected)
    key, name = text(entry.get("service_key")), text(entry.get("service_name"))
    if key == _EVERYTHING or not (key or name):
        return ()
    return ((key or name or "", name or key or ""),)


def _named(product: Entry) -> tuple[str, str]:
    title = text(product.get("current_title")) or text(product.get("title"))
    identity = text(product.get("id")) or title
    if identity is None:
        raise ShapeFault("a product has neither id nor title")
    return identity, title or identity


def _is_here(entry: Entry, wanted: frozenset[str]) -> bool:
    places = _places(entry) if wanted else ()
    return not places or any(_covers(place, one) for place in places for one in wanted)


def _places(entry: Entry) -> Sequence[str]:
    """Where an incident is, by ids and titles: now, else by its newest update, else earlier."""
    return next(filter(None, _told_places(entry)), ())


def _places_ever(entry: Entry) -> Iterable[str]:
    return chain.from_iterable(_told_places(entry))


def _told_places(entry: Entry) -> Iterable[Sequence[str]]:
    for holder, name in (
        (entry, "currently_affected_locations"),
        (inner(entry, "most_recent_update"), "affected_locations"),
        (entry, "previously_affected_locations"),
    ):
        named = optional_listing(holder, name, _MOST_NAMED)
        words = (place.get(key) for place in named for key in ("id", "title"))
        yield [fold(one) for one in map(text, words) if one]


def _never_named(history: Sequence[Entry], spec: SourceSpec) -> tuple[str, ...]:
    """The watched locations in which no incident ever was; they may be misspelt."""
    wanted = spec.options.get("locations") or ()
    places = {one for entry in history for one in _places_ever(entry)} if wanted else ()
    return tuple(one for one in wanted if not any(_is_part(fold(one), place) for place in places))


def _is_part(wanted: str, place: str) -> bool:
    """Whether a place is the wanted one, a zone of it, or the region of the wanted zone."""
    if place == wanted or place.startswith(f"{wanted}-"):
        return True
    return wanted.startswith(f"{place}-") and place[-1:].isdigit()


def _covers(place: str, wanted: str) -> bool:
    """A region stands for its zones and the other way round, and so does a continent."""
    if place in (wanted, _EVERYWHERE):
        return True
    return wanted.startswith(f"{place}-") or place.startswith(f"{wanted}-")


def _incident(entry: Entry, page: str) -> VendorIncident:
    path = text(entry.get("uri")) or ""
    name = _headline(entry.get("external_desc")) or "Incident without a description"
    return VendorIncident(
        id=text(entry.get("id")) or path or text(entry.get("number")) or name,
        name=name,
        impact=_impact(entry),
        status=word(entry.get("status_impact")) or word(entry.get("severity")),
        url=web_address(f"{page.rstrip('/')}/{path.lstrip('/')}") if path else None,
        started_at=instant(entry.get("begin")),
        component_ids=tuple(dict.fromkeys(identity for identity, _ in _products(entry))),
    )


def _headline(written: object) -> str | None:
    """The title of a description that may be Markdown: `**Title:** …`, then more headings."""
    if not isinstance(written, str):
        return text(written)
    told = _HEADLINE.sub("", written[:_LONGEST_DESCRIPTION])
    return text(_NEXT_HEADING.split(told, maxsplit=1)[0].replace("**", "")) or text(written)


def _impact(entry: Entry) -> Status:
    impact, severity = word(entry.get("status_impact")), word(entry.get("severity"))
    if not impact:
        return SEVERITIES.get(severity, Status.UNKNOWN)
    if impact == "service_disruption" and severity == "high":
        return Status.PARTIAL_OUTAGE
    return IMPACTS.get(impact, Status.UNKNOWN)


def _components(
    products: Mapping[str, str], incidents: Sequence[VendorIncident]
) -> tuple[ComponentReading, ...]:
    touching: defaultdict[str, list[VendorIncident]] = defaultdict(list)
    for incident in incidents:
        for identity in incident.component_ids:
            touching[identity].append(incident)
    return tuple(_component(one, title, touching.get(one, ())) for one, title in products.items())


def _component(identity: str, title: str, touching: Sequence[VendorIncident]) -> ComponentReading:
    gravest = max(touching, key=lambda one: one.impact.rank, default=None)
    state = worst(one.impact for one in touching)
    return ComponentReading(
        identity, title, None, state, gravest.status if gravest else NOTHING_REPORTED
    )
