"""The whole product, fresh for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.security.whole import Whole, whole


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Whole]:
    """Everything composed over an empty database, every unit rehearsed."""
    async with whole(tmp_path) as made:
        yield made
