"""Status.io pages: codes from 100 to 600, components in containers, data at the vendor's API."""

import json
from typing import Any

import pytest
from aiohttp import web
from pydantic import ValidationError

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.statusio import StatusIoKind, StatusIoSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    FrontPage,
    MaintenanceStatus,
    PollFailure,
    PollFailureKind,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = StatusIoKind()
ID = "0123456789abcdef01234567"


def container(identity: str, code: int | str = 100) -> dict[str, Any]:
    return {"id": identity, "name": identity.title(), "status_code": code, "status": "whatever"}


def component(identity: str, code: int | str, *containers: dict[str, Any]) -> dict[str, Any]:
    return container(identity, code) | {"containers": list(containers)}


def event(identity: str, code: int, **named: list[str]) -> dict[str, Any]:
    return {
        "_id": identity,
        "name": f"Event {identity}",
        "datetime_open": "2026-11-20T10:00:00.000Z",
        "datetime_planned_start": "2026-11-20T22:00:00.000Z",
        "datetime_planned_end": "2026-11-20T23:00:00.000Z",
        "messages": [
            {"state": 200, "status": code, "datetime": "2026-11-20T11:00:00.000Z"},
            {"state": 100, "status": 500, "datetime": "2026-11-20T10:00:00.000Z"},
        ],
        **{
            f"{what}_affected": [{"_id": one, "name": one} for one in ids]
            for what, ids in named.items()
        },
    }


def page(*listed: dict[str, Any], overall: int | str = 100, **more: Any) -> dict[str, Any]:
    said = {"status_overall": {"status": "?", "status_code": overall}, "status": list(listed)}
    return {"result": said | {"incidents": [], "maintenance": []} | more}


def read(payload: object, *components: str) -> Reading:
    reading = KIND.parse(json.dumps(payload).encode(), SourceSpec("statusio", None, components))
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (100, Status.OPERATIONAL),
        (200, Status.OPERATIONAL),
        (300, Status.DEGRADED),
        (400, Status.PARTIAL_OUTAGE),
        (500, Status.MAJOR_OUTAGE),
        (600, Status.MAJOR_OUTAGE),
        ("300", Status.DEGRADED),
        (700, Status.UNKNOWN),
        ("", Status.UNKNOWN),
    ],
)
def test_every_code_has_its_state(code: int | str, status: Status) -> None:
    reading = read(page(component("api", code), component("web", 100)))
    assert (reading.status, reading.maintenance) == (status, code == 200)
    assert read(page(overall=code)).status is status


def test_a_component_in_several_containers_is_as_many_parts() -> None:
    listed = page(
        component("api", 400, container("us", 400), container("eu")), component("web", 100)
    )
    assert [one.label for one in read(listed).components] == ["Api / Us", "Api / Eu", "Web"]
    assert read(listed, "Api / Eu").status is Status.OPERATIONAL
    assert read(listed, "api").status is Status.PARTIAL_OUTAGE
    assert read(listed, "us").status is Status.PARTIAL_OUTAGE


def test_the_worse_of_a_component_and_its_only_container_counts() -> None:
    assert read(page(component("api", 100, container("us", 500)))).status is Status.MAJOR_OUTAGE


def test_an_incident_touches_its_components_within_its_containers() -> None:
    listed = page(
        component("api", 100, container("us"), container("eu")),
        component("web", 100, container("us")),
        incidents=[event("1", 300, components=["api"], containers=["us"])],
    )
    assert read(listed).status is Status.DEGRADED
    assert read(listed, "Api / Us").status is Status.DEGRADED
    assert read(listed, "Api / Eu").status is Status.OPERATIONAL
    assert read(listed, "web").status is Status.OPERATIONAL
    assert read(listed).incidents[0].status == "identified"


