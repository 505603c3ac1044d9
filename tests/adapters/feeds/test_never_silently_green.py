"""Whatever field of a page in trouble goes missing, changes its name or says something strange: what is
watched there is never green without a word."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest

from tests.adapters.feeds import (
    pages,
    test_aws,
    test_betterstack,
    test_cachet,
    test_google_incidents,
    test_heroku,
    test_incidentio,
    test_instatus,
    test_salesforce,
    test_slack,
    test_statusio,
)
from tocsin.adapters.feeds.slack import parse as parse_slack
from tocsin.app.feeds import FEEDS
from tocsin.detection.signals.ports import PollFailure, Reading, SourceSpec
from tocsin.kernel.status import Status

KINDS: dict[str, Any] = {kind.kind: kind for kind in FEEDS}
OPTIONS = {"regions": ["us-east-1"], "locations": ["us-west1"], "instance": "EU35"}
STRANGE: tuple[Any, ...] = (None, "bananas", [], {})

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in trouble. An empty list at `troubles` means that there is none, which is no fault;
    what is in `unknowable` no reader can miss."""

    kind: str
    payload: Any
    watched: tuple[str, ...] = ()
    troubles: Path = ("nowhere",)
    unknowable: tuple[Path, ...] = ()


API = test_incidentio.item("api", current_status="full_outage")
ILL = test_incidentio.incident(API, current_worst_impact="full_outage")
OUT = {"service_name": "EC2", "current": "3", "max": "3"}
MEMBER: Path = ("summary", "structure", "items", 0, "group", "components", 0, "component_id")

PAGES = [
    Page(
        "statuspage",
        pages.summary(
            [pages.component("a", "major_outage"), pages.component("b")],
            [pages.incident("i", "critical", "a")],
            [],
        ),
        ("a",),
    ),
    Page(
        "statuspage",
        pages.summary(
            [pages.component("a"), pages.component("b")], [pages.incident("i", "critical", "a")], []
        ),
        ("a",),
        ("incidents",),
    ),
    Page("statuspage", pages.summary([], [], [], "major")),
    Page(
        "instatus",
        test_instatus.page(
            components=[test_instatus.part("a", "MAJOROUTAGE"), test_instatus.part("b")]
        ),
        ("a",),
    ),
    Page("instatus", test_instatus.page("HASISSUES")),
    Page(
        "betterstack",
        test_betterstack.page(
            test_betterstack.resource("1", "downtime"),
            test_betterstack.resource("2", "operational"),
        ),
        ("1",),
    ),
    Page(
        "betterstack",
        test_betterstack.page(
            test_betterstack.resource("1", "operational"),
            test_betterstack.report("7", "downtime", "1"),
        ),
        ("1",),
        unknowable=(("included", 2), ("included", 2, "type")),
    ),
    Page(
        "statusio",
        test_statusio.page(
            test_statusio.component("a", 500, test_statusio.container("x", 500)),
            test_statusio.component("b", 100),
        ),
        ("a",),
    ),
    Page(
        "statusio",
        test_statusio.page(
            test_statusio.component("a", 100),
            incidents=[test_statusio.event("1", 500, components=["a"])],
        ),
        ("a",),
        ("result", "incidents"),
    ),
    Page("cachet", test_cachet.page(test_cachet.part(1, 4), test_cachet.part(2, 1)), ("1",)),
    Page(
        "incidentio",
        test_incidentio.page(affected_components=[API], ongoing_incidents=[ILL]),
        ("api",),
    ),
    Page(
        "incidentio",
        test_incidentio.page(affected_components=[API]),
        ("api",),
        ("summary", "affected_components"),
        (MEMBER, ("summary", "affected_components", 0, "component_id")),
    ),
    Page("incidentio", test_incidentio.widget(ongoing_incidents=[ILL]), ("api",)),
    Page(
        "heroku",
        test_heroku.current([test_heroku.system("Apps", "red"), test_heroku.system("Data")]),
        ("Apps",),
    ),
    Page(
        "heroku",
        test_heroku.current(
            test_heroku.GREEN, test_heroku.incident(test_heroku.system("Apps", "red"))
        ),
        ("Apps",),
        ("incidents",),
    ),
    Page("salesforce", test_salesforce.instance(status="MAJOR_INCIDENT_CORE")),
    Page(
        "salesforce",
        test_salesforce.instance(
            Incidents=[test_salesforce.incident(test_salesforce.impact("major"))]
        ),
        (),
        ("Incidents",),
        (("Incidents", 0, "IncidentImpacts"), ("Incidents", 0, "IncidentImpacts", 0)),
    ),
    Page("slack", test_slack.current(test_slack.trouble("outage", "Files")), ("Files",)),
    Page("aws", [test_aws.event("ec2")], ("ec2",)),
    Page("aws", [test_aws.event("ec2", impacted_services={"ec2-us-east-1": OUT})], ("ec2",)),
    Page(
        "google_cloud",
        [
            test_google_incidents.entry(
                test_google_incidents.SQL,
                currently_affected_locations=[test_google_incidents.place("us-west1")],
            )
        ],
        ("q1",),
    ),
]


def read(page: Page, payload: Any) -> Reading | PollFailure:
    spec = SourceSpec(page.kind, None, page.watched, OPTIONS)
    body = json.dumps(payload).encode()
    if page.kind == "slack":
        return parse_slack(body, spec)
    outcome = KINDS[page.kind].parse(body, spec)
    assert isinstance(outcome, Reading | PollFailure)
    return outcome


def places(value: Any, at: Path = ()) -> Iterator[Path]:
    """Every place in a payload, from the outermost."""
    named = value.items() if isinstance(value, dict) else ()
    numbered = enumerate(value) if isinstance(value, list) else ()
    for key, inner in (*named, *numbered):
        yield (*at, key)
        yield from places(inner, (*at, key))


def changed(page: Page) -> Iterator[tuple[str, Path, Any]]:
    """The page with each of its fields missing, renamed, or saying something strange."""
    for place in places(page.payload):
        *above, last = place
        for how in ("missing", "renamed", *STRANGE):
            payload = deepcopy(page.payload)
            holder = payload
            for key in above:
                holder = holder[key]
            if how == "missing":
                del holder[last]
            elif how == "renamed":
                if isinstance(holder, list):
                    continue
                holder[f"{last}_v2"] = holder.pop(last)
            else:
                holder[last] = how
            yield str(how), place, payload


def is_no_fault(page: Page, how: str, place: Path) -> bool:
    if place in page.unknowable:
        return True
    if place == page.troubles:
        return how in ("None", "[]")
    return place == (*page.troubles, 0) and how == "missing"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.kind)
def test_a_page_in_trouble_is_never_silently_green(page: Page) -> None:
    whole = read(page, page.payload)
    assert isinstance(whole, Reading)
    assert whole.status.is_trouble
    tried = 0
    for how, place, payload in changed(page):
        outcome = read(page, payload)
        tried += 1
        if isinstance(outcome, PollFailure) or outcome.status is not Status.OPERATIONAL:
            continue
        told = outcome.missing or outcome.unnamed
        assert told or is_no_fault(page, how, place), (how, place)
    assert tried >= 20
