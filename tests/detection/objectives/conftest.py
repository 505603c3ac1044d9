"""Scenes of objectives, once on SQLite and once on PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.detection.objectives.house import Scene
from tests.support.detection import CONDITIONS
from tests.support.front import front
from tocsin.detection.objectives import ObjectiveSettings
from tocsin.detection.objectives.wiring import wire

SETTINGS = ObjectiveSettings(is_alerting=True)


@pytest.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    """A scene in which burns are watched every five minutes."""
    async with front(database_url, [wire(SETTINGS), CONDITIONS]) as found:
        yield Scene(found)


@pytest.fixture
async def quiet_scene(database_url: str) -> AsyncIterator[Scene]:
    """A scene in which nobody watches."""
    off = wire(replace(SETTINGS, is_alerting=False))
    async with front(database_url, [off, CONDITIONS]) as found:
        yield Scene(found)