def test_an_incident_whose_newest_message_resolves_it_is_over() -> None:
    over = event("1", 300)
    over["messages"] = [
        {"state": 100, "status": 500, "datetime": "2026-11-20T10:00:00.000Z"},
        {"state": 400, "status": 100, "datetime": "2026-11-20T12:00:00.000Z"},
    ]
    listed = page(component("a", 100), incidents=[over])
    assert (read(listed).status, read(listed).incidents) == (Status.OPERATIONAL, ())
    over["messages"].append({"state": 100, "status": 400, "datetime": "2026-11-20T13:00:00.000Z"})
    assert read(listed).status is Status.PARTIAL_OUTAGE


def test_the_vendors_newer_host_is_known() -> None:
    address = f"https://status-api.hostedstatus.com/1.0/status/{ID}"
    assert KIND.recognises(address)
    assert KIND.feed_address(KIND.page_address(address), SourceSpec("statusio")) == address


def test_an_incident_that_names_nothing_concerns_everybody() -> None:
    listed = page(component("api", 100), incidents=[event("1", 400)])
    assert read(listed, "api").status is Status.PARTIAL_OUTAGE


def test_maintenance_is_a_flag() -> None:
    listed = page(
        component("api", 100),
        maintenance={"active": [event("1", 200)], "upcoming": [event("2", 200)]},
    )
    reading = read(listed)
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, True)
    assert [one.status for one in reading.maintenances] == [
        MaintenanceStatus.IN_PROGRESS,
        MaintenanceStatus.SCHEDULED,
    ]


@pytest.mark.parametrize(
    "payload",
    [{}, {"result": []}, {"result": {}}, {"result": {"status_overall": {"status_code": 100}}}, []],
)
def test_another_shape_is_never_green(payload: object) -> None:
    failure = KIND.parse(json.dumps(payload).encode(), SourceSpec("statusio"))
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.SCHEMA


@pytest.mark.parametrize(
    ("written", "stored", "polled"),
    [
        (f"status.example.com/pages/{ID}", f"https://status.example.com/pages/{ID}", ID),
        (f"status.example.com/pages/history/{ID}", f"https://status.example.com/pages/{ID}", ID),
        (f"https://hosted.status.io/{ID}", f"https://hosted.status.io/pages/{ID}", ID),
        (
            f"https://api.status.io/1.0/status/{ID}",
            f"https://api.status.io/1.0/status/{ID}",
            ID,
        ),
    ],
)
def test_the_pages_id_is_found_in_its_address(written: str, stored: str, polled: str) -> None:
    fields = StatusIoSource(url=written)
    assert fields.url == stored
    assert KIND.normalise(stored) == stored
    assert (
        KIND.feed_address(stored, spec_of(fields)) == f"https://api.status.io/1.0/status/{polled}"
    )


def test_an_address_without_the_id_needs_it_beside() -> None:
    with pytest.raises(ValidationError, match="page_id is missing"):
        StatusIoSource(url="https://status.example.com")
    fields = StatusIoSource(url="https://status.example.com", page_id=ID)
    assert KIND.feed_address(fields.url, spec_of(fields)).endswith(ID)


def test_the_id_is_found_in_what_the_page_shows() -> None:
    shown = f'<a href="/pages/history/{ID}">History</a>'
    front = FrontPage("https://status.example.com", "text/html", shown)
    assert KIND.candidates(front) == (
        {"kind": "statusio", "url": "https://status.example.com", "page_id": ID},
    )
    assert KIND.candidates(FrontPage("https://status.example.com", "text/html", "hello")) == ()


async def test_a_page_is_polled_at_its_api(client: OutgoingClient, serve: Serve) -> None:
    async def api(asked: web.Request) -> web.Response:
        assert asked.path == f"/1.0/status/{ID}"
        return web.json_response(page(component("api", 300)))

    server = await serve(api)
    spec = SourceSpec("statusio", str(server.make_url(f"/1.0/status/{ID}")))
    outcome, _ = await KIND.poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert outcome.status is Status.DEGRADED
