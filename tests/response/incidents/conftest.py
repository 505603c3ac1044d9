"""Desks for the stories about incidents."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from tests.response.incidents.desk import PAGES, SERVICES, Desk, incident_desk
from tests.support.detection import ALERTS
from tests.support.front import Front, front
from tocsin.kernel.facts import Visibility
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.identity import Role
from tocsin.response.incidents.wiring import wire


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    """An incident desk, once on SQLite and once on PostgreSQL."""
    async with incident_desk(database_url) as opened:
        yield opened


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[Front]:
    async with front(database_url, [ALERTS, wire(PAGES, PAGES)]) as found:
        for service, tier in SERVICES.items():
            hidden = Visibility.INTERNAL if service == "zoom" else Visibility.PUBLIC
            draft = ServiceDraft(
                service,
                service.title(),
                Category.ENGINEERING,
                {"kind": "manual"},
                tier=tier,
                visibility=hidden,
            )
            await found.house.house.write(catalog.declare_service, draft)
        yield found


@pytest.fixture
async def responder(door: Front) -> AsyncClient:
    return await door.as_role(Role.RESPONDER)


@pytest.fixture
async def manager(door: Front) -> AsyncClient:
    return await door.as_role(Role.ITSM_MANAGER)
