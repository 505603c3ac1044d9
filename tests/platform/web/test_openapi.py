"""The OpenAPI document is true: problems, callers and permissions of every route."""

from tests.support.front import Front
from tocsin.platform.web.openapi import describe
from tocsin.registry.identity import PERMISSIONS


def _operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


async def test_every_route_may_answer_a_problem(door: Front):
    document = describe(door.app)
    assert document["openapi"].startswith("3.1")
    for _, _, operation in _operations(document):
        for status in ("4XX", "5XX"):
            content = operation["responses"][status]["content"]
            assert content["application/problem+json"]["schema"]["$ref"].endswith("/Problem")
        assert "422" not in operation["responses"]
    schemas = document["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert "WrongField" in schemas


async def test_every_permission_that_a_route_asks_for_exists(door: Front):
    asked = {operation.get("x-permission") for _, _, operation in _operations(describe(door.app))}
    assert asked - {None} <= PERMISSIONS.keys()
    assert "tokens.write" in asked


async def test_routes_say_who_may_call_them(door: Front):
    paths = describe(door.app)["paths"]
    both: list[dict[str, list[str]]] = [{"bearer": []}, {"session": []}]
    assert paths["/api/v1/bells"]["post"]["security"] == both
    assert paths["/api/v1/bells"]["get"]["security"] == [{}, *both]
    assert paths["/api/v1/admin/bells"]["get"]["security"] == [{"bearer": []}]
    assert paths["/api/v1/bells/{name}/broken"]["get"]["security"] == []


async def test_the_document_is_served(door: Front):
    answer = await door.client().get("http://127.0.0.1:8000/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["components"]["securitySchemes"].keys() == {"bearer", "session"}
