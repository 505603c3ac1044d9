"""Routes of incidents."""

from fastapi import APIRouter

from tocsin.response.incidents.api.moving import verb_routes
from tocsin.response.incidents.api.reading import reading_routes
from tocsin.response.incidents.api.ruling import router as ruling
from tocsin.response.incidents.api.saying import saying_routes
from tocsin.response.incidents.api.writing import writing_routes
from tocsin.response.incidents.ports import Ports


def routes(ports: Ports) -> list[APIRouter]:
    """The routes of one installation."""
    parts = (reading_routes, writing_routes, saying_routes, verb_routes)
    return [*(part(ports) for part in parts), ruling]
