"""The index finds what the framework would have found, only sooner."""

import pytest
from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from tocsin.platform.web.route_index import RouteIndex, install_route_index

services, alerts, anything = APIRouter(), APIRouter(prefix="/alerts"), APIRouter()


@services.get("/services")
async def every_service() -> str:
    return "services"


@services.get("/services/{name}")
async def one_service(name: str) -> str:
    return f"service {name}"


@services.get("/alerts/of/{name}")
async def alerts_of(name: str) -> str:
    return f"alerts of {name}"


@alerts.get("/{name}")
async def one_alert(name: str) -> str:
    return f"alert {name}"


@alerts.post("/{name}")
async def change_alert(name: str) -> str:
    return f"changed {name}"


@anything.get("/{kind}/strange")
async def strange(kind: str) -> str:
    return f"strange {kind}"


def _plain(_: object) -> PlainTextResponse:
    return PlainTextResponse("mounted")


def _app(*prefixes: str) -> FastAPI:
    app = FastAPI()
    for prefix in prefixes:
        for router in (services, alerts, anything):
            app.include_router(router, prefix=prefix, include_in_schema=prefix == prefixes[0])
    app.router.routes.append(Mount("/files", routes=[Route("/a", _plain)]))
    return app


@pytest.fixture
async def clients():
    plain, indexed = _app("/api/v1", "/api"), _app("/api/v1")
    install_route_index(indexed)
    async with (
        AsyncClient(transport=ASGITransport(plain), base_url="http://x") as one,
        AsyncClient(transport=ASGITransport(indexed), base_url="http://x") as other,
    ):
        yield one, other


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/services",
        "/api/services",
        "/api/v1/services/",
        "/api/v1/services/a",
        "/api/services/strange",
        "/api/alerts/of/x",
        "/api/nothing",
        "/api/v1/alerts/x",
        "/api/v1/alerts/of/x",
        "/api/v1/alerts/strange",
        "/api/v1/new/strange",
        "/api/v1/nothing",
        "/api/v1",
        "/api/",
        "/",
        "/files/a",
        "/files/b",
        "/openapi.json",
        "/api/v1/services/a%2Fb",
    ],
)
async def test_the_answers_are_the_same(clients, method, path):
    plain, indexed = [await client.request(method, path) for client in clients]
    assert (indexed.status_code, indexed.text) == (plain.status_code, plain.text)
    assert indexed.headers.get("location") == plain.headers.get("location")
    assert indexed.headers.get("allow") == plain.headers.get("allow")


async def test_routes_that_come_later_are_found():
    app = _app("/api/v1")
    install_route_index(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://x") as client:
        assert (await client.get("/late")).status_code == 404
        app.add_api_route("/late", every_service)
        assert (await client.get("/late")).json() == "services"


async def test_only_routes_that_begin_alike_are_asked():
    app = FastAPI()
    for router in (services, alerts):
        app.include_router(router, prefix="/api/v1")
    index = RouteIndex(app.router)
    index._build()
    asked = {beginning: len(part.routes) for beginning, part in index._parts.items()}
    assert asked["/api/v1/services"] == 1
    assert asked["/api/v1/alerts"] == 2
