"""incident.io pages in their own forms: the page's own data, and the summary for widgets."""

import json
from typing import Any

import pytest
from aiohttp import web

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.incidentio import IncidentIoKind
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    MaintenanceStatus,
    PollFailure,
    PollFailureKind,
    Probe,
    Reading,
    SourceSpec,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = IncidentIoKind()
WORDS = [
    ("operational", Status.OPERATIONAL),
    ("under_maintenance", Status.OPERATIONAL),
    ("degraded_performance", Status.DEGRADED),
    ("partial_outage", Status.PARTIAL_OUTAGE),
    ("full_outage", Status.MAJOR_OUTAGE),
    ("a_new_word", Status.UNKNOWN),
]


def item(identity: str, **more: Any) -> dict[str, Any]:
    return {"component_id": identity, "name": identity.title(), "hidden": False, **more}


def page(**more: Any) -> dict[str, Any]:
    group = {"id": "g", "name": "Edge", "hidden": False}
    items = [
        {"group": group | {"components": [item("api"), item("old", hidden=True)]}},
        {"component": item("web")},
    ]
    summary = {"name": "Example", "structure": {"items": items}, "affected_components": None}
    return {"summary": summary | {"ongoing_incidents": None} | more}


def widget(**more: Any) -> dict[str, Any]:
    lists: dict[str, Any] = {
        "ongoing_incidents": [],
        "in_progress_maintenances": None,
        "scheduled_maintenances": [],
    }
    return {"page_title": "Example", "page_url": "https://x"} | lists | more


def incident(*touching: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "i",
        "name": "Trouble",
        "status": "identified",
        "affected_components": list(touching),
    } | more


def read(payload: object, *components: str) -> Reading:
    reading = KIND.parse(json.dumps(payload).encode(), SourceSpec("incidentio", None, components))
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(("word", "status"), WORDS)
def test_every_word_of_a_page_has_its_state(word: str, status: Status) -> None:
    ailing = page(affected_components=[{"component_id": "api", "status": word}])
    assert read(ailing).status is status
    assert read(ailing, "Edge / Api").status is status
    assert read(ailing, "web").status is Status.OPERATIONAL
    assert read(ailing).maintenance is (word == "under_maintenance")


def test_a_page_lists_its_visible_components_though_nothing_ails_them() -> None:
    assert [one.label for one in read(page()).components] == ["Edge / Api", "Web"]
    assert read(page()).status is Status.OPERATIONAL


def test_the_state_of_now_counts_and_not_the_worst_that_there_was() -> None:
    touched = {"component_id": "api", "status": "full_outage", "current_status": "operational"}
    ongoing = page(ongoing_incidents=[incident(touched, status="monitoring")])
    assert read(ongoing).status is Status.OPERATIONAL
    worse = page(ongoing_incidents=[incident(touched | {"current_status": "partial_outage"})])
    assert read(worse).status is Status.PARTIAL_OUTAGE
    assert read(worse, "web").status is Status.OPERATIONAL


def test_an_impact_that_has_ended_is_none() -> None:
    impacts = [
        {"component_id": "api", "status": "full_outage", "end_at": "2026-11-20T10:00:00Z"},
    ]
    ended = incident(affected_components=None, component_impacts=impacts)
    assert read(page(ongoing_incidents=[ended])).status is Status.OPERATIONAL
    going_on = incident(component_impacts=[impacts[0] | {"end_at": None}])
    assert read(page(ongoing_incidents=[going_on])).status is Status.MAJOR_OUTAGE


def test_an_impact_may_be_written_as_the_api_does() -> None:
    part = {"component_id": "api", "component_status": "full_outage", "end_at": None}
    told = incident(affected_components=None, component_impacts=[part])
    assert read(page(ongoing_incidents=[told])).status is Status.MAJOR_OUTAGE


def test_a_page_that_does_not_say_what_is_affected_is_never_green() -> None:
    silent = page()
    for name in ("affected_components", "ongoing_incidents"):
        silent["summary"][f"{name}_v2"] = silent["summary"].pop(name)
    failure = KIND.parse(json.dumps(silent).encode(), SourceSpec("incidentio"))
    assert isinstance(failure, PollFailure)
    assert "nothing about what is affected" in failure.sentence


