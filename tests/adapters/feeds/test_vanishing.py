"""Every kind that lists components tells of a watched one that is gone, and knows one that moved."""

import json
from typing import Any

import pytest

from tests.adapters.feeds import (
    test_betterstack,
    test_cachet,
    test_incidentio,
    test_instatus,
    test_json_query,
    test_statusio,
)
from tests.adapters.feeds.pages import component, incident, maintenance, summary
from tocsin.adapters.feeds.betterstack import BetterStackKind
from tocsin.adapters.feeds.cachet import CachetKind
from tocsin.adapters.feeds.incidentio import IncidentIoKind
from tocsin.adapters.feeds.instatus import InstatusKind
from tocsin.adapters.feeds.json_query import JsonKind
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.statusio import StatusIoKind
from tocsin.adapters.feeds.statuspage import StatuspageKind
from tocsin.detection.signals.ports import Reading, SourceSpec, spec_of
from tocsin.kernel.status import Status


def _json_page(identity: str) -> dict[str, Any]:
    return {"states": {f"Part {identity}": "ok", "Part 2": "ok"}}


def _structure(identity: str) -> dict[str, Any]:
    items = [
        {"component": test_incidentio.item(one, name=f"Part {one}")} for one in (identity, "2")
    ]
    return test_incidentio.page(structure={"items": items})


PAGES = [
    (
        StatuspageKind(),
        lambda one: summary([component(one, name=f"Part {one}"), component("2")], [], []),
    ),
    (
        InstatusKind(),
        lambda one: test_instatus.page(
            components=[
                test_instatus.part(one, name=f"Part {one}"),
                test_instatus.part("2"),
            ]
        ),
    ),
    (
        BetterStackKind(),
        lambda one: test_betterstack.page(
            test_betterstack.resource(one, "operational", 7),
            test_betterstack.resource("2", "operational", 7),
        ),
    ),
    (
        StatusIoKind(),
        lambda one: test_statusio.page(
            test_statusio.component(one, 100) | {"name": f"Part {one}"},
            test_statusio.component("2", 100),
        ),
    ),
    (
        CachetKind(),
        lambda one: test_cachet.page(test_cachet.part(int(one), 1), test_cachet.part(2, 1)),
    ),
    (IncidentIoKind(), _structure),
]


def read(kind: ListedKind, payload: object, spec: SourceSpec) -> Reading:
    reading = kind.parse(json.dumps(payload).encode(), spec)
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(("kind", "page"), PAGES, ids=lambda one: getattr(one, "kind", ""))
def test_a_watched_component_that_is_gone_is_unknown_and_named(kind: ListedKind, page: Any) -> None:
    before = read(kind, page("1"), SourceSpec(kind.kind, None, ("1",)))
    assert (before.status, before.missing) == (Status.OPERATIONAL, ())
    spec = SourceSpec(kind.kind, None, ("1",), known_names=before.known_names)
    after = read(kind, page("3"), spec)
    assert after.status is Status.UNKNOWN
    assert [drift.sentence for drift in after.missing] == [
        "“Part 1” is no longer listed by the source."
    ]


@pytest.mark.parametrize(("kind", "page"), PAGES, ids=lambda one: getattr(one, "kind", ""))
def test_a_watched_component_with_another_id_is_known_by_its_name(
    kind: ListedKind, page: Any
) -> None:
    spec = SourceSpec(kind.kind, None, ("9",), known_names={"9": "Part 1"})
    reading = read(kind, page("1"), spec)
    assert reading.status is Status.OPERATIONAL
    assert [drift.now_id for drift in reading.missing] == ["1"]


def test_trouble_at_components_that_the_page_does_not_list_may_be_ours() -> None:
    parts = [component("a"), component("b")]
    spec = SourceSpec("statuspage", None, ("a",))
    for touched, status in (("a", "major_outage"), ("b", "operational"), ("x", "major_outage")):
        told = summary(parts, [incident("i", "critical", touched)], [])
        assert read(StatuspageKind(), told, spec).status is Status(status)
    work = summary(parts, [], [maintenance("m", "in_progress", "x")])
    assert read(StatuspageKind(), work, spec).maintenance is False


def test_a_name_that_a_query_does_not_find_any_more_is_unknown() -> None:
    fields = test_json_query.fields("states", components=["Part 1"])
    spec = spec_of(fields)
    assert read(JsonKind(), _json_page("1"), spec).status is Status.OPERATIONAL
    assert read(JsonKind(), _json_page("3"), spec).status is Status.UNKNOWN
