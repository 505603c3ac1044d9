"""Retention of the rooms: burns, maintenance, segments, alerts, subscribers and what people set by hand."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from tests.app.attic import DAY, alert, attic
from tocsin.communication.statuspage.subscriptions import Asked, confirm, subscribe
from tocsin.communication.statuspage.tables import subscribers
from tocsin.detection.alerts.tables import alert_decisions, alerts
from tocsin.detection.conditions.tables import (
    status_segments,
)
from tocsin.detection.objectives.tables import burn_breaches
from tocsin.detection.signals.tables import manual_statuses
from tocsin.kernel.ids import new_id
from tocsin.kernel.severity import Severity
from tocsin.platform.database import Tx
from tocsin.registry import maintenance
from tocsin.registry.maintenance.tables import (
    maintenance_services,
    maintenance_updates,
    maintenance_windows,
)
from tocsin.registry.maintenance.verbs import add_update
from tocsin.response import incidents
from tocsin.response.incidents.tables import incident_alerts


async def test_burns_that_ended_go_with_the_events_and_what_burns_stays(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        long_ago = house.clock.now() - 200 * DAY

        def burn(tx: Tx, pair: str, ended: datetime | None) -> None:
            tx.execute(
                insert(burn_breaches).values(
                    id=new_id(),
                    tenant_id=tx.tenant,
                    service_id="mail",
                    pair=pair,
                    severity="page",
                    tier=1,
                    threshold=14.4,
                    burn_long=20,
                    burn_short=20,
                    began_at=long_ago,
                    touched_at=long_ago,
                    ended_at=ended,
                )
            )

        await house.write(lambda tx: burn(tx, "1h/5m", None))
        await house.write(lambda tx: burn(tx, "6h/30m", long_ago))
        await house.write(lambda tx: burn(tx, "3d/6h", house.clock.now()))
        assert await house.purge() == {"burn_breaches": 1}
        pairs = select(burn_breaches.c.pair).where(
            burn_breaches.c.tenant_id == house.house.context.tenant
        )
        left = await house.read(lambda tx: set(tx.scalars(pairs)))
        assert left == {"1h/5m", "3d/6h"}


async def test_past_maintenance_of_vendors_goes_with_all_that_names_it_and_own_stays(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        starts = house.clock.now() + DAY
        announced = [
            maintenance.VendorWindow("one", "Works", starts, starts + DAY, in_progress=False)
        ]
        own = maintenance.WindowDraft("Own works", starts, starts + DAY, ("mail",))

        def announce(tx: Tx) -> None:
            maintenance.note_vendor_windows(tx, "mail", "source", announced)
            maintenance.schedule_window(tx, own)

        await house.write(announce)
        house.clock.move(3 * DAY)
        await house.write(lambda tx: maintenance.note_vendor_windows(tx, "mail", "source", []))
        await house.work()
        assert await house.purge() == {}
        house.clock.move(90 * DAY)
        assert (await house.purge())["vendor_windows"] == 1
        titles = select(maintenance_windows.c.title).where(
            maintenance_windows.c.tenant_id == house.house.context.tenant
        )
        assert await house.read(lambda tx: list(tx.scalars(titles))) == ["Own works"]
        assert await house.count(maintenance_services) == 1


async def test_own_maintenance_goes_where_facts_go_once_it_is_over(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path, RETENTION_DAYS_JOURNAL=30) as house:
        starts = house.clock.now() + DAY
        for days in (1, 85):
            draft = maintenance.WindowDraft("Works", starts, starts + days * DAY, ("mail",))
            made = await house.write(partial(maintenance.schedule_window, draft=draft))
            await house.write(partial(add_update, window_id=made.id, message="It goes on."))
        house.clock.move(3 * DAY)
        await house.work()
        house.clock.move(60 * DAY)
        assert (await house.purge())["own_windows"] == 1
        assert await house.count(maintenance_windows) == 1
        assert await house.count(maintenance_updates) == 1


async def test_raw_segments_go_with_the_events_and_uptime_keeps_its_own(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        long_ago = house.clock.now() - 200 * DAY

        def draw(tx: Tx, line: str, start: datetime, end: datetime | None) -> None:
            tx.execute(
                insert(status_segments).values(
                    id=new_id(),
                    tenant_id=tx.tenant,
                    service_id="mail",
                    line=line,
                    start_at=start,
                    end_at=end,
                    state="degraded",
                    maintenance=False,
                    source="feed",
                    rank=0,
                )
            )

        def lines(tx: Tx) -> None:
            tx.execute(delete(status_segments).where(status_segments.c.tenant_id == tx.tenant))
            for line in ("raw", "confirmed"):
                draw(tx, line, long_ago, long_ago + DAY)
                draw(tx, line, long_ago + DAY, None)

        await house.work()  # what follows the service draws its own lines first
        await house.write(lines)
        assert await house.purge() == {"raw_segments": 1}
        kept = select(status_segments.c.line, status_segments.c.end_at).where(
            status_segments.c.tenant_id == house.house.context.tenant
        )
        left = await house.read(lambda tx: [(row.line, row.end_at is None) for row in tx.all(kept)])
        assert sorted(left) == [("confirmed", False), ("confirmed", True), ("raw", True)]


async def test_resolved_alerts_without_an_incident_go_where_facts_go(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path, RETENTION_DAYS_JOURNAL=30) as house:
        long_ago = house.clock.now() - 200 * DAY
        kept: list[Any] = []

        def raise_some(tx: Tx) -> None:
            joined, lonely = (alert(tx, new_id(), long_ago, "resolved", n) for n in (1, 2))
            firing = alert(tx, new_id(), long_ago, "firing", 3)
            for each in (joined, lonely, firing):
                ended = {} if each is firing else {"resolved_at": long_ago}
                tx.execute(insert(alerts).values(**each, **ended))
            decision = {"service_id": "mail", "at": tx.now, "verdict": "told", "reason": "It is."}
            tx.execute(
                insert(alert_decisions).values(
                    id=new_id(),
                    tenant_id=tx.tenant,
                    alert_id=lonely["id"],
                    evidence={},
                    **decision,
                )
            )
            one = incidents.open_incident(tx, incidents.IncidentDraft("Live", Severity.LOW))
            tx.execute(
                insert(incident_alerts).values(
                    tenant_id=tx.tenant,
                    alert_id=joined["id"],
                    incident_id=one.id,
                    joined_at=long_ago,
                )
            )
            kept[:] = [joined["id"], firing["id"]]

        await house.write(raise_some)
        assert (await house.purge())["alerts"] == 1
        found = select(alerts.c.id).where(alerts.c.tenant_id == house.house.context.tenant)
        assert await house.read(lambda tx: set(tx.scalars(found))) == set(kept)
        assert await house.count(alert_decisions) == 0


async def test_who_never_confirmed_is_forgotten_once_the_link_is_no_good(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        confirmed: list[Any] = []

        def ask(tx: Tx) -> None:
            for name in ("one", "two"):
                asked = Asked("main", f"{name}@example.org", "en")
                subscribe(tx, asked, house.house.links, None)
            first = select(subscribers.c.id).where(
                subscribers.c.tenant_id == tx.tenant, subscribers.c.address == "one@example.org"
            )
            confirmed[:] = [tx.scalar(first)]
            confirm(tx, "main", confirmed[0])

        await house.write(ask)
        assert await house.purge() == {}
        assert (await house.purge())["unconfirmed_subscribers"] == 1
        left = select(subscribers.c.id).where(subscribers.c.tenant_id == house.house.context.tenant)
        assert await house.read(lambda tx: list(tx.scalars(left))) == confirmed


async def test_statuses_set_by_hand_go_where_facts_go_once_they_ended(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path, RETENTION_DAYS_JOURNAL=30) as house:

        def say(tx: Tx) -> None:
            for reason, ended in (("over", tx.now - 200 * DAY), ("lately", tx.now), ("on", None)):
                tx.execute(
                    insert(manual_statuses).values(
                        id=new_id(),
                        tenant_id=tx.tenant,
                        service_id="mail",
                        status="degraded",
                        reason=reason,
                        set_by="system",
                        set_at=tx.now - 300 * DAY,
                        ended_at=ended,
                    )
                )

        await house.write(say)
        assert (await house.purge())["manual_statuses"] == 1
        reasons = select(manual_statuses.c.reason).where(
            manual_statuses.c.tenant_id == house.house.context.tenant
        )
        assert await house.read(lambda tx: set(tx.scalars(reasons))) == {"lately", "on"}
