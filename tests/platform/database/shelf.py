"""Two small tables of the tests' own, and verbs over them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Executable,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
    update,
)

from tests.support.spine import START
from tocsin.kernel.clock import ManualClock
from tocsin.kernel.errors import Conflict, Invalid, NotFound, TocsinError
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import (
    Context,
    Database,
    Id,
    Json,
    ReadTx,
    Tx,
    insert_or,
    normalise,
    once_engine,
)
from tocsin.platform.database.metadata import TENANT as TENANT_COLUMN

OURS = UUID("01900000-0000-7000-8000-000000000001")
THEIRS = UUID("01900000-0000-7000-8000-000000000002")
CONTEXT = Context(OURS, SYSTEM)

metadata = MetaData()
jars = Table(
    "test_jars",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(TENANT_COLUMN, Id, nullable=False),
    Column("name", String(40), nullable=False),
    Column("marbles", Integer, nullable=False, default=0),
    Column("notes", Json),
    UniqueConstraint(TENANT_COLUMN, "name"),
)
lids = Table(
    "test_lids",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(TENANT_COLUMN, Id, nullable=False),
    Column("jar_id", Integer, nullable=False),
)
plain = Table("test_plain", metadata, Column("id", Integer, primary_key=True))

REFUSALS: tuple[type[TocsinError], ...] = (NotFound, Conflict, Invalid)


class NoRecorder:
    """These tests write rows, and neither facts nor messages."""

    def record(self, *_: Any) -> Any:
        raise NotImplementedError

    def announce(self, *_: Any) -> Any:
        raise NotImplementedError

    def schedule(self, *_: Any) -> Any:
        raise NotImplementedError

    def cancel(self, *_: Any) -> Any:
        raise NotImplementedError

    def send(self, *_: Any) -> Any:
        raise NotImplementedError

    def send_all(self, *_: Any) -> Any:
        raise NotImplementedError


def build(url: str) -> None:
    engine = once_engine(normalise(url))
    metadata.create_all(engine)
    engine.dispose()


def open_database(url: str, **options: Any) -> Database:
    return Database(url, ManualClock(START), NoRecorder(), **options)


@asynccontextmanager
async def shelf(url: str, **options: Any) -> AsyncIterator[Database]:
    build(url)
    database = open_database(url, **options)
    try:
        yield database
    finally:
        database.close()


def put(tx: Tx, name: str, marbles: int = 0) -> str:
    tx.execute(insert(jars).values(tenant_id=tx.tenant, name=name, marbles=marbles))
    return name


def put_or_refuse(tx: Tx, name: str) -> str:
    row = insert_or(tx, jars).values(tenant_id=tx.tenant, name=name, marbles=0)
    if tx.execute(row.on_conflict_do_nothing()).rowcount == 0:
        raise Conflict(f"There is a jar {name} already.")
    return name


def add_marble(tx: Tx, name: str) -> int:
    """Read, then write: wrong without a lock."""
    identifier = tx.scalar(select(jars.c.id).where(jars.c.tenant_id == tx.tenant, named(name)))
    tx.lock(jars, identifier)
    marbles: int = tx.scalar(
        select(jars.c.marbles).where(jars.c.tenant_id == tx.tenant, named(name))
    )
    tx.execute(
        update(jars).where(jars.c.tenant_id == tx.tenant, named(name)).values(marbles=marbles + 1)
    )
    return marbles + 1


def named(name: str) -> Any:
    return jars.c.name == name


def refuse(tx: Tx, refusal: type[TocsinError]) -> None:
    raise refusal("No.")


def write_then(tx: Tx, name: str, error: Exception) -> None:
    put(tx, name)
    raise error


def names(tx: ReadTx) -> list[str]:
    return sorted(tx.scalars(select(jars.c.name).where(jars.c.tenant_id == tx.tenant)))


def marbles_in(tx: ReadTx, name: str) -> int:
    count: int = tx.scalar(select(jars.c.marbles).where(jars.c.tenant_id == tx.tenant, named(name)))
    return count


def run(statement: Executable) -> Callable[[ReadTx], Any]:

    def execute(tx: ReadTx) -> None:
        tx.execute(statement)

    return execute