def test_an_incident_that_says_nothing_is_not_green() -> None:
    assert read(page(ongoing_incidents=[incident()])).status is Status.UNKNOWN
    said = incident(current_worst_impact="partial_outage")
    assert read(page(ongoing_incidents=[said]), "web").status is Status.PARTIAL_OUTAGE
    assert read(page(ongoing_incidents=[incident(status="resolved")])).status is Status.OPERATIONAL


@pytest.mark.parametrize(("word", "status"), WORDS)
def test_every_word_of_a_widget_has_its_state(word: str, status: Status) -> None:
    touched = {"id": "api", "name": "Api", "group_name": "Edge", "current_status": word}
    ailing = widget(ongoing_incidents=[incident(touched, current_worst_impact=word)])
    assert read(ailing).status is status
    assert read(ailing, "Edge / Api").status is status
    assert read(ailing, "web").status is Status.OPERATIONAL


def test_a_page_made_of_others_is_as_bad_as_the_worst_of_them() -> None:
    ill = incident(item("api", current_status="partial_outage"), current_worst_impact=None)
    pages = [{"summary": widget()}, {"summary": widget(ongoing_incidents=[ill])}]
    reading = read({"page_title": "Example", "subpages": pages})
    assert (reading.status, reading.detail) == (Status.PARTIAL_OUTAGE, "Trouble")
    assert read({"page_title": "Example", "subpages": pages[:1]}).status is Status.OPERATIONAL


@pytest.mark.parametrize("broken", [{}, {"summary": None}, {"summary": {"ongoing": []}}])
def test_a_page_made_of_others_is_not_green_without_one_of_them(broken: dict[str, Any]) -> None:
    body = json.dumps({"page_title": "Example", "subpages": [{"summary": widget()}, broken]})
    assert isinstance(KIND.parse(body.encode(), SourceSpec("incidentio")), PollFailure)


def test_a_widget_names_nobody_who_is_well_so_nobody_vanishes() -> None:
    reading = read(widget(), "web")
    assert (reading.status, reading.missing) == (Status.OPERATIONAL, ())
    assert [one.name for one in reading.components] == ["web"]


def test_maintenance_is_a_flag() -> None:
    work = {
        "id": "m",
        "name": "Work",
        "status": "maintenance_in_progress",
        "started_at": "2026-11-20T10:00:00Z",
        "scheduled_end_at": "2026-11-20T12:00:00Z",
        "affected_components": [],
    }
    ahead = work | {"status": "maintenance_scheduled", "id": "n"}
    reading = read(widget(in_progress_maintenances=[work], scheduled_maintenances=[ahead]))
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, True)
    assert [one.status for one in reading.maintenances] == [
        MaintenanceStatus.IN_PROGRESS,
        MaintenanceStatus.SCHEDULED,
    ]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        [],
        {"summary": {}},
        {"summary": None},
        {"page_title": "x"},
        {"page": {}, "components": [], "incidents": [], "status": {"indicator": "none"}},
        page(structure={"items": []}),
    ],
)
def test_another_shape_is_never_green(payload: object) -> None:
    failure = KIND.parse(json.dumps(payload).encode(), SourceSpec("incidentio"))
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.SCHEMA


async def test_the_pages_own_data_are_preferred(client: OutgoingClient, serve: Serve) -> None:
    async def vendor(asked: web.Request) -> web.Response:
        assert asked.path == "/proxy/127.0.0.1/eu"
        return web.json_response(page())

    spec = SourceSpec("incidentio", str((await serve(vendor)).make_url("/eu")))
    probe = await KIND.probe(spec, client)
    assert isinstance(probe, Probe)
    assert (probe.url, probe.name, len(probe.components)) == (spec.url, "Example", 2)


async def test_the_summary_for_widgets_does_as_well(client: OutgoingClient, serve: Serve) -> None:
    async def vendor(asked: web.Request) -> web.Response:
        if asked.path != "/api/v1/summary":
            return web.Response(text="<html>a page</html>", content_type="text/html")
        return web.json_response(widget())

    spec = SourceSpec("incidentio", str((await serve(vendor)).make_url("/")).rstrip("/"))
    outcome, _ = await KIND.poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert outcome.status is Status.OPERATIONAL
