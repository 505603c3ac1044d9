"""Booths for the stories about channels, once on SQLite and once on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from tests.communication.stakeholders.booth import Booth, open_booth


@pytest.fixture
async def booth(database_url: str) -> AsyncIterator[Booth]:
    """A booth without channels."""
    async with open_booth(database_url) as opened:
        yield opened
