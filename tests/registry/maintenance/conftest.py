"""Catalog and maintenance on each database, with two public services and an internal one."""

from collections.abc import AsyncIterator

import pytest

from tests.support.front import Front, front
from tests.support.spine import Workshop, workshop
from tocsin.kernel.facts import Visibility
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.maintenance.wiring import WIRING


async def furnish(house: Workshop) -> None:
    for name in ("mail", "shop", "vault"):
        shown = Visibility.INTERNAL if name == "vault" else Visibility.PUBLIC
        draft = ServiceDraft(
            name, name.title(), Category.SALES, {"kind": "manual"}, visibility=shown
        )
        await house.desk.write(catalog.declare_service, draft)


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Workshop]:
    async with workshop(database_url, [WIRING]) as found:
        await furnish(found)
        yield found


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[Front]:
    async with front(database_url, [WIRING]) as found:
        await furnish(found.house)
        yield found
