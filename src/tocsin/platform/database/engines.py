"""Engines for the two databases: how a connection is opened, and nothing else."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Engine, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

READ_SECONDS = 5


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def normalise(url: str) -> str:
    """Accept the usual spellings of a PostgreSQL address and name our driver."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def sqlite_path(url: str) -> Path:
    return Path(url.partition("///")[2])


def writer_engine(url: str, *, durable: bool = True) -> Engine:
    """The engine units write through; what is not `durable` may be lost with the power."""
    if not is_sqlite(url):
        options = {} if durable else {"options": "-c synchronous_commit=off"}
        return create_engine(
            url, poolclass=QueuePool, pool_size=16, max_overflow=4, connect_args=options
        )
    engine = create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": 30},
    )
    _refuse_bare_datetimes(engine)
    event.listen(engine, "connect", _prepare_sqlite_writer)
    if not durable:
        event.listen(engine, "connect", _trust_the_power)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(url: str, size: int) -> Engine:
    """The engine queries read through; SQLite connections are read-only."""
    if not is_sqlite(url):
        options = f"-c statement_timeout={READ_SECONDS * 1000} -c default_transaction_read_only=on"
        return create_engine(url, pool_size=size, max_overflow=0, connect_args={"options": options})
    path = sqlite_path(url)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
        )

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=size, max_overflow=0
    )
    _refuse_bare_datetimes(engine)
    event.listen(engine, "connect", _prepare_sqlite_reader)
    event.listen(engine, "begin", _begin_deferred)
    return engine


def once_engine(url: str, *, connect_seconds: int | None = None) -> Engine:
    """An engine without a pool, for migrations and the doctor, who waits for no server for long."""
    patience = {"connect_timeout": connect_seconds} if connect_seconds else {}
    return create_engine(
        url, poolclass=NullPool, connect_args={} if is_sqlite(url) else dict(patience)
    )


class _BareDateTime(sqlite.DATETIME):
    """A datetime in an expression of no type: SQLite would keep text among our integers."""

    def bind_processor(self, dialect: Any) -> Any:
        def refuse(value: object) -> None:
            if value is not None:
                raise TypeError("a bare datetime in a statement: give it the type Instant")

        return refuse


def _refuse_bare_datetimes(engine: Engine) -> None:
    engine.dialect.colspecs = {**engine.dialect.colspecs, DateTime: _BareDateTime}


def _prepare_sqlite_writer(connection: Any, _: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-32768",
        "temp_store=MEMORY",
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _trust_the_power(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _prepare_sqlite_reader(connection: Any, _: object) -> None:
    for pragma in ("query_only=ON", "busy_timeout=5000", "cache_size=-16384"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
