"""A front door over identity alone, once on each database."""

from collections.abc import AsyncIterator

import pytest

from tests.support.front import Front, front


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[Front]:
    async with front(database_url) as found:
        yield found
