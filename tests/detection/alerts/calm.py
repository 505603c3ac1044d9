"""A house with a few services under a moving clock, and what people would have heard."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from tests.support.detection import ALERTS, CONDITIONS, ROOM
from tests.support.spine import Workshop, workshop
from tocsin.detection.signals import ServiceSample
from tocsin.kernel.facts import Entry
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.maintenance.wiring import WIRING as MAINTENANCE

MINUTE = timedelta(minutes=1)
WELL, ILL, DOWN = Status.OPERATIONAL, Status.DEGRADED, Status.MAJOR_OUTAGE
MESSAGES = (
    *("alert.raised", "alert.released", "alert.changed", "alert.resolved"),
    *("alert.flapping_began", "alert.flapping_goes_on", "alert.flapping_ended"),
)


@dataclass(slots=True)
class Calm:
    """The house, and short words for what happens in it."""

    shop: Workshop

    async def polls(
        self,
        statuses: Mapping[str, Status],
        count: int = 1,
        *,
        settled: bool = False,
        late: bool = False,
        minutes: float = 1,
    ) -> None:
        """So many polls some minutes apart, each of which finds these services like this.

        `late`: what they lead to is done after the last of them, for stories of a whole day.
        """
        for _ in range(count):
            self.shop.clock.move(minutes * MINUTE)
            await self.shop.house.write(self._take, statuses, settled)
            if not late:
                await self.shop.settle()
        await self.shop.settle()

    async def heard(self, service: str | None = None) -> list[str]:
        """What people were told, in order: the fact's last word and its service."""
        facts = [fact for fact in await self.shop.facts(*MESSAGES) if fact.payload["sends"]]
        return [
            f"{fact.kind.partition('.')[2]} {fact.payload['service_id']}"
            for fact in facts
            if service in (None, fact.payload["service_id"])
        ]

    async def facts(self, kind: str) -> list[Entry]:
        return await self.shop.facts(kind)

    def _take(self, tx: Tx, statuses: Mapping[str, Status], settled: bool) -> None:
        for service, status in statuses.items():
            ROOM.taken(tx, self._sample(service, status, settled))

    def _sample(self, service: str, status: Status, settled: bool) -> ServiceSample:
        return ServiceSample(
            service_id=service,
            at=self.shop.clock.now(),
            status=status,
            maintenance=False,
            detail=None,
            health="ok",
            counts=True,
            settled=settled,
        )


@asynccontextmanager
async def calm_house(url: str, services: Mapping[str, tuple[str, ...]]) -> AsyncIterator[Calm]:
    """A house with these services; each names what it depends on."""
    async with workshop(url, [MAINTENANCE, CONDITIONS, ALERTS]) as shop:
        for name, dependencies in services.items():
            draft = ServiceDraft(
                name,
                name.upper(),
                Category.ENGINEERING,
                {"kind": "manual"},
                tier=1,
                dependencies=dependencies,
            )
            await shop.desk.write(catalog.declare_service, draft)
        await shop.settle()
        yield Calm(shop)
