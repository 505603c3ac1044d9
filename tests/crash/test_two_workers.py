"""Two workers on one PostgreSQL: each piece of work is done by one, and one can stand in."""

import asyncio
import time
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.crash.scene import Process, Scene, scene, until
from tests.crash.worker_main import COUNT, COUNTED, LEASE, TRACES
from tocsin.adapters.email.channel import LIMITS
from tocsin.platform.database import Lane, ReadTx, Tx
from tocsin.platform.delivery import Body, Message, Recipient
from tocsin.platform.delivery.tables import delivery_attempts
from tocsin.platform.journal.tables import journal

pytestmark = [pytest.mark.crash, pytest.mark.postgres]

LETTERS, ITEMS = 300, 200
_FALLBACK_POLL = 1.0
_BUSY_MACHINE = 3.0


async def test_two_workers_share_the_work_and_do_each_piece_once(
    tmp_path: Path, postgres_url: str
) -> None:
    async with scene(tmp_path / "data", postgres_url) as place:
        both = [await place.worker(), await place.worker()]
        await _give_work(place)
        await place.settle(LETTERS, within=40)

        assert Counter(map(len, place.sink.by_message().values())) == {1: LETTERS}
        traces = _traces(place)
        assert sorted(key for key, _ in traces) == _keys()
        assert sorted(await place.desk.read(_counted)) == _keys()
        assert {pid for _, pid in traces} == {worker.pid for worker in both}
        assert await place.desk.read(_senders) == {worker.pid for worker in both}
        assert await place.findings() == []


async def test_when_one_of_two_workers_is_killed_the_other_takes_over_within_its_lease(
    tmp_path: Path, postgres_url: str
) -> None:
    async with scene(tmp_path / "data", postgres_url) as place:
        place.sink.seconds = 0.05
        doomed, other = await place.worker(), await place.worker()
        await _give_work(place)
        letters, keys = await _kill_midway(place, doomed)
        took = await _seconds_until_done(place, letters, keys)
        await place.settle(LETTERS, within=40)

        assert took < LEASE.total_seconds() + _FALLBACK_POLL + _BUSY_MACHINE
        _check_letters(place, letters)
        traces = Counter(key for key, _ in _traces(place))
        assert sorted(traces) == _keys()
        assert {key for key, times in traces.items() if times > 1} <= keys
        assert sorted(await place.desk.read(_counted)) == _keys()
        assert other.popen.poll() is None
        assert await place.findings() == []
        assert await place.dead() == []
        assert await place.leases() == 0


async def _give_work(place: Scene) -> None:
    """Letters to as many people, and items that leave traces."""
    await place.desk.write_in(Lane.BULK, _enter_letters)
    await place.desk.write_in(Lane.BULK, _schedule_items)


async def _kill_midway(place: Scene, doomed: Process) -> tuple[set[UUID], set[str]]:
    """Kill once it has both kinds of work in hand; returns what it held."""
    await until(lambda: len(place.sink.arrivals) > 40, 20)
    await until(lambda: any(pid == doomed.pid for _, pid in _traces(place)), 20)
    doomed.kill()
    letters, keys = await place.held_by(doomed.pid)
    assert letters | keys, "it had nothing in hand"
    return letters, keys


async def _seconds_until_done(place: Scene, letters: set[UUID], keys: set[str]) -> float:
    began = time.monotonic()
    while not await _done(place, letters, keys):
        assert time.monotonic() - began < 30, await place.unrest()
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def _done(place: Scene, letters: set[UUID], keys: set[str]) -> bool:
    sent = {row.id for row in await place.rows() if row.state == "sent"}
    return letters <= sent and keys <= set(await place.desk.read(_counted))


def _check_letters(place: Scene, held: set[UUID]) -> None:
    """All arrived; only what the dead worker held came twice, and no more than it could send."""
    arrived = {message: len(times) for message, times in place.sink.by_message().items()}
    repeated = {message for message, times in arrived.items() if times > 1}
    assert len(arrived) == LETTERS
    assert repeated <= {f"<{letter.hex}@localhost>" for letter in held}
    assert len(repeated) <= LIMITS.at_once
    assert max(arrived.values()) <= 2


def _traces(place: Scene) -> list[tuple[str, int]]:
    path = place.place / TRACES
    lines = path.read_text().splitlines() if path.exists() else []
    return [(key, int(pid)) for key, pid in (line.split() for line in lines)]


def _keys() -> list[str]:
    return [f"item-{number:03d}" for number in range(ITEMS)]


def _enter_letters(tx: Tx) -> None:
    body = Body({"subject": "Once", "text": "Once only.", "html": "<p>Once only.</p>"})
    tx.send_all([_letter(body, number) for number in range(LETTERS)])


def _letter(body: Body, number: int) -> Message:
    address = f"reader-{number:03d}@example.org"
    return Message(
        channel="mail",
        recipient=Recipient("subscriber", f"{number:032x}", address),
        body=body,
        key=f"once:{number}",
        cause=None,
        reason="stands on this test's list",
        purpose="subscriber",
        thread=f"crash:{number}",
        lane=Lane.BULK,
    )


def _schedule_items(tx: Tx) -> None:
    for key in _keys():
        tx.schedule(COUNT, key)


def _counted(tx: ReadTx) -> list[str]:
    facts = select(journal.c.subject).where(
        journal.c.tenant_id == tx.tenant, journal.c.kind == COUNTED
    )
    return [subject.partition(":")[2] for subject in tx.scalars(facts)]


def _senders(tx: ReadTx) -> set[int]:
    """The process ids that stand in the attempts' owners (`host-pid-random`)."""
    owners = select(delivery_attempts.c.owner).where(delivery_attempts.c.tenant_id == tx.tenant)
    return {int(owner.rsplit("-", 2)[1]) for owner in tx.scalars(owners.distinct())}
