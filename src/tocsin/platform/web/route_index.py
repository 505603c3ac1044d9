"""Finds a request's routes by its first path segment, instead of asking every route in turn.

The framework tries all routes of all rooms under both prefixes one by one; with a few hundred
routes that takes longer than answering (measured: half of a read's time at sixty routes).
Routes are registered under the canonical prefix only; the short one is another name for it.
"""

from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

_CANONICAL, _SHORT = "/api/v1/", "/api/"
_PREFIXES = (_CANONICAL, _SHORT)


def install_route_index(app: FastAPI) -> None:
    """Put the index before the application's router; it is built at the first request."""
    app.router.middleware_stack = RouteIndex(app.router)


class RouteIndex:
    """Routers of the routes that begin alike; everything else goes to the whole router.

    Order is kept, and routes that begin with a parameter or mount are in every part.
    """

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._whole: ASGIApp = router.middleware_stack
        self._parts: dict[str, APIRouter] = {}
        self._built_for = -1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._built_for != len(self._router.routes):
            self._build()
        path = scope.get("path", "/")
        part = self._parts.get(_beginning(path))
        if part is None and path.startswith(_SHORT):
            longer = _CANONICAL + path[len(_SHORT) :]
            part = self._parts.get(_beginning(longer))
            if part is not None:
                scope["path"] = longer
        await (self._whole if part is None else part.app)(scope, receive, send)

    def _build(self) -> None:
        routes = list(self._router.routes)
        beginnings = [_beginnings(route) for route in routes]
        every = {each for known in beginnings for each in known or ()}
        self._parts = {beginning: self._part(routes, beginnings, beginning) for beginning in every}
        self._built_for = len(routes)

    def _part(
        self, routes: list[BaseRoute], beginnings: list[set[str] | None], wanted: str
    ) -> APIRouter:
        part = APIRouter(
            redirect_slashes=self._router.redirect_slashes, default=self._router.default
        )
        part.routes.extend(
            route
            for route, known in zip(routes, beginnings, strict=True)
            if known is None or wanted in known
        )
        return part


def _beginnings(route: BaseRoute) -> set[str] | None:
    """How a route's addresses begin; None where that cannot be told."""
    found = set()
    for context in iter_route_contexts([route]):
        path = context.path
        beginning = _beginning(path) if path else "{"
        if "{" in beginning or not hasattr(context.original_route, "path_regex"):
            return None
        found.add(beginning)
    return found


def _beginning(path: str) -> str:
    """The prefix and first segment after it: `/api/v1/services`."""
    prefix = next((each for each in _PREFIXES if path.startswith(each)), "/")
    return prefix + path[len(prefix) :].partition("/")[0]
