"""The ledger stays quick when it is long: nothing the house asks of it walks the whole table."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text, update

from tests.platform.delivery.postbox import Postbox, message, refused
from tests.support.spine import START, TENANT, workshop
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.facts import SYSTEM
from tocsin.kernel.ids import new_id
from tocsin.platform.assembly import assemble
from tocsin.platform.database import Context, Lane, Tx
from tocsin.platform.delivery import (
    Body,
    Claimed,
    DeliveryFilter,
    DeliveryState,
    Limits,
    Recipient,
    counts_of_causes,
    deliveries,
    deliveries_table,
    readdress,
    release_blocked,
    send_again,
    waiting_count,
    withdraw,
)
from tocsin.platform.delivery.claims import claim, owners, put_back, something_is_due
from tocsin.platform.delivery.outcomes import Outcome, finish

ROWS = 20_000
LIMITS = Limits(at_once=8)
PICKY = Limits(at_once=8, one_per_recipient=True)
CAUSES = [new_id() for _ in range(ROWS // 500)]

Question = Callable[[Tx], Any]
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="module", params=BOTH)
def long_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A ledger of 20,000 rows: most were sent long ago, some failed, some wait."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('long') / 'ledger.db'}"
        asyncio.run(_fill(url))
        yield url
        return
    server = request.getfixturevalue("postgres_server")
    url = server.create_database()
    asyncio.run(_fill(url))
    yield url
    server.drop_database(url)


async def _fill(url: str) -> None:
    d = deliveries_table
    body = Body({"text": "all of you"})
    async with workshop(url, channels=[Postbox()], rehearse=False) as ws:

        def enter(tx: Tx, number: int) -> None:
            kinds: dict[str, Any] = {
                "body": body,
                "lane": (Lane.BULK, Lane.NORMAL)[number % 2],
                "thread": f"t{number}",
                "cause": CAUSES[number],
            }
            tx.send_all([message(number, f"p{n}", **kinds) for n in range(500)])

        def age(tx: Tx) -> None:
            mine = update(d).where(d.c.tenant_id == TENANT)
            tx.execute(mine.where(d.c.thread.not_in(["t1", "t2"])).values(state="sent"))
            later = START + timedelta(hours=1)
            tx.execute(mine.where(d.c.thread == "t2").values(ready_at=later, last_answer="450"))

        for number in range(ROWS // 500):
            await ws.house.write(enter, number)
        await ws.house.write(age)

        def analyse(tx: Tx) -> None:
            if tx.is_postgres:
                tx.execute(text("ANALYZE"))

        await ws.house.write(analyse)


@contextmanager
def listening(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that run meanwhile."""
    found: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        one = parameters[0] if many and isinstance(parameters, list) else parameters
        found.append((statement, one))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(connection, "before_cursor_execute", note)


def plans(url: str, question: Question) -> list[str]:
    """Ask, roll back, and return how the database would find the answers."""

    def ask(tx: Tx) -> list[str]:
        savepoint = tx.connection.begin_nested()
        with listening(tx.connection) as found:
            question(tx)
        savepoint.rollback()
        return [
            plan
            for statement, parameters in found
            if "deliveries" in statement and not statement.startswith("INSERT")
            for plan in _explain(tx, statement, parameters)
        ]

    platform = assemble(url, ManualClock(START), ())
    try:
        return platform.database.write_now(Context(TENANT, SYSTEM), ask)
    finally:
        platform.database.close()


def _explain(tx: Tx, statement: str, parameters: Any) -> list[str]:
    run = tx.connection.exec_driver_sql
    if not tx.is_postgres:
        return [str(row[3]) for row in run(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    answer = run(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    tree = json.loads(answer) if isinstance(answer, str) else answer
    return list(_nodes(tree[0]["Plan"]))


def _nodes(node: dict[str, Any]) -> Iterator[str]:
    words = (node["Node Type"], node.get("Relation Name", ""), node.get("Index Name", ""))
    yield " ".join([*words, node.get("Index Cond", "")]).strip()
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def walks(plan: str) -> bool:
    """Whether a step reads a tenant's whole ledger; the index of what waits may be walked."""
    partial = "ix_deliveries_due" in plan or "ix_deliveries_owner" in plan
    if partial or "deliver" not in plan:
        return False
    whole_tenant = re.search(r"\(tenant_id=\?( AND id[<>]\?)?\)$|\(tenant_id = '[^ ]*\)$", plan)
    return plan.startswith(("SCAN", "Seq Scan")) or whole_tenant is not None


def take(tx: Tx) -> list[Claimed]:
    found = claim(tx, "post", "me", LIMITS, 8)
    assert len(found) == 8
    return found


def after(tx: Tx, outcome: Outcome) -> None:
    finish(tx, take(tx)[0], outcome, LIMITS)


def failed_row(tx: Tx) -> Any:
    rows = deliveries(tx, DeliveryFilter(state=DeliveryState.SENT, limit=1))
    mine = update(deliveries_table).where(deliveries_table.c.tenant_id == TENANT)
    tx.execute(mine.where(deliveries_table.c.id == rows[0].id).values(state="failed"))
    return rows[0].id


def ask_for(**wanted: Any) -> Question:
    return lambda tx: deliveries(tx, DeliveryFilter(**wanted))


QUESTIONS: dict[str, Question] = {
    "claim": take,
    "claim for one per recipient": lambda tx: claim(tx, "post", "me", PICKY, 8),
    "claim where nothing is due": lambda tx: claim(tx, "none", "me", LIMITS, 8),
    "look": lambda tx: something_is_due(tx, "post", LIMITS),
    "sent": lambda tx: after(tx, Outcome(START, "250")),
    "failed": lambda tx: after(tx, Outcome(START, "450", refused())),
    "gone": lambda tx: after(tx, Outcome(START, "410", refused(permanent=True, gone=True))),
    "stop": lambda tx: put_back(tx, "me"),
    "owners": owners,
    "release": lambda tx: release_blocked(tx, "post"),
    "enter": lambda tx: tx.send(message("new", "p7", thread="t2")),
    "fan out": lambda tx: tx.send_all([message("new", f"p{n}", thread="t2") for n in range(50)]),
    "send again": lambda tx: send_again(tx, failed_row(tx)),
    "move": lambda tx: readdress(tx, "post", Recipient("subscriber", "p7", "new@example.org")),
    "leave": lambda tx: withdraw(tx, "post", "subscriber", "p7", "left"),
    "counts": lambda tx: counts_of_causes(tx, CAUSES[:3]),
    "waiting": waiting_count,
    "by state": ask_for(state=DeliveryState.FAILED),
    "by thread": ask_for(thread="t1"),
    "by cause": ask_for(cause=CAUSES[0]),
    "by channel": ask_for(channel="slack"),
    "by recipient": ask_for(recipient="p7"),
    "by address": ask_for(recipient="p7@example.org", before=new_id()),
}


def test_the_newest_are_read_off_an_index(long_url: str):
    steps = " ".join(plans(long_url, ask_for()))
    assert "Index Scan" in steps or "ix_deliveries_recent" in steps
    assert "Sort" not in steps
    assert "TEMP B-TREE" not in steps


@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_walks_the_whole_ledger(long_url: str, name: str):
    found = plans(long_url, QUESTIONS[name])
    assert found
    assert [plan for plan in found if walks(plan)] == []


def test_claims_read_the_partial_indexes(long_url: str):
    used = set(re.findall(r"ix_deliveries_\w+", " ".join(plans(long_url, take))))
    assert used == {"ix_deliveries_due", "ix_deliveries_order"}
