"""Identity's routes."""

from fastapi import APIRouter

from .auth import router as auth
from .people import router as people
from .teams import router as teams
from .tenants import router as tenants
from .tokens import router as tokens


def routes() -> list[APIRouter]:
    """All routers of identity."""
    return [auth, people, teams, tokens, tenants]
