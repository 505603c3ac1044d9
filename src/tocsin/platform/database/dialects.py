"""The few places where the two databases must be spelt differently."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, func
from sqlalchemy.dialects import postgresql, sqlite

from .tx import ReadTx


def insert_or(tx: ReadTx, table: Table) -> Any:
    """An insert with `.on_conflict_do_nothing()` and `.on_conflict_do_update()`.

    Both databases spell the clause alike, their SQLAlchemy classes only look alike. The result's
    `rowcount` tells whether a row was written, which SQLAlchemy keeps for inserts on request only.
    """
    made: Any = postgresql.insert(table) if tx.is_postgres else sqlite.insert(table)
    return made.execution_options(preserve_rowcount=True)


def machine_now(tx: ReadTx) -> Any:
    """Machine time: the database's clock on PostgreSQL, this host's on SQLite (one host)."""
    return func.clock_timestamp() if tx.is_postgres else datetime.now(UTC)
