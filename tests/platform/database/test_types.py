"""Columns mean the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from tests.platform.database.shelf import CONTEXT, jars, put, shelf
from tocsin.platform.database import Database, Instant, ReadTx, Tx, insert_or, machine_now

SQLITE, POSTGRES = sqlite.dialect(), postgresql.dialect()


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_to_the_microsecond(instant: datetime):
    stored = Instant().process_bind_param(instant, SQLITE)
    assert Instant().process_result_value(stored, SQLITE) == instant


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=["sqlite", "postgres"])
def test_an_instant_is_utc_and_never_naive(dialect):
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), dialect)  # noqa: DTZ001 - naive on purpose
    there = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    stored = Instant().process_bind_param(there, dialect)
    assert Instant().process_result_value(stored, dialect) == datetime(2026, 1, 1, tzinfo=UTC)


async def test_an_instant_in_an_expression_says_what_it_is(sqlite_url: str):
    now = datetime(2026, 3, 3, tzinfo=UTC)
    async with shelf(sqlite_url) as db:
        with pytest.raises(StatementError, match="type Instant"):
            await db.write(CONTEXT, lambda tx: tx.scalar(select(func.max(now))))
        with pytest.raises(StatementError, match="type Instant"):
            await db.read(CONTEXT, lambda tx: tx.scalar(select(func.max(now))))
        typed = select(func.max(literal(now, Instant())))
        assert await db.write(CONTEXT, lambda tx: tx.scalar(typed)) == now


@pytest.mark.parametrize("value", [None, [], {"name": "Ä鐘", "list": [1, None, True]}, "text"])
async def test_json_comes_back(db: Database, value: object):
    def write(tx: Tx) -> None:
        put(tx, "jar")
        tx.execute(update(jars).where(jars.c.tenant_id == tx.tenant).values(notes=value))

    def read(tx: ReadTx) -> object:
        return tx.scalar(select(jars.c.notes).where(jars.c.tenant_id == tx.tenant))

    await db.write(CONTEXT, write)
    assert await db.read(CONTEXT, read) == value


async def test_an_upsert_says_whether_it_wrote(db: Database):
    def twice(tx: Tx) -> list[int]:
        row = insert_or(tx, jars).values(tenant_id=tx.tenant, name="jar", marbles=1)
        return [tx.execute(row.on_conflict_do_nothing()).rowcount for _ in range(2)]

    assert await db.write(CONTEXT, twice) == [1, 0]


async def test_machine_time_is_not_product_time(db: Database):
    def difference(tx: Tx) -> timedelta:
        machine = machine_now(tx)
        now: datetime = tx.scalar(select(machine)) if tx.is_postgres else machine
        return abs(now - datetime.now(UTC))

    assert await db.write(CONTEXT, difference) < timedelta(seconds=30)
