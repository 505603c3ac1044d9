"""Retention: what is old goes, in small units; what is open, named or settled lately stays."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update

from tests.app.attic import DAY, WEEK, Attic, attic, events
from tocsin.communication.statuspage.subscriptions import Asked, confirm, subscribe
from tocsin.communication.statuspage.tables import subscribers
from tocsin.detection.alerts.tables import alert_decisions, alerts
from tocsin.detection.conditions.tables import (
    condition_decisions,
    status_events,
    status_segments,
)
from tocsin.detection.objectives.tables import burn_breaches
from tocsin.detection.signals.tables import manual_statuses
from tocsin.kernel.facts import Entry, Fact, subject_of
from tocsin.kernel.ids import new_id
from tocsin.kernel.severity import Severity
from tocsin.platform.agenda import Item, VerbJob, agenda_items
from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.delivery import (
    Body,
    Message,
    Recipient,
    deliveries_table,
    delivery_attempts,
    delivery_bodies,
)
from tocsin.platform.journal import REACT, journal
from tocsin.registry import maintenance
from tocsin.registry.maintenance.tables import (
    maintenance_services,
    maintenance_updates,
    maintenance_windows,
)
from tocsin.registry.maintenance.verbs import add_update
from tocsin.response import incidents
from tocsin.response.incidents.tables import incident_alerts


async def test_old_status_events_go_in_units_of_at_most_500_and_young_ones_stay(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        old = house.clock.now() - 84 * DAY  # 91 days when the purge looks
        await house.write(lambda tx: events(tx, old, 1300))
        await house.write(lambda tx: events(tx, old + 2 * DAY, 5))
        handlers = house.house.platform.handlers
        sweep = handlers["retention.status_events"]
        assert isinstance(sweep, VerbJob)

        def weighed(tx: Tx, item: Item) -> None:
            count = select(func.count()).where(status_events.c.tenant_id == tx.tenant)
            before = tx.scalar(count)
            sweep.verb(tx, item)
            house.sizes.append(before - tx.scalar(count))

        handlers[sweep.kind] = VerbJob(sweep.kind, weighed)
        assert (await house.purge())["status_events"] == 1300
        assert await house.count(status_events) == 5
        assert max(house.sizes) == 500
        assert {size for size in house.sizes if size} == {500, 300}
        assert await house.purge() == {"status_events": 5}
        assert await house.purge() == {}
        assert await house.facts("retention.purged") == 2


async def test_zero_days_means_never_and_leaves_no_work(database_url: str, tmp_path: Path):
    never = {"RETENTION_DAYS_STATUS_EVENTS": 0, "RETENTION_DAYS_ALERT_SENT_LOG": 0}
    async with attic(database_url, tmp_path, **never) as house:
        await house.write(lambda tx: events(tx, house.clock.now() - 3000 * DAY, 3))
        assert await house.purge() == {}
        assert await house.count(status_events) == 3
        kinds = select(agenda_items.c.kind).where(
            agenda_items.c.tenant_id == house.house.context.tenant,
            agenda_items.c.kind.startswith("retention."),
        )
        left = set(await house.read(lambda tx: tx.scalars(kinds)))
        assert not left & {
            *("retention.status_events", "retention.condition_decisions"),
            *("retention.alert_deliveries", "retention.deliveries"),
            *("retention.delivery_bodies", "retention.journal"),
        }


async def test_a_restart_neither_puts_a_pass_off_nor_forgets_one_that_died(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        item = agenda_items.c

        def due(tx: ReadTx) -> Any:
            return tx.scalar(
                select(item.ready_at).where(
                    item.tenant_id == tx.tenant, item.kind == "retention.status_events"
                )
            )

        await house.purge()
        planned = await house.read(due)
        assert planned == house.clock.now() + WEEK
        house.clock.move(6 * DAY)
        await house.house.wake_rooms()
        assert await house.read(due) == planned

        died = (
            update(agenda_items)
            .where(
                item.tenant_id == house.house.context.tenant, item.kind == "retention.status_events"
            )
            .values(died_at=house.clock.now())
        )
        await house.write(lambda tx: tx.execute(died))
        await house.house.wake_rooms()
        await house.write(lambda tx: events(tx, house.clock.now() - 200 * DAY, 2))
        assert await house.purge() == {"status_events": 2}


async def test_decisions_go_with_the_events_unless_an_alert_names_them(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path) as house:
        named, other = new_id(), new_id()
        long_ago = house.clock.now() - 200 * DAY

        def decide(tx: Tx) -> None:
            for each in (named, other):
                tx.execute(
                    insert(condition_decisions).values(
                        id=each,
                        tenant_id=tx.tenant,
                        service_id="mail",
                        at=long_ago,
                        verdict="confirmed",
                        episode=1,
                        decision={},
                    )
                )
            tx.execute(insert(alerts).values(**alert(tx, named, long_ago, "resolved")))

        await house.write(decide)
        assert await house.purge() == {"condition_decisions": 1}
        kept = select(condition_decisions.c.id).where(
            condition_decisions.c.tenant_id == house.house.context.tenant
        )
        assert await house.read(lambda tx: list(tx.scalars(kept))) == [named]


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


def message(number: int, cause: Entry | None, body: str) -> Message:
    return Message(
        channel="mail",
        recipient=Recipient("channel", "one", "one@example.org"),
        body=Body({"text": body}),
        key=f"{number}",
        cause=cause.id if cause else None,
        reason="It wanted to hear.",
        purpose="ops",
        thread="service:mail",
    )


def settle(tx: Tx, keys: list[str], state: str, at: datetime) -> None:
    """As if these had been tried once, long ago, with the channel's answer."""
    d = deliveries_table.c
    where = (d.tenant_id == tx.tenant, d.key.in_(keys))
    ids = tx.scalars(select(d.id).where(*where))
    tx.execute(update(deliveries_table).where(*where).values(state=state, finished_at=at))
    tx.execute(
        insert(delivery_attempts),
        [
            {
                "delivery_id": each,
                "number": 1,
                "tenant_id": tx.tenant,
                "started_at": at,
                "ended_at": at,
                "outcome": state,
                "answer": "250",
                "owner": "one",
            }
            for each in ids
        ],
    )


