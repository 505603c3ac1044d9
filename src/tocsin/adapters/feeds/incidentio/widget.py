"""The summary that incident.io keeps for widgets (`/api/v1/summary`), in our own words.

It names components only while something ails them, so one that it does not name counts as well,
and none can be said to have vanished: that it was never named is all that can be told.
"""

from tocsin.adapters.feeds.fields import with_quiet_ones
from tocsin.adapters.feeds.incidentio.events import (
    MAINTENANCE,
    MOST_EVENTS,
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
from tocsin.adapters.feeds.payload import ShapeFault, mapping, optional_listing, text
from tocsin.detection.signals.ports import ComponentReading, SourceSpec
from tocsin.kernel.status import Status

_MOST_PAGES = 100
_LISTS = ("ongoing_incidents", "in_progress_maintenances", "scheduled_maintenances")


def read_widget(answer: Entry, spec: SourceSpec) -> ListedPage:
    """The components in trouble and those watched; raises ShapeFault.

    A page that is made of others, such as one per region, brings the summary of each.
    """
    answer = _with_those_below(answer)
    if "page_title" not in answer and not all(name in answer for name in _LISTS):
        raise ShapeFault("it is no summary of incident.io")
    if _LISTS[0] not in answer:
        raise ShapeFault(f"“{_LISTS[0]}” is missing")
    incidents, under_way, ahead = (open_ones(answer, name) for name in _LISTS)
    ailing = [_component(one) for each in (*incidents, *under_way) for one in affected(each)]
    page = ListedPage(
        name=text(answer.get("page_title")),
        components=tuple(ailing),
        incidents=tuple(incident(one) for one in incidents),
        maintenances=tuple(maintenance(one) for one in (*under_way, *ahead)),
        overall=Status.OPERATIONAL,
    )
    return with_quiet_ones(page, spec)


def _with_those_below(answer: Entry) -> Entry:
    """The summary with the lists of all pages that it is made of."""
    below = optional_listing(answer, "subpages", _MOST_PAGES)
    if not below:
        return answer
    summaries = [answer, *(mapping(page.get("summary"), "a page's summary") for page in below)]
    if any(_LISTS[0] not in one for one in summaries[1:]):
        raise ShapeFault(f"“{_LISTS[0]}” of a page is missing")
    lists = {
        name: [entry for one in summaries for entry in optional_listing(one, name, MOST_EVENTS)]
        for name in _LISTS
    }
    return {**answer, **lists}


def _component(entry: Entry) -> ComponentReading:
    identity, state = component_id(entry), current_state(entry)
    return ComponentReading(
        id=identity,
        name=text(entry.get("name")) or identity,
        group=text(entry.get("group_name")),
        status=STATES.get(state, Status.UNKNOWN),
        raw=state,
        maintenance=state == MAINTENANCE,
    )
