"""A diary, and a house in which its bell hangs."""

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from tests.platform.agenda.work import Diary, house
from tests.support.spine import Workshop


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def ws(database_url: str, diary: Diary) -> AsyncIterator[Workshop]:
    async with house(database_url, diary.job()) as made:
        yield made


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Work fails here on purpose; drawing each traceback would take seconds."""
    with structlog.testing.capture_logs():
        yield
