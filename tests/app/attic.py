"""A house whose rows grow old, for the tests of retention."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Table, func, insert, select

from tests.security.whole import compose_for_tests
from tests.support.schema import create_schema
from tocsin.app.compose import House
from tocsin.detection.conditions.tables import status_events
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.facts import Entry
from tocsin.kernel.ids import new_id
from tocsin.platform.agenda import AgendaRunner
from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.journal import recent_entries
from tocsin.registry import catalog

DAY = timedelta(days=1)
WEEK = 7 * DAY


class Attic:
    """A house whose rows grow old under a clock that the test moves."""

    def __init__(self, house: House, clock: ManualClock) -> None:
        self.house, self.clock = house, clock
        self.sizes: list[int] = []

    async def write(self, verb: Callable[[Tx], Any]) -> Any:
        return await self.house.platform.database.write(self.house.context, verb)

    async def read(self, query: Callable[[ReadTx], Any]) -> Any:
        return await self.house.platform.database.read(self.house.context, query)

    async def count(self, table: Table) -> int:
        query = select(func.count()).where(table.c.tenant_id == self.house.context.tenant)
        return int(await self.read(lambda tx: tx.scalar(query)))

    async def work(self) -> None:
        """Do what is due."""
        platform = self.house.platform
        await AgendaRunner(platform.database, platform.handlers, self.house.context).run_due()

    async def purge(self) -> dict[str, int]:
        """Let the next pass of every purge come and go; what the facts say it deleted."""
        began = self.clock.now()
        self.clock.move(WEEK)
        await self.work()

        def purged(tx: ReadTx) -> list[Entry]:
            return recent_entries(tx, kinds=["retention.purged"], limit=100)

        facts = [one for one in await self.read(purged) if one.recorded_at > began]
        return {one.payload["table"]: one.payload["count"] for one in facts}

    async def facts(self, kind: str) -> int:
        def found(tx: ReadTx) -> list[Entry]:
            return recent_entries(tx, kinds=[kind], limit=100)

        return len(await self.read(found))


@asynccontextmanager
async def attic(url: str, folder: Path, **settings: Any) -> AsyncIterator[Attic]:
    services = folder / "services.yaml"
    services.write_text("services: []\n")
    house = compose_for_tests(
        folder, rehearse=True, DATABASE_URL=SecretStr(url), SERVICES_FILE=services, **settings
    )
    create_schema(url)
    clock = house.platform.database.clock
    assert isinstance(clock, ManualClock)
    try:
        await house.prepare()
        await house.wake_rooms()
        made = Attic(house, clock)
        draft = catalog.ServiceDraft(
            "mail", "Mail", catalog.Category.ENGINEERING, {"kind": "manual"}
        )
        await made.write(lambda tx: catalog.declare_service(tx, draft))
        yield made
    finally:
        house.platform.database.close()


def events(tx: Tx, at: datetime, number: int) -> None:
    rows = [
        {
            "id": new_id(),
            "tenant_id": tx.tenant,
            "service_id": "mail",
            "at": at,
            "before": "operational",
            "after": "degraded",
            "detail": None,
            "by_hand": False,
        }
        for _ in range(number)
    ]
    tx.execute(insert(status_events), rows)


def alert(tx: Tx, decision: Any, at: datetime, state: str, episode: int = 1) -> dict[str, Any]:
    return {
        "id": new_id(),
        "tenant_id": tx.tenant,
        "service_id": "mail",
        "kind": "condition",
        "key": "",
        "opens_incident": True,
        "flapping": False,
        "episode": episode,
        "status": "degraded",
        "worst": "degraded",
        "state": state,
        "since": at,
        "raised_at": at,
        "changed_at": at,
        "decision_id": decision,
    }