async def _messages(house: Attic) -> None:
    """1, 2: of an alert, sent and failed; 3: of an update; 4: of an alert, still waiting."""

    def enter(tx: Tx) -> None:
        of_alert = tx.record(Fact("alert.raised", "alert:" + new_id().hex))
        of_update = tx.record(Fact("incident.update_published", "incident:" + new_id().hex))
        for number, cause, body in ((1, of_alert, "a"), (2, of_alert, "b"), (3, of_update, "b")):
            tx.send(message(number, cause, body))
        tx.send(message(4, of_alert, "c"))
        settle(tx, ["1", "3"], "sent", tx.now)
        settle(tx, ["2"], "failed", tx.now)

    await house.write(enter)
    house.clock.move(100 * DAY)


async def test_messages_of_alerts_and_all_others_have_a_window_each(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path, RETENTION_DAYS_ALERT_SENT_LOG=90) as house:
        await _messages(house)
        purged = await house.purge()
        assert purged["alert_deliveries"] == 2
        assert "deliveries" not in purged
        keys = select(deliveries_table.c.key).where(
            deliveries_table.c.tenant_id == house.house.context.tenant
        )
        assert sorted(await house.read(lambda tx: list(tx.scalars(keys)))) == ["3", "4"]
        assert await house.count(delivery_attempts) == 1
        await house.purge()
        # "b" is said by the message that stays, "c" by the one that waits
        assert await house.count(delivery_bodies) == 2


async def test_other_messages_go_where_somebody_asks_for_it(database_url: str, tmp_path: Path):
    asked = {"RETENTION_DAYS_ALERT_SENT_LOG": 0, "RETENTION_DAYS_DELIVERIES": 1}
    async with attic(database_url, tmp_path, **asked) as house:
        await _messages(house)
        assert (await house.purge())["deliveries"] == 1
        assert await house.count(deliveries_table) == 3


