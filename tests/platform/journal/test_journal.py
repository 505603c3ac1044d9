"""Facts are written with the change they tell of, and reach whoever reacts."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from tests.support.spine import PERSON, START, TENANT, Workshop, workshop
from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import SYSTEM, Actor, ActorKind, Entry, Fact, Visibility
from tocsin.platform.agenda import AgendaRunner, Item, VerbJob, dead_items
from tocsin.platform.database import Context, Desk, ReadTx, Task, Tx
from tocsin.platform.journal import (
    Cancel,
    Effect,
    Hint,
    LaterReaction,
    NowReaction,
    Reactions,
    Schedule,
    entry,
    recent_entries,
)
from tocsin.platform.wiring import Wiring

RANG, STRUCK, FELL_SILENT = "test.rang", "test.struck", "test.fell_silent"


def record(tx: Tx, fact: Fact) -> Entry:
    return tx.record(fact)


def ring(number: int = 0, subject: str = "bell:one", **more: Any) -> Fact:
    return Fact(RANG, subject, {"number": number}, **more)


class Listener:
    """Reacts to bells: now with work for later and its cancelling, later with a memory."""

    def __init__(self) -> None:
        self.heard: dict[str, list[int]] = defaultdict(list)
        self.actors: list[Actor] = []
        self.struck: list[str] = []
        self.failing: Exception | None = None

    def now(self, fact: Entry) -> Iterable[Effect]:
        if fact.kind == FELL_SILENT:
            return [Cancel(STRUCK, fact.subject)]
        later = fact.recorded_at + timedelta(minutes=1)
        return [Schedule(Task(STRUCK, fact.subject, later, {}))]

    def later(self, tx: Tx, fact: Entry) -> None:
        if self.failing is not None:
            raise self.failing
        number, actor = fact.payload["number"], tx.actor
        tx.after_commit(lambda: self.heard[fact.subject].append(number))
        tx.after_commit(lambda: self.actors.append(actor))

    def strike(self, tx: Tx, item: Item) -> None:
        tx.after_commit(lambda: self.struck.append(item.key))

    @property
    def wiring(self) -> Wiring:
        return Wiring(
            "test",
            reactions=(
                NowReaction("test.plan", (RANG, FELL_SILENT), self.now),
                LaterReaction("test.hear", (RANG,), self.later),
            ),
            handlers=(VerbJob(STRUCK, self.strike),),
        )


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def ws(database_url: str, listener: Listener):
    async with workshop(database_url, [listener.wiring]) as house:
        yield house


async def test_a_fact_comes_back_as_it_was_recorded(ws: Workshop):
    fact = Fact(
        RANG,
        "bell:one",
        {"number": 1, "names": ["Ä"], "none": None},
        thread="tower:one",
        happened_at=START - timedelta(days=3),
        visibility=Visibility.PUBLIC,
        version=2,
        silent=True,
        drill=True,
    )
    written = await ws.desk.write(record, fact)
    assert await ws.desk.read(entry, written.id) == written
    assert (written.actor, written.tenant, written.recorded_at) == (PERSON, TENANT, START)
    assert (written.happened_at, written.thread) == (fact.happened_at, "tower:one")


async def test_a_change_that_is_undone_leaves_no_fact_and_no_work(ws: Workshop, listener: Listener):
    hints: list[Hint] = []
    ws.platform.spine.hint = hints.append

    def fails(tx: Tx) -> None:
        tx.record(ring())
        raise ValueError("undo")

    with pytest.raises(ValueError, match="undo"):
        await ws.desk.write(fails)
    await ws.pass_time(timedelta(minutes=2))
    assert await ws.facts(RANG) == []
    assert (listener.heard, listener.struck, hints) == ({}, [], [])


async def test_a_fact_hints_once_it_is_durable(ws: Workshop):
    hints: list[Hint] = []
    ws.platform.spine.hint = hints.append
    await ws.desk.write(record, ring(visibility=Visibility.PUBLIC))
    await ws.desk.write(record, ring(subject="bell:two"))
    assert hints == [
        Hint(TENANT, RANG, "bell:one", public=True),
        Hint(TENANT, RANG, "bell:two", public=False),
    ]


async def test_reactions_now_belong_to_the_same_change(ws: Workshop, listener: Listener):
    await ws.desk.write(record, ring())
    await ws.pass_time(timedelta(seconds=59))
    assert listener.struck == []
    await ws.pass_time(timedelta(seconds=1))
    assert listener.struck == ["bell:one"]


async def test_a_reaction_can_take_work_away_again(ws: Workshop, listener: Listener):
    await ws.desk.write(record, ring())
    await ws.desk.write(record, Fact(FELL_SILENT, "bell:one"))
    await ws.pass_time(timedelta(minutes=5))
    assert listener.struck == []


async def test_a_reaction_acts_for_whoever_caused_it(ws: Workshop, listener: Listener):
    await ws.desk.write(record, ring())
    await ws.settle()
    assert listener.actors == [PERSON]


async def test_later_reactions_hear_each_subject_in_order(database_url: str, listener: Listener):
    async with workshop(database_url, [listener.wiring], rehearse=False) as ws:
        context = Context(TENANT, SYSTEM)
        runners = [AgendaRunner(ws.database, ws.platform.handlers, context) for _ in range(3)]
        for runner in runners:
            await runner.start()
        for number in range(25):
            for subject in ("bell:one", "bell:two", "bell:three"):
                await ws.desk.write(record, ring(number, subject))
        async with asyncio.timeout(20):
            while sum(map(len, listener.heard.values())) < 75:  # noqa: ASYNC110 - in other threads
                await asyncio.sleep(0.01)
        for runner in runners:
            await runner.stop()
    assert dict(listener.heard) == {
        f"bell:{name}": list(range(25)) for name in ("one", "two", "three")
    }


async def test_a_reaction_that_fails_is_tried_again(ws: Workshop, listener: Listener):
    listener.failing = ValueError("deaf")
    await ws.desk.write(record, ring(1))
    await ws.desk.write(record, ring(2))
    await ws.settle()
    listener.failing = None
    await ws.pass_time(timedelta(seconds=1))
    assert listener.heard["bell:one"] == [1, 2]


async def test_a_reaction_that_keeps_failing_is_visibly_dead(ws: Workshop, listener: Listener):
    listener.failing = ValueError("deaf")
    fact = await ws.desk.write(record, ring())
    await ws.pass_time(timedelta(minutes=10), timedelta(minutes=1))
    [dead] = await ws.house.read(dead_items)
    assert dead["payload"] == {"reaction": "test.hear", "entry": fact.id.hex}
    [died] = await ws.facts("agenda.item_died")
    assert died.payload["attempts"] == 8
    assert died.subject == f"agenda:{dead['seq']}"


async def test_a_thread_is_told_as_it_happened_not_as_it_was_learnt(ws: Workshop):
    await ws.desk.write(record, ring(2, thread="tower:one"))
    earlier = START - timedelta(hours=1)
    await ws.desk.write(record, ring(1, "bell:two", thread="tower:one", happened_at=earlier))
    await ws.desk.write(record, ring(3, thread="tower:two"))
    told = await ws.thread("tower:one")
    assert [fact.payload["number"] for fact in told] == [1, 2]


async def test_pages_of_the_journal_miss_nothing_and_repeat_nothing(ws: Workshop):
    for number in range(25):
        if number % 10 == 0:
            ws.clock.move(timedelta(seconds=1))
        await ws.desk.write(record, ring(number))
    seen: list[int] = []
    before = None
    while page := await ws.desk.read(newest, before):
        seen.extend(fact.payload["number"] for fact in page)
        before = (page[-1].recorded_at, page[-1].id)
    assert sorted(seen) == list(range(25))
    assert len(seen) == 25


def newest(tx: ReadTx, before: Any) -> list[Entry]:
    return recent_entries(tx, kinds=[RANG], before=before, limit=7)


async def test_nobody_reads_another_tenants_journal(ws: Workshop):
    written = await ws.desk.write(record, ring())
    stranger = Desk(ws.database, Context(written.id, PERSON))
    with pytest.raises(NotFound):
        await stranger.read(entry, written.id)
    assert await stranger.read(newest, None) == []


def test_two_reactions_cannot_share_a_name(listener: Listener):
    reactions = Reactions()
    reactions.add(LaterReaction("test.hear", (RANG,), listener.later))
    with pytest.raises(ValueError, match=r"test\.hear"):
        reactions.add(LaterReaction("test.hear", (STRUCK,), listener.later))


def test_an_actor_is_read_back():
    actor = Actor(ActorKind.RULE, "default:rule")
    assert Actor.parse(str(actor)) == actor
