"""What a Cachet's components say, in our own words.

Their states are numbers without an order: 5 is unknown and 6 maintenance, so the worst is never
the greatest. Incidents are left alone: they have no impact, many pages never mark them fixed, and
whatever they do to a component is in its state.
"""

from collections.abc import Mapping, Sequence

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import (
    ShapeFault,
    inner,
    listing,
    mapping,
    named,
    optional_listing,
    text,
)
from tocsin.detection.signals.ports import ComponentReading
from tocsin.kernel.status import Status

GROUPS = "groups"
_MOST_ENTRIES = 5_000
_MOST_PAGES = 20
_MAINTENANCE = "6"

STATES: Mapping[str, Status] = {
    "1": Status.OPERATIONAL,
    "2": Status.DEGRADED,
    "3": Status.PARTIAL_OUTAGE,
    "4": Status.MAJOR_OUTAGE,
    "5": Status.UNKNOWN,
    _MAINTENANCE: Status.OPERATIONAL,
}

_Entry = Mapping[str, object]


def is_third_version(page: object) -> bool:
    """Whether an answer is that of version 3, which follows JSON:API."""
    entries = listing(mapping(page, "the answer"), "data", _MOST_ENTRIES)
    return any("attributes" in entry for entry in entries) or "links" in mapping(page, "")


def next_page(pages: Sequence[object]) -> int | None:
    """The number of the page to ask for next; None after the last one."""
    last = mapping(pages[-1], "the answer")
    number = len(pages) + 1
    if not listing(last, "data", _MOST_ENTRIES) or not _goes_on(last, len(pages)):
        return None
    if number > _MOST_PAGES:
        raise ShapeFault(f"it has more than {_MOST_PAGES} pages of components")
    return number


def _goes_on(page: _Entry, number: int) -> bool:
    meta = inner(page, "meta")
    total = text(inner(meta, "pagination").get("total_pages")) or text(meta.get("last_page")) or ""
    if total.isascii() and total.isdigit() and len(total) < 10:
        return number < int(total)
    return bool(inner(page, "links").get("next"))


def in_groups(pages: Sequence[object]) -> bool:
    """Whether a component is in a group whose name the answers do not tell."""
    return any(
        _group_id(entry) and not _group_names(page)
        for page in pages
        if not is_third_version(page)
        for entry in _entries(page)
    )


def read_components(pages: Sequence[object], groups: object | None) -> ListedPage:
    """All enabled components; raises ShapeFault for another shape, and where there is none."""
    names: dict[str, str] = {}
    if groups is not None:
        names |= _named_groups(
            listing(mapping(groups, "the list of groups"), "data", _MOST_ENTRIES)
        )
    for page in pages:
        names |= _group_names(page)
    entries = [entry for page in pages for entry in _entries(page)]
    enabled = [entry for entry in entries if _about(entry).get("enabled") not in (False, 0)]
    if not enabled:
        raise ShapeFault("it lists no component")
    members: dict[str, tuple[str, ...]] = {}
    for entry in enabled:
        key = f"group {_group_id(entry)}"
        members[key] = (*members.get(key, ()), _id(entry))
    return ListedPage(
        name=None, components=tuple(_component(one, names) for one in enabled), groups=members
    )


def _entries(page: object) -> Sequence[_Entry]:
    return listing(mapping(page, "the answer"), "data", _MOST_ENTRIES)


def _group_names(page: object) -> dict[str, str]:
    included = optional_listing(mapping(page, "the answer"), "included", _MOST_ENTRIES)
    return _named_groups([one for one in included if "roup" in (text(one.get("type")) or "")])


def _named_groups(entries: Sequence[_Entry]) -> dict[str, str]:
    found = {_id(one): text(_about(one).get("name")) for one in entries}
    return {identity: name for identity, name in found.items() if name}


def _about(entry: _Entry) -> _Entry:
    """The fields of an entry, which JSON:API keeps below `attributes`."""
    return inner(entry, "attributes") or entry


def _id(entry: _Entry) -> str:
    return named(entry, "component", "id")


def _group_id(entry: _Entry) -> str | None:
    related = inner(inner(inner(entry, "relationships"), "group"), "data").get("id")
    about = _about(entry)
    found = text(related) or text(about.get("group_id")) or text(about.get("component_group_id"))
    return found if found != "0" else None


def _component(entry: _Entry, groups: Mapping[str, str]) -> ComponentReading:
    about = _about(entry)
    if "status" not in about:
        raise ShapeFault("a component has no “status”")
    status = about.get("status")
    state = text(status.get("value") if isinstance(status, dict) else status) or ""
    identity = _id(entry)
    return ComponentReading(
        id=identity,
        name=text(about.get("name")) or identity,
        group=groups.get(_group_id(entry) or ""),
        status=STATES.get(state, Status.UNKNOWN),
        raw=state,
        maintenance=state == _MAINTENANCE,
    )