async def test_a_message_of_the_auditors_last_days_stays_whatever_the_setting_says(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path, RETENTION_DAYS_DELIVERIES=1) as house:
        house.clock.move(5 * DAY)  # the pass comes two days after the message
        await house.write(lambda tx: tx.send(message(1, None, "a")))
        await house.write(lambda tx: settle(tx, ["1"], "sent", tx.now))
        house.clock.move(2 * DAY)
        await house.work()
        assert await house.count(deliveries_table) == 1


async def test_the_journal_keeps_what_is_open_and_what_caused_a_message(
    database_url: str, tmp_path: Path
):
    async with attic(database_url, tmp_path, RETENTION_DAYS_JOURNAL=30) as house:

        def happen(tx: Tx) -> None:
            live = incidents.open_incident(tx, incidents.IncidentDraft("Live", Severity.LOW))
            over = incidents.open_incident(tx, incidents.IncidentDraft("Over", Severity.LOW))
            incidents.cancel(tx, over.id, "No trouble at all.")
            open_alert = alert(tx, new_id(), tx.now, "firing")
            tx.execute(insert(alerts).values(**open_alert))
            for kind, subject in (
                ("test.live", subject_of("incident", live.id)),
                ("test.over", subject_of("incident", over.id)),
                ("test.firing", subject_of("alert", open_alert["id"])),
                ("test.of_its_service", subject_of("service", "mail")),
                ("test.of_another", subject_of("service", "files")),
            ):
                tx.record(Fact(kind, subject))
            told = tx.record(Fact("test.told", "channel:one"))
            failing = tx.record(Fact("test.to_react_to", "channel:one"))
            tx.schedule(REACT, f"gone.reaction:{failing.id.hex}")
            tx.send(message(1, told, "a"))
            tx.record(
                Fact("audit.found", "audit:dead_work", {"check": "dead_work", "subjects": ["x"]})
            )
            tx.record(
                Fact("audit.found", "audit:late_work", {"check": "late_work", "subjects": ["x"]})
            )
            tx.record(Fact("audit.gone", "audit:late_work", {"check": "late_work", "count": 1}))

        item = agenda_items.c
        dead = (
            update(agenda_items)
            .where(item.tenant_id == house.house.context.tenant, item.kind == REACT)
            .where(item.key.startswith("gone.reaction"))
            .values(died_at=house.clock.now())
        )
        await house.write(happen)
        await house.write(lambda tx: tx.execute(dead))
        await house.work()  # reactions read their facts first
        house.clock.move(60 * DAY)
        assert (await house.purge())["journal"] >= 3
        rows = select(journal.c.kind, journal.c.subject).where(
            journal.c.tenant_id == house.house.context.tenant
        )
        left = await house.read(lambda tx: {(row.kind, row.subject) for row in tx.all(rows)})
        kinds = {kind for kind, _ in left}
        assert {"test.live", "test.firing", "test.of_its_service", "test.told"} <= kinds
        assert "test.to_react_to" in kinds
        assert not kinds & {"test.over", "test.of_another", "audit.gone"}
        assert ("audit.found", "audit:dead_work") in left
        assert ("audit.found", "audit:late_work") not in left


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


async def test_every_scan_walks_an_index(sqlite_url: str, tmp_path: Path):
    async with attic(sqlite_url, tmp_path) as house:
        purges = [purge for wiring in house.house.wirings for purge in wiring.purges]
        assert len(purges) > 10
        for purge in purges:
            table, at, key = purge.table.name, purge.at, purge.key
            within = " AND line = 'raw'" if purge.within is not None else ""
            plan = text(
                f"EXPLAIN QUERY PLAN SELECT {key} FROM {table} WHERE tenant_id = x'00'{within}"
                f" AND {at} < 5 AND {at} >= 1 AND ({at} > 1 OR {key} > x'00')"
                f" ORDER BY {at}, {key} LIMIT 500"
            )
            steps = [row[3] for row in await house.read(partial(ReadTx.all, statement=plan))]
            assert len(steps) == 1, (purge.name, steps)
            assert steps[0].startswith(f"SEARCH {table} USING"), steps
            assert f"AND {at}>? AND {at}<?)" in steps[0], steps
