"""Databases with all tables, made once and handed on: making them took longer than most tests.

A SQLite file is copied from the first one that was made. A PostgreSQL database is emptied after
the test and lent to the next one.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.support.postgres import PostgresServer
from tocsin.platform.database import metadata, normalise, once_engine

_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_FROM_ONE = """
SELECT setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences
WHERE schemaname = 'public'
"""

_files: dict[frozenset[str], bytes] = {}
_tables: dict[str, frozenset[str]] = {}
_free: list[str] = []


def create_schema(url: str) -> None:
    """Create every table that has been imported, in a database without rows."""
    wanted = frozenset(metadata.tables)
    if _tables.get(url) == wanted:
        return
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _write_file(url, Path(parsed.database or ""), wanted)
        return
    _make(url)
    _tables[url] = wanted


@contextmanager
def new_database(server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database in which there is nothing at all."""
    url = server.create_database()
    yield url
    server.drop_database(url)


@contextmanager
def lent_database(server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database without rows; it may have tables, of which only `create_schema` knows."""
    url = _free.pop() if _free else server.create_database()
    yield url
    if url in _tables:
        _empty(url)
        _free.append(url)
    else:
        server.drop_database(url)


def _empty(url: str) -> None:
    named = (table.name for table in reversed(metadata.sorted_tables))
    deletes = [
        sql.SQL("DELETE FROM {};").format(sql.Identifier(name))
        for name in named
        if name in _tables[url]
    ]
    with psycopg.connect(url, options="-c lock_timeout=20s") as connection:
        connection.execute(_ALONE)
        connection.execute(sql.SQL("").join(deletes))
        connection.execute(_FROM_ONE)


def _make(url: str) -> None:
    engine = once_engine(normalise(url))
    with engine.begin() as connection:
        metadata.create_all(connection)
    engine.dispose()


def _write_file(url: str, path: Path, wanted: frozenset[str]) -> None:
    """Put the file there at once and whole: somebody may be about to open it."""
    if path.exists():
        _make(url)
        return
    if wanted not in _files:
        model = path.with_name(f"{uuid4().hex}.db")
        _make(f"sqlite:///{model}")
        with sqlite3.connect(model) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _files[wanted] = model.read_bytes()
    copy = path.with_name(f"{uuid4().hex}.db")
    copy.write_bytes(_files[wanted])
    os.link(copy, path)
    copy.unlink()
