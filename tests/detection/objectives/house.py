"""Services whose confirmed line the test draws, under a clock that it moves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from tests.support.front import Front
from tests.support.spine import START, TENANT, Workshop
from tocsin.detection.conditions.model import Watch
from tocsin.detection.conditions.tables import service_states, status_segments
from tocsin.kernel.facts import Visibility
from tocsin.kernel.ids import new_id
from tocsin.kernel.segments import LineKind
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft

UP, DEGRADED = Status.OPERATIONAL, Status.DEGRADED
PARTIAL, MAJOR, UNKNOWN = Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.UNKNOWN
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(slots=True)
class Scene:
    """The words of these stories; minutes count from `START`, before it they are negative."""

    front: Front

    @property
    def shop(self) -> Workshop:
        return self.front.house

    async def service(self, name: str, *, tier: int = 1, public: bool = True) -> None:
        seen = Visibility.PUBLIC if public else Visibility.INTERNAL
        draft = ServiceDraft(
            name, name.title(), Category.ENGINEERING, {"kind": "manual"}, tier, seen
        )
        await self.shop.desk.write(catalog.declare_service, draft)

    async def draws(
        self, service: str, start: float, end: float | None, state: Status, **more: Any
    ) -> None:
        """Put a segment on the service's confirmed line."""
        await self.shop.house.write(
            _draw, service, at(start), None if end is None else at(end), state, **more
        )

    async def was(self, service: str, *parts: tuple[float, float | None, Status]) -> None:
        """Up since 40 days, but for these parts, which are laid over it."""
        await self.draws(service, -40 * 1440, None, UP)
        for start, end, state in parts:
            await self.draws(service, start, end, state, rank=1)


def at(minutes: float) -> datetime:
    return START + minutes * MINUTE


def _draw(
    tx: Tx,
    service: str,
    start: datetime,
    end: datetime | None,
    state: Status,
    rank: int = 0,
    maintenance: bool = False,
) -> None:
    tx.execute(
        insert(status_segments).values(
            id=new_id(),
            tenant_id=TENANT,
            service_id=service,
            line=LineKind.CONFIRMED.value,
            start_at=start,
            end_at=end,
            state=state.value,
            maintenance=maintenance,
            source="backfill",
            rank=rank,
        )
    )
    _raise_version(tx, service, state)


def _raise_version(tx: Tx, service: str, state: Status) -> None:
    """Whoever writes segments raises the version of the service's state."""
    states, now = service_states, tx.now
    mine = (states.c.tenant_id == TENANT, states.c.service_id == service)
    told = {"version": states.c.version + 1, "updated_at": now}
    if tx.execute(update(states).where(*mine).values(told)).rowcount:
        return
    tx.execute(
        insert(states).values(
            tenant_id=TENANT,
            service_id=service,
            status=state.value,
            status_since=now,
            maintenance=False,
            by_hand=False,
            poller_health="manual",
            confirmed=state.value,
            confirmed_since=now,
            watch=Watch(confirmed=state).to_json(),
            version=1,
            updated_at=now,
        )
    )
