"""What belongs to another tenant is not there: 404 on every route, and in no list."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from tests.security.whole import Way, Whole, ways
from tocsin.app.web import build_api
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context
from tocsin.registry import identity

MARK = "Zwölftöner"

SERVICE: dict[str, object] = {
    "id": "theirs",
    "name": MARK,
    "category": "engineering",
    "source": {"kind": "manual"},
    "tier": 1,
}
MAINTENANCE = {
    "title": MARK,
    "starts_at": "2026-03-10T00:00:00Z",
    "ends_at": "2026-03-11T00:00:00Z",
    "affected_services": ["theirs"],
}
OUTAGE = {"new_status": "major_outage", "reason": MARK}

# What a route wants to hear before it looks for the row.
BODIES: dict[str, dict[str, Any]] = {
    "/services/{service_id}/objective": {"target_percent": 99.5},
    "/services/{service_id}/status": OUTAGE,
    "/incidents/{ref}/updates": {"phase": "investigating", "message": "We look."},
    "/maintenance/{window_id}/updates": {"message": "Disks are in."},
    "/incidents/{ref}/comments": {"body": "Anybody?"},
    "/incidents/{ref}/assign": {"assigned_to": None},
    "/status-pages/{slug}/components": {"service_id": "theirs"},
    "/channels/{channel_id}/test": {},
}

# The installation's owner sees all tenants; who owns another tenant sees none.
OWNERS_OF_ALL = "/api/v1/tenants"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Another tenant in which everything exists once."""

    product: Whole
    them: AsyncClient
    places: dict[str, dict[str, str]]


@pytest.fixture
async def neighbours(product: Whole) -> Neighbours:
    tenant = await product.tenant("next-door")
    them = product.client(await product.token("super_admin", tenant))
    return Neighbours(product, them, await furnish(product, them, tenant))


async def furnish(product: Whole, them: AsyncClient, tenant: UUID) -> dict[str, dict[str, str]]:
    """One of everything; answers path parameters by the collection's name."""

    async def made(path: str, **body: Any) -> dict[str, Any]:
        answer = await them.post(f"/api/v1{path}", json=body)
        assert answer.is_success, f"{path}: {answer.text}"
        found: dict[str, Any] = answer.json()
        return found

    await made("/services", **SERVICE)
    await made("/triggers", service_id="theirs", name=MARK, condition="up == 0")
    await made("/channels", kind="mail", name=MARK, address="ops@example.org", tiers=[1])
    await product.settle()
    person = await made("/users", email="x@example.org", name=MARK, role="responder")
    await made("/teams", slug="theirs", name=MARK)
    await made("/tokens", name=MARK, role="viewer")
    await made("/status-pages", slug="theirs", name=MARK)
    component = await made("/status-pages/theirs/components", service_id="theirs", name=MARK)
    job = await made("/monitors", service_id="theirs", kind="heartbeat", interval_seconds=3600)
    await made("/services/theirs/status", **OUTAGE)
    await product.settle()
    work = await made("/maintenance", **MAINTENANCE)
    incident = await made("/incidents", title=MARK, severity="low", affected_services=["theirs"])
    places = {
        "services": {"service_id": "theirs"},
        "users": {"user_id": person["id"]},
        "teams": {"slug": "theirs"},
        "incidents": {"ref": incident["id"]},
        "maintenance": {"window_id": work["id"]},
        "monitors": {"monitor_id": job["id"]},
        "status-pages": {
            "slug": "theirs",
            "component_id": component["id"],
            "subscriber_id": person["id"],
        },
    }
    for collection, parameter in (
        ("tokens", "token_id"),
        ("triggers", "trigger_id"),
        ("alerts", "alert_id"),
        ("channels", "channel_id"),
        ("deliveries", "delivery_id"),
    ):
        items = (await them.get(f"/api/v1/{collection}")).json()["items"]
        places[collection] = {parameter: items[0]["id"]}
    return places


