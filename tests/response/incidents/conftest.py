"""Desks for the stories about incidents."""

from collections.abc import AsyncIterator

import pytest

from tests.response.incidents.desk import Desk, incident_desk


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    """An incident desk, once on SQLite and once on PostgreSQL."""
    async with incident_desk(database_url) as opened:
        yield opened
