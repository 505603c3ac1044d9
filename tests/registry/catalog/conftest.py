"""A catalog alone, once on each database, with a registry file that tests write."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.registry.catalog.kinds import PlainKinds
from tests.support.front import Front, front
from tests.support.spine import Workshop, workshop
from tocsin.platform.wiring import Wiring
from tocsin.registry.catalog.registry_file import RegistryPlaces
from tocsin.registry.catalog.wiring import CatalogPorts, wire


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """Where the registry file would lie; tests write it."""
    return tmp_path / "services.yaml"


@pytest.fixture
def said() -> list[str]:
    """What the catalog said to the people at the terminal."""
    return []


@pytest.fixture
def wiring(registry: Path, said: list[str]) -> Wiring:
    places = RegistryPlaces(None, (registry,))
    return wire(CatalogPorts(PlainKinds(), places=places, say=said.append))


@pytest.fixture
async def house(database_url: str, wiring: Wiring) -> AsyncIterator[Workshop]:
    async with workshop(database_url, [wiring]) as found:
        yield found


@pytest.fixture
async def door(database_url: str, wiring: Wiring) -> AsyncIterator[Front]:
    async with front(database_url, [wiring]) as found:
        yield found