def single(product: Whole) -> list[Way]:
    """Routes about one row."""
    return [way for way in ways(build_api(product.house)) if "{" in way.path]


def places_of(neighbours: Neighbours, way: Way) -> dict[str, str]:
    return neighbours.places.get(way.path.split("/")[3], {})


def body_of(way: Way) -> dict[str, Any] | None:
    if way.method == "GET" or way.method == "DELETE":
        return None
    return BODIES.get(way.path.removeprefix("/api/v1"), {})


async def test_their_rows_are_404_for_our_super_admin_on_every_route(neighbours: Neighbours):
    wrong = {}
    for way in single(neighbours.product):
        if way.path.startswith(OWNERS_OF_ALL):
            continue
        path = way.at(**places_of(neighbours, way))
        answer = await neighbours.product.owner.request(way.method, path, json=body_of(way))
        if answer.status_code != 404:
            wrong[str(way)] = answer.status_code, answer.text
    assert wrong == {}


async def test_they_themselves_find_their_rows(neighbours: Neighbours):
    wrong = {}
    for way in single(neighbours.product):
        if way.method != "GET" or way.path.startswith(OWNERS_OF_ALL):
            continue
        answer = await neighbours.them.get(way.at(**places_of(neighbours, way)))
        if answer.status_code != 200:
            wrong[str(way)] = answer.status_code
    assert wrong == {}


async def test_no_list_of_ours_shows_what_is_theirs(neighbours: Neighbours):
    seen = []
    for caller in (neighbours.product.owner, neighbours.product.stranger):
        for way in ways(build_api(neighbours.product.house)):
            if way.method == "GET" and "{" not in way.path:
                answer = await caller.get(way.path)
                assert answer.status_code < 500
                if MARK in answer.text or '"theirs"' in answer.text:
                    seen.append(str(way))
    assert seen == []


async def test_who_owns_another_tenant_owns_no_other_tenants(neighbours: Neighbours):
    for way in ways(build_api(neighbours.product.house)):
        if way.path.startswith(OWNERS_OF_ALL):
            answer = await neighbours.them.request(
                way.method, way.at(slug="default"), json={"slug": "third", "name": "Third"}
            )
            assert answer.status_code == 403, str(way)


async def test_bodies_cannot_name_what_is_theirs(neighbours: Neighbours):
    ours, theirs = neighbours.product.owner, neighbours.places
    person = theirs["users"]["user_id"]
    named: list[tuple[str, dict[str, object]]] = [
        ("/incidents", {"affected_services": ["theirs"]}),
        ("/incidents", {"assigned_to": person}),
        ("/incidents", {"assigned_to": "theirs"}),
        ("/incidents", {"assigned_to": "x@example.org"}),
    ]
    for path, field in named:
        body = {"title": "Ours", "severity": "low", **field}
        answer = await ours.post(f"/api/v1{path}", json=body)
        assert answer.status_code == 422, (field, answer.text)
        assert MARK not in answer.text
    dependent: dict[str, object] = SERVICE | {"id": "ours", "dependencies": ["theirs"]}
    assert (await ours.post("/api/v1/services", json=dependent)).status_code == 422
    monitor = {"service_id": "theirs", "kind": "manual"}
    assert (await ours.post("/api/v1/monitors", json=monitor)).status_code in (404, 422)
    component = {"service_id": "theirs"}
    answer = await ours.post("/api/v1/status-pages/main/components", json=component)
    assert answer.status_code in (404, 422)


async def test_a_person_of_theirs_cannot_be_written_to_by_our_admins(neighbours: Neighbours):
    database = neighbours.product.house.platform.database
    person = UUID(neighbours.places["users"]["user_id"])
    await neighbours.product.owner.delete(f"/api/v1/users/{person}")
    tenants = await database.read(neighbours.product.house.context, identity.all_tenants)
    theirs = next(tenant.id for tenant in tenants if tenant.slug == "next-door")
    found = await database.read(Context(theirs, SYSTEM), identity.person, person)
    assert found.name == MARK
