"""Cachet pages: numbers without an order, several versions, and lists in pages."""

import json
from typing import Any

import pytest
from aiohttp import web

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.cachet import CachetKind
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollFailure,
    PollFailureKind,
    Probe,
    Reading,
    SourceSpec,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = CachetKind()


def part(identity: int, status: object, group: int = 0, **more: Any) -> dict[str, Any]:
    name = f"Part {identity}"
    return {"id": identity, "name": name, "status": status, "group_id": group, **more}


def page(*parts: dict[str, Any], of: int = 1, number: int = 1) -> dict[str, Any]:
    pagination = {"total_pages": of, "current_page": number}
    return {"meta": {"pagination": pagination}, "data": list(parts)}


def third(*parts: dict[str, Any], more: bool = False) -> dict[str, Any]:
    data = [
        {
            "id": str(one["id"]),
            "type": "components",
            "attributes": one | {"status": {"human": "?", "value": one["status"]}},
            "relationships": {"group": {"data": {"id": "5", "type": "componentGroups"}}},
        }
        for one in parts
    ]
    groups = [{"id": "5", "type": "componentGroups", "attributes": {"name": "Edge"}}]
    return {"data": data, "included": groups, "links": {"next": "https://x" if more else None}}


def read(payload: object, *components: str) -> Reading:
    reading = KIND.parse(json.dumps(payload).encode(), SourceSpec("cachet", None, components))
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize("version", [page, third])
@pytest.mark.parametrize(
    ("number", "status"),
    [
        (1, Status.OPERATIONAL),
        (2, Status.DEGRADED),
        (3, Status.PARTIAL_OUTAGE),
        (4, Status.MAJOR_OUTAGE),
        (5, Status.UNKNOWN),
        (6, Status.OPERATIONAL),
        (7, Status.UNKNOWN),
        ("2", Status.DEGRADED),
        (None, Status.UNKNOWN),
    ],
)
def test_every_number_has_its_state(version: Any, number: object, status: Status) -> None:
    reading = read(version(part(1, number), part(2, 1)))
    assert (reading.status, reading.maintenance) == (status, number == 6)


def test_the_greatest_number_is_not_the_worst_state() -> None:
    reading = read(page(part(1, 3), part(2, 5), part(3, 6)))
    assert (reading.status, reading.maintenance) == (Status.PARTIAL_OUTAGE, True)


def test_disabled_components_are_not_there() -> None:
    reading = read(page(part(1, 4, enabled=False), part(2, 1, enabled=True)))
    assert [one.id for one in reading.components] == ["2"]


@pytest.mark.parametrize(
    "payload",
    [{}, [], {"data": None}, {"data": []}, {"data": {}}, {"data": [{"id": 1, "name": "x"}]}],
)
def test_another_shape_is_never_green(payload: object) -> None:
    failure = KIND.parse(json.dumps(payload).encode(), SourceSpec("cachet"))
    assert isinstance(failure, PollFailure)
    assert failure.kind is PollFailureKind.SCHEMA


async def poll(client: OutgoingClient, url: object, *components: str) -> Reading | PollFailure:
    spec = SourceSpec("cachet", str(url).rstrip("/"), components)
    outcome, _ = await KIND.poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading | PollFailure)
    return outcome


async def test_all_pages_are_read_and_groups_named(client: OutgoingClient, serve: Serve) -> None:
    async def vendor(asked: web.Request) -> web.Response:
        if asked.path == "/status/api/v1/components/groups":
            return web.json_response({"data": [{"id": 5, "name": "Edge"}]})
        assert asked.path == "/status/api/v1/components"
        number = int(asked.query.get("page", "1"))
        return web.json_response(
            page(part(number, 4 if number == 3 else 1, group=5), of=3, number=number)
        )

    server = await serve(vendor)
    outcome = await poll(client, server.make_url("/status"), "Edge / Part 3")
    assert isinstance(outcome, Reading)
    assert outcome.status is Status.MAJOR_OUTAGE
    assert not outcome.missing
    probe = await KIND.probe(SourceSpec("cachet", str(server.make_url("/status"))), client)
    assert isinstance(probe, Probe)
    assert [one.label for one in probe.components] == [f"Edge / Part {n}" for n in (1, 2, 3)]


async def test_the_third_version_is_found_and_followed(
    client: OutgoingClient, serve: Serve
) -> None:
    async def vendor(asked: web.Request) -> web.Response:
        if asked.path != "/api/components":
            return web.Response(status=404)
        number = int(asked.query.get("page", "1"))
        return web.json_response(third(part(number, number), more=number < 2))

    outcome = await poll(client, (await serve(vendor)).make_url("/"), "Edge")
    assert isinstance(outcome, Reading)
    assert [one.label for one in outcome.components] == ["Edge / Part 1", "Edge / Part 2"]
    assert outcome.status is Status.DEGRADED


async def test_a_list_without_end_is_a_failed_poll(client: OutgoingClient, serve: Serve) -> None:
    async def vendor(asked: web.Request) -> web.Response:
        return web.json_response(page(part(1, 1), of=10_000))

    outcome = await poll(client, (await serve(vendor)).make_url("/"))
    assert isinstance(outcome, PollFailure)
    assert "more than 20 pages" in outcome.sentence


async def test_a_page_of_the_list_that_fails_is_a_failed_poll(
    client: OutgoingClient, serve: Serve
) -> None:
    async def vendor(asked: web.Request) -> web.Response:
        if "page" in asked.query:
            return web.Response(status=404)
        return web.json_response(page(part(1, 1), of=2))

    outcome = await poll(client, (await serve(vendor)).make_url("/"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is PollFailureKind.HTTP_STATUS
