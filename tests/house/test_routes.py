"""Every route has a gate, and every gate asks for a permission that exists."""

from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from scripts.house_documents import composed
from tocsin.app.web import build_api
from tocsin.platform.web import Gate
from tocsin.registry.identity.permissions import PERMISSIONS

# The document and its reader, and the question whether anybody is there.
OPEN = {"/api/openapi.json", "/api/docs", "/docs/oauth2-redirect", "/api/v1/health"}

READING = {"GET", "HEAD"}
SAID_BY_STRANGERS = {"/setup", "/auth/login", "/auth/invitation", "/auth/invitation/preview"}

SIGNED = {"/webhooks/statuspage/{service_id}", "/slack/interactivity", "/slack/slash"}


@pytest.fixture(scope="module")
def routes() -> list[tuple[frozenset[str], str, list[Gate]]]:
    with composed() as house:
        return [
            (
                frozenset(route.methods or ()),
                str(route.path or ""),
                list(_gates(getattr(route, "dependant", None))),
            )
            for route in iter_route_contexts(build_api(house).routes)
        ]


def test_every_route_has_one_gate(routes):
    ungated = {path for _, path, gates in routes if not gates}
    assert ungated - OPEN == set(), "routes without requires(…) or open_to_…"
    assert [path for _, path, gates in routes if len(set(gates)) > 1] == []


def test_every_permission_asked_for_exists(routes):
    asked = {gate.permission for _, _, gates in routes for gate in gates} - {None}
    assert asked - set(PERMISSIONS) == set()


def test_strangers_write_nothing_but_what_makes_them_somebody(routes):
    written = {
        path.removeprefix("/api/v1").removeprefix("/api")
        for methods, path, gates in routes
        for gate in gates
        if gate.strangers and methods - READING
    }
    by_key = ("/status/", "/ping/")  # whoever knows the address of a job speaks for it
    assert {path for path in written if not path.startswith(by_key)} == (SAID_BY_STRANGERS | SIGNED)


def test_reading_permissions_guard_reading_and_no_others_do(routes):
    wrong = [
        (methods, path)
        for methods, path, gates in routes
        for gate in gates
        if gate.permission and methods and gate.permission.endswith(".read") != (methods <= READING)
    ]
    assert wrong == []


def test_what_is_below_admin_takes_bearer_tokens_only(routes):
    assert [path for _, path, gates in routes for gate in gates if gate.bearer] == [
        "/api/v1/admin/status",
    ]
    assert all(gate.bearer for _, path, gates in routes if "/admin/" in path for gate in gates)


def _gates(dependant: Dependant | None) -> Iterator[Gate]:
    for dependency in dependant.dependencies if dependant else ():
        if isinstance(dependency.call, Gate):
            yield dependency.call
        yield from _gates(dependency)
