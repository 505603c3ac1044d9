"""A service with a heartbeat, and the job that calls it, over the real routes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from tests.detection.signals.conftest import Samples
from tests.support.front import ORIGIN, Front, front
from tocsin.adapters.feeds.manual import ManualKind
from tocsin.detection.signals import HeartbeatKind, Kinds, PingKeys, Signals, SignalSettings
from tocsin.detection.signals.wiring import SignalPorts, public_routers, wire
from tocsin.platform.http import OutgoingClient
from tocsin.platform.web import WebSettings, mount
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.catalog.registry_file import RegistryPlaces
from tocsin.registry.catalog.views import OwnView
from tocsin.registry.catalog.wiring import CatalogPorts
from tocsin.registry.catalog.wiring import wire as wire_catalog

BASE = "http://127.0.0.1:8000"
WEB = WebSettings(public_url=ORIGIN, read_in_part=("/ping/",))


@dataclass(slots=True)
class Jobs:
    """A service with one heartbeat, and what calls its address."""

    door: Front
    samples: Samples
    admin: AsyncClient
    job: AsyncClient
    monitor: dict[str, Any]

    async def ping(self, what: str = "", method: str = "GET", **sent: Any) -> None:
        answer = await self.job.request(method, self.monitor["ping_url"] + what, **sent)
        assert answer.status_code == 200, answer.text
        assert answer.text == ("" if method == "HEAD" else "OK\n")
        await self.door.house.settle()

    async def passes(self, seconds: float) -> None:
        await self.door.house.pass_time(timedelta(seconds=seconds))

    async def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.admin.get(f"/monitors/{self.monitor['id']}")).json()
        return found


@pytest.fixture
async def jobs(database_url: str) -> AsyncIterator[Jobs]:
    samples, keys = Samples(), PingKeys(b"a secret of the tests", BASE)
    client = OutgoingClient(_Nowhere())
    kinds = Kinds((HeartbeatKind(), ManualKind()), client)
    ports = SignalPorts(kinds, samples, OwnView(), pings=keys)
    room = Signals(kinds, samples, SignalSettings(), keys)
    wirings = [wire_catalog(CatalogPorts(kinds, places=RegistryPlaces(None, ()))), wire(ports)]
    async with front(database_url, wirings, settings=WEB) as door:
        for router in public_routers(room):
            mount(door.app, router)
        draft = ServiceDraft("batch", "Batch", Category.ENGINEERING, {"kind": "manual"})
        await door.house.desk.write(catalog.declare_service, draft)
        await door.house.settle()
        admin = await door.as_role("admin")
        body = {"interval_seconds": 3_600, "grace_seconds": 300, "max_duration_seconds": 600}
        made = await admin.post(
            "/monitors", json={"service_id": "batch", "kind": "heartbeat", **body}
        )
        assert made.status_code == 201, made.text
        await door.house.settle()
        async with AsyncClient(transport=ASGITransport(door.app)) as job:
            yield Jobs(door, samples, admin, job, made.json())


class _Nowhere:
    def now(self) -> Any:
        raise AssertionError("nobody asks out there")
