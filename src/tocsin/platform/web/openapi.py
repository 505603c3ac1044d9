"""The OpenAPI document, completed: problems for every route, who may call it, and true 4xx."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from .gates import Gate
from .problems import MEDIA_TYPE, Problem

_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token (`tcs_…`) or ADMIN_API_TOKEN.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "tocsin_session",
        "description": "A log-in; unsafe methods also need the header X-CSRF-Token.",
    },
}
_REFUSALS = {
    "4XX": "Refused: the problem says why.",
    "5XX": "Not now, or something broke here.",
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The version looked at, as the entity tag says it; a newer one refuses: 412.",
    "schema": {"type": "string", "pattern": "^[ -~]*$"},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Makes a repetition answer what the first request did.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}


def install_openapi(app: FastAPI) -> None:
    """Replace the application's schema by the completed one, computed once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to do it


def describe(app: FastAPI) -> dict[str, Any]:
    """The completed OpenAPI 3.1 document of an application."""
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= _schemas_of_problem()
    components["securitySchemes"] = _SCHEMES
    gates = dict(_gates(app))
    for path, methods in document.get("paths", {}).items():
        for method, operation in methods.items():
            gate = gates.get((path, method.upper()))
            _complete(operation, gate)
            if gate is not None and method != "get":
                operation.setdefault("parameters", []).extend((_IF_MATCH, _IDEMPOTENCY_KEY))
    return document


def _complete(operation: dict[str, Any], gate: Gate | None) -> None:
    responses = operation.setdefault("responses", {})
    responses.pop("422", None)
    for status, description in _REFUSALS.items():
        own = responses.get(status, {}).get("content", {})
        responses[status] = {
            "description": description,
            "content": own | {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if gate is None:
        operation["security"] = []
        return
    operation["security"] = _security(gate)
    if gate.permission is not None:
        operation["x-permission"] = gate.permission


def _security(gate: Gate) -> list[dict[str, list[str]]]:
    if gate.bearer:
        return [{"bearer": []}]
    named: list[dict[str, list[str]]] = [{"bearer": []}, {"session": []}]
    return [{}, *named] if gate.strangers else named


def _schemas_of_problem() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), "Problem": schema}


def _gates(app: FastAPI) -> Iterator[tuple[tuple[str, str], Gate]]:
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        if not isinstance(dependant, Dependant):
            continue
        gate = next(_gates_of(dependant), None)
        if gate is not None:
            for method in route.methods or ():
                yield (str(route.path_format), method), gate


def _gates_of(dependant: Dependant) -> Iterator[Gate]:
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Gate):
            yield dependency.call
        yield from _gates_of(dependency)
