"""Whatever a page answers, a kind that lists components gives a reading or a failure, no exception."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.feeds import (
    test_betterstack,
    test_cachet,
    test_incidentio,
    test_instatus,
    test_json_query,
    test_statusio,
)
from tocsin.adapters.feeds.betterstack import BetterStackKind
from tocsin.adapters.feeds.cachet import CachetKind
from tocsin.adapters.feeds.incidentio import IncidentIoKind
from tocsin.adapters.feeds.instatus import InstatusKind
from tocsin.adapters.feeds.json_query import JsonKind
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.statusio import StatusIoKind
from tocsin.detection.signals.ports import PollFailure, Reading, SourceSpec, spec_of

GOOD: list[tuple[ListedKind, dict[str, Any]]] = [
    (
        InstatusKind(),
        test_instatus.page(
            "HASISSUES",
            components=[test_instatus.part("a", group={"id": "g", "name": "G"})],
            activeIncidents=[{"id": "i", "impact": "MAJOROUTAGE", "started": "x"}],
            activeMaintenances=[{"id": "m", "start": "2024-02-16T12:00:00Z", "duration": "60"}],
        ),
    ),
    (
        BetterStackKind(),
        test_betterstack.page(
            test_betterstack.resource("1", "downtime"),
            test_betterstack.report("2", "degraded", "1"),
        ),
    ),
    (
        StatusIoKind(),
        test_statusio.page(
            test_statusio.component("a", 300, test_statusio.container("us")),
            incidents=[test_statusio.event("1", 300, components=["a"], containers=["us"])],
        ),
    ),
    (CachetKind(), test_cachet.page(test_cachet.part(1, 2, group=5))),
    (CachetKind(), test_cachet.third(test_cachet.part(1, 2))),
    (
        IncidentIoKind(),
        test_incidentio.page(
            affected_components=[{"component_id": "api", "status": "full_outage"}],
            ongoing_incidents=[test_incidentio.incident({"component_id": "api"})],
        ),
    ),
    (
        IncidentIoKind(),
        test_incidentio.widget(ongoing_incidents=[test_incidentio.incident({"id": "api"})]),
    ),
    (JsonKind(), test_json_query.DOCUMENT),
]

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([None]),
    st.just([{}]),
    st.just({"id": {}}),
    st.just("9" * 400),
    st.just(10**400),
)


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything within a document."""
    inner = list(value.items() if isinstance(value, dict) else ())
    if isinstance(value, list):
        inner = list(enumerate(value))
    return [here, *(path for key, one in inner for path in places(one, (*here, key)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    """The document with something else in one place."""
    if not path:
        return by
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], by)
    return copy


@pytest.mark.parametrize(("kind", "good"), GOOD, ids=lambda one: getattr(one, "kind", ""))
@given(data=st.data())
def test_a_page_with_something_odd_in_it_is_a_reading_or_a_failure(
    kind: ListedKind, good: dict[str, Any], data: st.DataObject
) -> None:
    payload: Any = good
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(places(payload)))
        payload = replaced(payload, path, data.draw(ANYTHING))
    spec = SourceSpec(kind.kind, None, ("a", "nowhere"), known_names={"nowhere": "Gone"})
    if isinstance(kind, JsonKind):
        spec = spec_of(test_json_query.fields("by_name || parts[].s"))
    outcome = kind.parse(json.dumps(payload).encode(), spec)
    assert isinstance(outcome, Reading | PollFailure)
    if isinstance(outcome, Reading):
        assert len(outcome.signature) == 32


@pytest.mark.parametrize(("kind", "good"), GOOD, ids=lambda one: getattr(one, "kind", ""))
def test_what_is_no_json_is_a_failure(kind: ListedKind, good: dict[str, Any]) -> None:
    spec = spec_of(test_json_query.fields("state")) if isinstance(kind, JsonKind) else None
    cut = json.dumps(good).encode()[:-3]
    for body in (b"", b"   ", b"<html>soon</html>", b"<?xml version='1.0'?><rss/>", cut, b"null"):
        outcome = kind.parse(body, spec or SourceSpec(kind.kind))
        assert isinstance(outcome, PollFailure), body
