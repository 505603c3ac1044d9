"""Heroku's colours, and the two fields that are not to be believed."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.heroku import HerokuKind, HerokuSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    MaintenanceStatus,
    PollFailure,
    PollFailureKind,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = HerokuKind()
UP, SLOW, PART, DOWN, DARK = (
    Status.OPERATIONAL,
    Status.DEGRADED,
    Status.PARTIAL_OUTAGE,
    Status.MAJOR_OUTAGE,
    Status.UNKNOWN,
)


def system(name: str, colour: Any = "green") -> dict[str, Any]:
    return {"system": name, "status": colour}


GREEN = [system("Apps"), system("Data"), system("Tools")]


def update(kind: str, at: str | None) -> dict[str, Any]:
    return {"update_type": kind, "created_at": at, "contents": "…"}


def incident(*touching: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": 2_000,
        "title": "Routing errors",
        "state": "open",
        "resolved": False,
        "created_at": "2026-11-20T10:00:00.000Z",
        "updated_at": "2026-11-20T10:30:00.000Z",
        "full_url": "https://status.heroku.com/incidents/2000",
        "statuses": list(touching),
        "updates": [update("issue", "2026-11-20T10:00:00.000Z")],
    } | more


def current(status: Any, *incidents: Any, scheduled: Any = ()) -> dict[str, Any]:
    return {"status": status, "incidents": list(incidents), "scheduled": list(scheduled)}


def read(payload: Any, *components: str) -> Reading:
    reading = KIND.parse(json.dumps(payload).encode(), SourceSpec("heroku", None, components))
    assert isinstance(reading, Reading), reading
    return reading


def test_an_incident_may_list_its_systems_by_name() -> None:
    parts = [{"name": "Apps", "status": "red", "services": ["Apps"]}, {"name": "Data"}]
    told = incident(systems=parts, statuses=None, resolved=False)
    reading = read(current(GREEN, told))
    assert reading.status is DOWN
    assert reading.incidents[0].component_ids == ("Apps", "Data")
    assert read(current(GREEN, told), "Tools").status is UP
    assert read(current(GREEN, told | {"state": "resolved"})).status is UP


@pytest.mark.parametrize(
    ("colour", "status", "maintenance"),
    [
        ("green", UP, False),
        ("Green", UP, False),
        ("blue", UP, True),
        ("yellow", SLOW, False),
        ("orange", PART, False),
        ("red", DOWN, False),
        ("mauve", DARK, False),
        (None, DARK, False),
        (3, DARK, False),
    ],
)
def test_the_colour_is_the_state(colour: Any, status: Status, maintenance: bool) -> None:
    payload = current([system("Apps", colour), system("Data")])
    assert (read(payload).status, read(payload).maintenance) == (status, maintenance)
    assert read(payload, "Apps").status is status
    assert read(payload, "data").status is UP


def test_an_open_incident_counts_although_all_is_green() -> None:
    reading = read(current(GREEN, incident()))
    assert (reading.status, reading.detail) == (SLOW, "Routing errors")
    assert reading.incidents[0].id == "2000"
    assert reading.incidents[0].url == "https://status.heroku.com/incidents/2000"
    assert reading.incidents[0].started_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_an_incident_touches_the_systems_that_are_not_green() -> None:
    payload = current(GREEN, incident(system("Apps", "red"), system("Data", "green")))
    assert read(payload).status is DOWN
    assert read(payload, "Apps").status is DOWN
    assert read(payload, "Data").status is UP
    notice = current(GREEN, incident(system("Data")))
    assert read(notice).incidents[0].impact is UP
    assert read(current(GREEN, incident(system("Apps", "pink")))).status is DARK


@pytest.mark.parametrize(
    "more",
    [
        {"resolved": True},
        {"resolved_at": "2026-11-20T11:00:00Z"},
        {"state": "resolved"},
        {"state": "Resolved"},
        {"updates": [update("resolved", "2026-11-20T11:00:00Z"), update("issue", None)]},
        {"updates": [update("resolved", None), update("issue", None)]},
        {
            "updates": [
                update("issue", "2026-11-20T10:00:00Z"),
                update("resolved", "2026-11-20T11:00:00Z"),
            ]
        },
    ],
    ids=range(7),
)
def test_what_is_over_does_not_count_although_resolved_is_false(more: dict[str, Any]) -> None:
    reading = read(current(GREEN, incident(system("Apps", "red"), **more)))
    assert (reading.status, reading.incidents) == (UP, ())


def test_what_was_reopened_counts_again() -> None:
    told = [
        update("issue", "2026-11-20T12:00:00Z"),
        update("resolved", "2026-11-20T11:00:00Z"),
    ]
    assert read(current(GREEN, incident(updates=told))).status is SLOW


def test_scheduled_work_is_announced_and_never_under_way() -> None:
    work = {"id": 1, "title": "Old work", "state": "open", "resolved": False, "updates": None}
    reading = read(
        current(GREEN, scheduled=[work, work | {"scheduled_for": "2020-01-01T00:00:00Z"}])
    )
    assert (reading.status, reading.maintenance) == (UP, False)
    assert [one.status for one in reading.maintenances] == [MaintenanceStatus.SCHEDULED]
    assert reading.maintenances[0].starts_at == datetime(2020, 1, 1, tzinfo=UTC)


def test_nulls_for_lists_are_empty() -> None:
    payload = {"status": GREEN, "incidents": None, "scheduled": None}
    assert read(payload).status is UP
    assert read({"status": GREEN, "incidents": []}).status is UP
    assert read(current(GREEN, incident(statuses=None, updates=None, title=None))).status is SLOW


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {"status": "green"},
        {"status": []},
        {"status": None},
        {"status": {"Production": "green"}},
        {"status": ["green"]},
        {"status": [{"status": "green"}]},
        {"status": GREEN},
        {"status": GREEN, "incidents": {}},
        {"status": GREEN, "incidents": ["x"]},
        {"status": GREEN, "incidents": [{"updates": "x"}]},
        {"status": GREEN * 200},
    ],
    ids=range(13),
)
def test_another_shape_is_a_failure(payload: Any) -> None:
    outcome = KIND.parse(json.dumps(payload).encode(), SourceSpec("heroku"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.SCHEMA


def test_a_system_that_vanished_is_missed() -> None:
    reading = read(current([system("Apps")]), "Data")
    assert reading.status is DARK
    assert [one.name for one in reading.missing] == ["Data"]


async def test_heroku_is_polled_at_its_current_status(client: OutgoingClient, serve: Serve) -> None:
    async def heroku(asked: web.Request) -> web.Response:
        assert asked.path == "/api/v4/current-status"
        return web.json_response(current(GREEN))

    server = await serve(heroku)
    spec = SourceSpec("heroku", str(server.make_url("")).rstrip("/"))
    outcome, _ = await KIND.poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert spec_of(HerokuSource()) == SourceSpec("heroku", "https://status.heroku.com")
