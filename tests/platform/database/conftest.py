"""A shelf of jars on a real database."""

from collections.abc import AsyncIterator

import pytest

from tests.platform.database.shelf import shelf
from tocsin.platform.database import Database


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    async with shelf(database_url) as database:
        yield database
