"""Retention: what is old goes, in small units; what is open, named or settled lately stays."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text, update

from tests.app.attic import DAY, WEEK, Attic, alert, attic, events
from tocsin.detection.alerts.tables import alerts
from tocsin.detection.conditions.tables import (
    condition_decisions,
    status_events,
)
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
from tocsin.response import incidents


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
