"""An incident desk over real tables: services, alerts and incidents, with pages played by a fake."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from tests.support.detection import ALERTS
from tests.support.spine import Workshop, workshop
from tocsin.kernel.facts import Entry, Fact, subject_of
from tocsin.kernel.ids import new_id
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.platform.journal import recent_entries
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.response import incidents
from tocsin.response.incidents import IncidentDraft, UpdateDraft
from tocsin.response.incidents.model import Incident, Phase
from tocsin.response.incidents.ports import Reach
from tocsin.response.incidents.wiring import wire

SERVICES = {"github": 1, "slack": 1, "zoom": 2}


@dataclass(slots=True)
class FakePages:
    """Page `main` is the default and shows github; `chat` shows slack."""

    def default_pages(self, tx: ReadTx, service_ids: Collection[str]) -> list[str]:
        shown = {"github": "main", "slack": "chat"}
        return sorted({shown.get(service, "main") for service in service_ids}) or ["main"]

    def unknown_pages(self, tx: ReadTx, slugs: Collection[str]) -> list[str]:
        return [slug for slug in slugs if slug not in ("main", "chat", "vip")]

    def audience(self, tx: ReadTx, pages: Collection[str]) -> Reach:
        return Reach(tuple(pages), mail=3 * len(pages), webhooks=1, chat=1)


PAGES = FakePages()


@dataclass(slots=True)
class Desk:
    """The workshop with the words of this room; people act, unless a story says otherwise."""

    shop: Workshop

    async def open(
        self, *services: str, severity: Severity = Severity.HIGH, **more: Any
    ) -> Incident:
        draft = IncidentDraft("Pushes fail", severity, affected_services=services, **more)
        return await self.shop.desk.write(incidents.open_incident, draft)

    async def run(self, verb: Any, found: Incident, *args: Any, **kwargs: Any) -> Any:
        return await self.shop.desk.write(verb, found.id, *args, **kwargs)

    async def again(self, found: Incident) -> Incident:
        return await self.shop.desk.read(incidents.incident, found.id)

    async def say(
        self,
        found: Incident,
        phase: Phase,
        text: str = "We are on it.",
        *,
        at: datetime | None = None,
        pages: list[str] | None = None,
        public: bool = True,
        impacts: dict[str, Status] | None = None,
        keep_open: bool = False,
    ) -> incidents.Update:
        draft = UpdateDraft(
            phase, {"en": text}, public, at, impacts=impacts or {}, keep_open=keep_open
        )
        write = self.shop.desk.write
        return await write(incidents.post_update, found.id, draft, PAGES, pages)

    async def face(self, found: Incident) -> incidents.PublicIncident:
        return await self.shop.desk.read(incidents.public_incident, found.id)

    async def kinds(self, found: Incident) -> list[str]:
        entries = await self.entries(found)
        return [entry.kind.removeprefix("incident.") for entry in entries]

    async def entries(self, found: Incident) -> list[Entry]:
        return await self.shop.thread(subject_of("incident", found.id))

    async def kept(self, kind: str) -> list[Entry]:
        return await self.shop.desk.read(lambda tx: recent_entries(tx, kinds=(kind,)))

    async def live(self) -> list[Incident]:
        wanted = incidents.IncidentFilter(is_open=True)
        return await self.shop.desk.read(incidents.incidents, wanted)

    async def all(self) -> list[Incident]:
        return await self.shop.desk.read(incidents.incidents, incidents.IncidentFilter())

    async def confirms(self, service: str, status: Status, episode: int = 1) -> None:
        """Conditions confirmed a worsening."""
        await self._condition("condition.confirmed", service, status, episode)

    async def recovers(self, service: str, episode: int = 1) -> None:
        """Conditions saw the end of an episode."""
        await self._condition("condition.recovered", service, Status.OPERATIONAL, episode)

    async def _condition(self, kind: str, service: str, status: Status, episode: int) -> None:
        payload = {
            "status": status.value,
            "previous": "operational",
            "since": self.shop.clock.now().isoformat(),
            "episode": episode,
            "decision": new_id().hex,
        }
        fact = Fact(kind, subject_of("service", service), payload)
        await self.shop.house.write(lambda tx: tx.record(fact))
        await self.shop.settle()

    async def count(self, table: Any) -> int:
        def counted(tx: ReadTx) -> int:
            query = select(func.count()).select_from(table).where(table.c.tenant_id == tx.tenant)
            return int(tx.scalar(query))

        return await self.shop.desk.read(counted)


@asynccontextmanager
async def incident_desk(url: str, **options: Any) -> AsyncIterator[Desk]:
    """A desk with three services; every unit is rehearsed once."""
    wirings = [ALERTS, wire(PAGES, PAGES)]
    async with workshop(url, wirings, **options) as shop:
        for service, tier in SERVICES.items():
            draft = ServiceDraft(
                service, service.title(), Category.ENGINEERING, {"kind": "manual"}, tier=tier
            )
            await shop.house.write(catalog.declare_service, draft)
        yield Desk(shop)
