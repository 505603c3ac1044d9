"""What an older version stored plainly is sealed at the start, and nothing else changes."""

from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from tests.app.attic import Attic, attic
from tocsin.detection.signals import MonitorDraft, add_monitor
from tocsin.detection.signals.tables import sources
from tocsin.platform.database import ReadTx, Tx
from tocsin.registry import catalog
from tocsin.registry.catalog.tables import services

PLAIN = {"kind": "http", "url": "https://shop.example/login", "method": "POST", "body": "hush"}


async def test_bodies_from_before_are_sealed_in_both_rows_and_nothing_is_asked_anew(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        await declare_plainly(house)
        await house.work()
        before = await house.read(rows)
        assert "hush" in str(before)
        await house.house.wake_rooms()
        await house.work()
        after = await house.read(rows)
        assert "hush" not in str(after)
        assert [config.pop("body")[:7] for config, *_ in after] == ["sealed:"] * 3
        for config, *_ in before:
            config.pop("body")
        assert after == before
        assert await house.facts("signal.secrets_sealed") == 2
        assert await house.facts("service.edited") == 0
        await house.house.wake_rooms()
        await house.work()
        assert await house.facts("signal.secrets_sealed") == 2


async def declare_plainly(house: Attic) -> None:
    """A service with a declared check and one more, as an older version stored them."""
    room = house.house.signals
    sealed = room.kinds.check(PLAIN)
    shop = catalog.ServiceDraft("shop", "Shop", catalog.Category.SALES, sealed)

    def declare(tx: Tx) -> None:
        catalog.declare_service(tx, shop)
        add_monitor(tx, room, MonitorDraft("shop", "Second", sealed))

    def unseal(tx: Tx) -> None:
        plain = {**sealed, "body": "hush"}
        mine = sources.c.tenant_id == tx.tenant, sources.c.service_id == "shop"
        tx.execute(update(sources).where(*mine).values(config=plain))
        shops = services.c.tenant_id == tx.tenant, services.c.id == "shop"
        tx.execute(update(services).where(*shops).values(source=plain))

    await house.write(declare)
    await house.work()
    await house.write(unseal)


def rows(tx: ReadTx) -> list[tuple[Any, ...]]:
    """(configuration, version, when it was changed, …) of the service and its sources."""
    s = sources.c
    found = tx.all(
        select(s.config, s.version, s.updated_at, s.status, s.last_polled_at)
        .where(s.tenant_id == tx.tenant, s.service_id == "shop")
        .order_by(s.id)
    )
    kept = services.c
    of_service = select(kept.source, kept.version, kept.updated_at).where(
        kept.tenant_id == tx.tenant, kept.id == "shop"
    )
    return [(dict(row[0]), *row[1:]) for row in [*found, *tx.all(of_service)]]
