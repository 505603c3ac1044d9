"""How rooms' routes come into the application: built once, with the prefix they answer under.

Including a router builds each of its routes a second time (measured: 0.2 s of the start, and a
third of a test's time). A router that knows its prefix lends its routes as they are.
"""

from fastapi import APIRouter, FastAPI

PREFIX = "/api/v1"
"""The canonical prefix; `/api` is another name for it, see `route_index`."""


def api_router(prefix: str = "", *, tag: str) -> APIRouter:
    """A router for routes below the canonical prefix."""
    return APIRouter(prefix=PREFIX + prefix, tags=[tag])


def mount(app: FastAPI, router: APIRouter) -> None:
    """Answer the router's routes at the addresses that they were made with."""
    app.router.routes.extend(router.routes)
