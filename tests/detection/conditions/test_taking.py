"""Samples become rows: both lines, events, decisions and facts, in the unit of the poll."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from tests.support.detection import ALERTS, CONDITIONS, ROOM
from tests.support.spine import START, Workshop, workshop
from tocsin.detection import alerts, conditions
from tocsin.detection.signals import ServiceSample
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import LineKind
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Workshop]:
    async with workshop(database_url, [CONDITIONS, ALERTS]) as shop:
        draft = ServiceDraft("github", "GitHub", Category.ENGINEERING, {"kind": "manual"}, tier=1)
        await shop.desk.write(catalog.declare_service, draft)
        yield shop


def sample(at: datetime, status: Status, **changes: Any) -> ServiceSample:
    values: dict[str, Any] = {
        "service_id": "github",
        "at": at,
        "status": status,
        "maintenance": False,
        "detail": None,
        "health": "ok",
        "counts": True,
    }
    return ServiceSample(**(values | changes))


async def take(house: Workshop, status: Status, polls: int = 1, **changes: Any) -> None:
    for _ in range(polls):
        house.clock.move(MINUTE)
        await house.house.write(ROOM.taken, sample(house.clock.now(), status, **changes))
    await house.settle()


async def line(house: Workshop, kind: LineKind) -> list[tuple[float, Status]]:
    def read(tx: ReadTx) -> list[tuple[float, Status]]:
        window = Interval(START, tx.now)
        found = conditions.segments(tx, kind, window).get("github", [])
        return [((one.start - START).total_seconds() / 60, one.state) for one in found]

    return await house.house.read(read)


async def test_the_raw_line_follows_at_once_and_the_confirmed_one_is_back_dated(house):
    await take(house, Status.OPERATIONAL, polls=3)
    await take(house, Status.MAJOR_OUTAGE, polls=10)
    assert await line(house, LineKind.RAW) == [(1, Status.OPERATIONAL), (4, Status.MAJOR_OUTAGE)]
    assert await line(house, LineKind.CONFIRMED) == [(1, Status.OPERATIONAL)]

    await take(house, Status.MAJOR_OUTAGE)
    assert await line(house, LineKind.CONFIRMED) == [
        (1, Status.OPERATIONAL),
        (4, Status.MAJOR_OUTAGE),
    ]
    state = await house.house.read(conditions.state, "github")
    assert state is not None
    assert state.confirmed is Status.MAJOR_OUTAGE
    assert state.confirmed_since == START + 4 * MINUTE


async def test_an_alert_comes_with_the_confirmation_and_goes_with_the_recovery(house):
    await take(house, Status.OPERATIONAL)
    await take(house, Status.PARTIAL_OUTAGE, polls=10)
    assert await house.house.read(alerts.alerts_of, "github") == []

    await take(house, Status.PARTIAL_OUTAGE)
    (raised,) = await house.house.read(alerts.alerts_of, "github")
    assert (raised.status, raised.is_open) == (Status.PARTIAL_OUTAGE, True)
    assert raised.since == START + 2 * MINUTE

    await take(house, Status.OPERATIONAL)
    (waiting,) = await house.house.read(alerts.alerts_of, "github")
    assert waiting.is_open
    await take(house, Status.OPERATIONAL)
    (resolved,) = await house.house.read(alerts.alerts_of, "github")
    assert not resolved.is_open
    kinds = [fact.kind for fact in await house.facts() if fact.kind.startswith("alert.")]
    assert kinds == ["alert.raised", "alert.resolved"]


async def test_every_decision_keeps_its_reason_and_figures(house):
    await take(house, Status.OPERATIONAL)
    await take(house, Status.DEGRADED, polls=2)
    kept = await house.house.read(conditions.decisions_of, "github")
    newest = kept[0].decision
    assert newest.verdict == "not_yet"
    assert newest.evidence is not None
    assert (newest.evidence.polls, newest.evidence.polls_needed) == (2, 3)
    assert newest.reason


async def test_a_failed_poll_neither_counts_nor_resets(house):
    await take(house, Status.OPERATIONAL)
    await take(house, Status.MAJOR_OUTAGE, polls=5)
    await take(house, Status.MAJOR_OUTAGE, polls=2, health="failing", counts=False)
    await take(house, Status.MAJOR_OUTAGE, polls=4)
    (raised,) = await house.house.read(alerts.alerts_of, "github")
    assert raised.since == START + 2 * MINUTE


async def test_a_broken_poller_is_unknown_and_no_alert(house):
    await take(house, Status.OPERATIONAL)
    await take(house, Status.UNKNOWN, health="broken", counts=False)
    state = await house.house.read(conditions.state, "github")
    assert state is not None
    assert (state.status, state.poller_health) == (Status.UNKNOWN, "broken")
    assert (state.last_good_status, state.last_good_at) == (Status.OPERATIONAL, START + MINUTE)
    assert await house.house.read(alerts.alerts_of, "github") == []


async def test_a_persons_word_is_confirmed_at_once(house):
    await take(house, Status.OPERATIONAL)
    await take(house, Status.MAJOR_OUTAGE, by_hand=True, spoken=True)
    (raised,) = await house.house.read(alerts.alerts_of, "github")
    assert raised.status is Status.MAJOR_OUTAGE
    assert (await line(house, LineKind.CONFIRMED))[-1] == (2, Status.MAJOR_OUTAGE)


async def test_an_own_check_is_believed_at_once(house):
    await take(house, Status.OPERATIONAL, settled=True)
    await take(house, Status.MAJOR_OUTAGE, settled=True)
    (raised,) = await house.house.read(alerts.alerts_of, "github")
    assert raised.is_open


async def test_a_steady_service_costs_one_small_update(sqlite_url):
    async with workshop(sqlite_url, [CONDITIONS], rehearse=False) as shop:
        draft = ServiceDraft("github", "GitHub", Category.ENGINEERING, {"kind": "manual"})
        await shop.desk.write(catalog.declare_service, draft)
        await take(shop, Status.OPERATIONAL, polls=3)
        statements: list[str] = []

        def taken(tx: Any) -> None:
            def note(connection, cursor, statement, *_):
                statements.append(statement.split()[0])

            event.listen(tx.connection.engine, "before_cursor_execute", note)
            try:
                ROOM.taken(tx, sample(tx.now, Status.OPERATIONAL))
            finally:
                event.remove(tx.connection.engine, "before_cursor_execute", note)

        shop.clock.move(MINUTE)
        await shop.house.write(taken)
        assert statements == ["SELECT", "UPDATE"]
