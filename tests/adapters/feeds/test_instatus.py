"""Instatus pages: words without separators, lists that are left out, dates as scripts print them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.asking import Answers
from tocsin.adapters.feeds.instatus import InstatusKind
from tocsin.adapters.feeds.instatus.rules import COMPONENTS
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    MaintenanceStatus,
    PollFailure,
    PollFailureKind,
    Probe,
    Reading,
    SourceSpec,
    Validators,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = InstatusKind()


def page(status: str | None = "UP", **more: Any) -> dict[str, Any]:
    about = {"name": "Example", "url": "https://status.example.com"}
    return {"page": about | ({"status": status} if status else {}), **more}


def part(identity: str, status: str = "OPERATIONAL", **more: Any) -> dict[str, Any]:
    return {"id": identity, "name": identity.title(), "status": status, **more}


def read(payload: object, *components: str) -> Reading | PollFailure:
    return KIND.parse(json.dumps(payload).encode(), SourceSpec("instatus", components=components))


def status_of(payload: object, *components: str) -> Status:
    reading = read(payload, *components)
    assert isinstance(reading, Reading), reading
    return reading.status


def test_the_recorded_summary_is_read(vendor_feeds: Path) -> None:
    body = (vendor_feeds / "instatus" / "summary-up-perplexity.json").read_bytes()
    reading = KIND.parse(body, SourceSpec("instatus"))
    assert isinstance(reading, Reading)
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, False)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("UP", Status.OPERATIONAL),
        ("HASISSUES", Status.DEGRADED),
        ("UNDERMAINTENANCE", Status.OPERATIONAL),
        ("SOMEMAJOROUTAGE", Status.MAJOR_OUTAGE),
        ("ONEPARTIALOUTAGE", Status.PARTIAL_OUTAGE),
        ("ALLDEGRADEDPERFORMANCE", Status.DEGRADED),
        ("SOMEUNDERMAINTENANCE", Status.OPERATIONAL),
        ("SOMEHOW", Status.UNKNOWN),
        ("ONFIRE", Status.UNKNOWN),
    ],
)
def test_a_page_that_lists_nothing_is_taken_at_its_word(word: str, status: Status) -> None:
    reading = read(page(word))
    assert isinstance(reading, Reading)
    assert (reading.status, reading.maintenance) == (status, "MAINTENANCE" in word)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("OPERATIONAL", Status.OPERATIONAL),
        ("UNDERMAINTENANCE", Status.OPERATIONAL),
        ("DEGRADEDPERFORMANCE", Status.DEGRADED),
        ("PARTIALOUTAGE", Status.PARTIAL_OUTAGE),
        ("MINOROUTAGE", Status.PARTIAL_OUTAGE),
        ("MAJOROUTAGE", Status.MAJOR_OUTAGE),
        ("SOMETHINGNEW", Status.UNKNOWN),
        (None, Status.UNKNOWN),
    ],
)
def test_every_component_word_has_its_state(word: str | None, status: Status) -> None:
    listed = page("HASISSUES", components=[part("api", word or ""), part("web")])
    assert status_of(listed) is status
    assert status_of(listed, "web") is Status.OPERATIONAL


def test_an_incident_that_plays_down_what_its_components_say_counts_as_they_do() -> None:
    incident = {
        "id": "1",
        "name": "Database",
        "impact": "OPERATIONAL",
        "status": "INVESTIGATING",
        "started": "Thu May 13 2021 20:27:29 GMT+0200 (Central European Summer Time)",
        "components": [part("db", "MAJOROUTAGE")],
    }
    reading = read(page("HASISSUES", activeIncidents=[incident]))
    assert isinstance(reading, Reading)
    assert reading.status is Status.MAJOR_OUTAGE
    assert reading.incidents[0].started_at == datetime(2021, 5, 13, 18, 27, 29, tzinfo=UTC)
    assert reading.incidents[0].component_ids == ("db",)


def test_the_worst_incident_counts_and_those_that_are_over_do_not() -> None:
    def one(impact: str, status: str) -> dict[str, str]:
        return {"name": impact, "impact": impact, "status": status}

    listed = [one("DEGRADEDPERFORMANCE", "MONITORING"), one("PARTIALOUTAGE", "IDENTIFIED")]
    assert status_of(page("HASISSUES", activeIncidents=listed)) is Status.PARTIAL_OUTAGE
    over = [one("MAJOROUTAGE", "RESOLVED")]
    assert status_of(page("UP", activeIncidents=over)) is Status.OPERATIONAL


def test_maintenance_is_a_flag_with_an_end_worked_out_from_minutes() -> None:
    work = {"name": "Work", "start": "2024-02-16T12:00:00.000Z", "duration": "90"}
    reading = read(
        page("UP", activeMaintenances=[work | {"status": "INPROGRESS"}], components=[part("api")])
    )
    assert isinstance(reading, Reading)
    assert (reading.status, reading.maintenance) == (Status.OPERATIONAL, True)
    assert reading.maintenances[0].ends_at == datetime(2024, 2, 16, 13, 30, tzinfo=UTC)
    ahead = read(page("UP", activeMaintenances=[work | {"status": "NOTSTARTEDYET"}]))
    assert isinstance(ahead, Reading)
    assert ahead.maintenances[0].status is MaintenanceStatus.SCHEDULED
    assert not ahead.maintenance


def test_groups_are_not_components_and_stand_for_their_members() -> None:
    edge = {"id": "g", "name": "Edge"}
    listed = page(
        components=[part("g", "MAJOROUTAGE"), part("a", group=edge), part("b", "PARTIALOUTAGE")]
    )
    reading = read(listed)
    assert isinstance(reading, Reading)
    assert [one.label for one in reading.components] == ["Edge / A", "B"]
    assert status_of(listed, "g") is Status.OPERATIONAL
    nested = page(components=[part("g", children=[part("a", "DEGRADEDPERFORMANCE")]), part("b")])
    assert status_of(nested, "G / A") is Status.DEGRADED
    by_id = page(components=[part("g", children=["a"]), part("a", "MAJOROUTAGE", groupId="g")])
    assert status_of(by_id, "g") is Status.MAJOR_OUTAGE
    archived = part("old", "MAJOROUTAGE", archivedAt="2024-01-01T00:00:00.000Z")
    assert status_of(page(components=[archived, part("a")])) is Status.OPERATIONAL


@pytest.mark.parametrize(
    "payload",
    [
        {},
        [],
        {"page": {}},
        {"page": None},
        {"invalid": "data"},
        page(None),
        page(activeIncidents=3),
    ],
)
def test_another_shape_is_never_green(payload: object) -> None:
    failure = read(payload)
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.SCHEMA


class Page:
    """A page on loopback that has what is in `files`; everything else is not there."""

    def __init__(self, **files: object) -> None:
        self.files = {name.replace("__", "/"): body for name, body in files.items()}
        self.asked: list[str] = []
        self.status = 404

    async def answer(self, asked: web.Request) -> web.Response:
        self.asked.append(asked.path)
        name = asked.path.strip("/").removesuffix(".json")
        if name in self.files:
            return web.json_response(self.files[name], headers={"ETag": '"1"'})
        return web.Response(status=self.status, text="<html>not here</html>")


async def poll(
    client: OutgoingClient, url: object, *components: str
) -> tuple[Reading | PollFailure, Validators]:
    spec = SourceSpec("instatus", str(url).rstrip("/"), components)
    outcome, validators = await KIND.poll(spec, client, Validators('"1"'))
    assert isinstance(outcome, Reading | PollFailure)
    return outcome, validators


async def test_the_components_come_with_a_second_request(
    client: OutgoingClient, serve: Serve
) -> None:
    listed = {"components": [part("api", "MAJOROUTAGE"), part("web")]}
    vendor = Page(summary=page("HASISSUES"), v3__components=listed)
    server = await serve(vendor.answer)
    outcome, validators = await poll(client, server.make_url("/"))
    assert isinstance(outcome, Reading)
    assert outcome.status is Status.MAJOR_OUTAGE
    assert validators == NO_VALIDATORS
    assert vendor.asked == ["/summary.json", "/v3/components.json"]
    probe = await KIND.probe(SourceSpec("instatus", str(server.make_url("/"))), client)
    assert isinstance(probe, Probe)
    assert [one.name for one in probe.components] == ["Api", "Web"]
    assert probe.url == str(server.make_url("/")).rstrip("/")


def test_the_list_of_components_may_come_without_an_object_around_it() -> None:
    children = [part("b", "MAJOROUTAGE"), part("c")]
    listed = [part("a"), part("g", isParent=True, children=children)]
    found = KIND.listed(Answers(page(), {COMPONENTS: listed}), SourceSpec("instatus"))
    told = [(one.label, one.status) for one in found.components]
    assert told == [
        ("A", Status.OPERATIONAL),
        ("G / B", Status.MAJOR_OUTAGE),
        ("G / C", Status.OPERATIONAL),
    ]


async def test_a_page_of_another_version_is_found(client: OutgoingClient, serve: Serve) -> None:
    vendor = Page(v3__summary=page("UP"), v2__components={"components": [part("api")]})
    outcome, _ = await poll(client, (await serve(vendor.answer)).make_url("/"))
    assert isinstance(outcome, Reading)
    assert [one.id for one in outcome.components] == ["api"]


async def test_a_page_without_a_list_of_components_says_at_least_how_it_is(
    client: OutgoingClient, serve: Serve
) -> None:
    server = await serve(Page(summary=page("HASISSUES")).answer)
    outcome, _ = await poll(client, server.make_url("/"))
    assert isinstance(outcome, Reading)
    assert outcome.status is Status.DEGRADED
    watching, _ = await poll(client, server.make_url("/"), "api")
    assert isinstance(watching, PollFailure)
    assert watching.kind is PollFailureKind.HTTP_STATUS


async def test_a_list_that_fails_is_a_failed_poll_and_not_an_empty_list(
    client: OutgoingClient, serve: Serve
) -> None:
    vendor = Page(summary=page("UP"))
    vendor.status = 500
    outcome, _ = await poll(client, (await serve(vendor.answer)).make_url("/"))
    assert isinstance(outcome, PollFailure)
    assert outcome.sentence == "127.0.0.1 answered 500 (Internal Server Error)."


@pytest.mark.parametrize(
    "written",
    [
        "https://status.example.com/summary.json",
        "status.example.com/v3/components.json",
        "https://status.example.com/incident/12",
        "https://status.example.com/",
    ],
)
def test_any_address_on_a_page_becomes_the_pages(written: str) -> None:
    assert KIND.normalise(written) == "https://status.example.com"
