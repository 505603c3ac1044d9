"""A ledger with one postbox on a real database."""

from collections.abc import AsyncIterator

import pytest

from tests.platform.delivery.postbox import Postbox
from tests.support.spine import Workshop, workshop


@pytest.fixture
def box() -> Postbox:
    return Postbox()


@pytest.fixture
async def ws(database_url: str, box: Postbox) -> AsyncIterator[Workshop]:
    async with workshop(database_url, channels=[box]) as house:
        yield house
