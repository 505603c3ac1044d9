"""The SQLite writer: one thread, group commit, three lanes, a file lock between processes.

Many units share one transaction and one fsync; their futures resolve after COMMIT. A unit that
refuses before its first write fails alone. Anything else rolls the group back and runs it once
more with a SAVEPOINT per unit, so that only the culprit gets its error.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tocsin.kernel.errors import TocsinError, Unavailable

from .filelock import FileLock
from .tx import Lane
from .units import Lanes, Unit
from .writing import TRIES, After, Writing, database_busy, fail, pause_before_retry, succeed

BATCH_SECONDS = 0.05
BULK_SECONDS = 0.02
BULK_PAUSE_SECONDS = 0.002
BATCH_UNITS = 500
_WHOLE_DATABASE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}

Done = tuple[Unit, Any, After]
Refused = tuple[Unit, BaseException]


class SqliteWriter:
    """Owns the only writing connection of this process."""

    def __init__(self, engine: Engine, lock: FileLock, writing: Writing) -> None:
        self._engine = engine
        self._lock = lock
        self._writing = writing
        self._lanes = Lanes()
        self._ready = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="tocsin-writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Unit) -> None:
        with self._ready:
            if self._closed:
                raise Unavailable("Tocsin is stopping.", code="stopping")
            self._lanes.put(unit)
            self._ready.notify()

    def close(self) -> None:
        """Finish what is queued, then stop."""
        with self._ready:
            self._closed = True
            self._ready.notify()
        self._thread.join(timeout=10)
        self._engine.dispose()
        self._lock.close()

    def _serve(self) -> None:
        """Connect with the first unit, not before: until then somebody may be making the file."""
        while self._wait():
            try:
                connection = self._engine.connect()
            except Exception as error:  # noqa: BLE001 - it becomes the error of the unit
                self._refuse_next(error)
                continue
            with connection:
                self._write_all(connection)

    def _write_all(self, connection: Connection) -> None:
        while self._wait():
            if self._write_batch(connection):
                time.sleep(BULK_PAUSE_SECONDS)

    def _refuse_next(self, error: Exception) -> None:
        unit = self._next()
        if unit is not None:
            fail(unit, error)

    def _wait(self) -> bool:
        with self._ready:
            while not self._lanes and not self._closed:
                self._ready.wait()
            return bool(self._lanes)

    def _next(self) -> Unit | None:
        with self._ready:
            return self._lanes.take()

    def _write_batch(self, connection: Connection) -> bool:
        """Run what waits as one transaction; tell whether bulk work was in it."""
        taken: list[Unit] = []
        try:
            with self._lock:
                done, refused = self._group(connection, taken)
        except Exception as error:  # noqa: BLE001 - a unit spoilt it, or the database refused
            done, refused = self._again(connection, taken, error)
        for unit, value, after in done:
            succeed(unit, value, after)
        for unit, refusal in refused:
            fail(unit, refusal)
        return any(unit.lane is Lane.BULK for unit in taken)

    def _group(self, connection: Connection, taken: list[Unit]) -> tuple[list[Done], list[Refused]]:
        done: list[Done] = []
        refused: list[Refused] = []
        with connection.begin():
            for unit in _Batch(self._next, taken):
                changes = _changes(connection)
                try:
                    value, after = self._writing.run(connection, unit)
                    done.append((unit, value, after))
                except TocsinError as error:
                    if _changes(connection) != changes:
                        raise
                    refused.append((unit, error))
        return done, refused

    def _again(
        self, connection: Connection, taken: list[Unit], error: Exception
    ) -> tuple[list[Done], list[Refused]]:
        """Run a spoilt group once more with a SAVEPOINT per unit; try a busy database anew."""
        if not taken and (unit := self._next()) is not None:
            taken.append(unit)
        for attempt in range(TRIES):
            try:
                with self._lock, connection.begin():
                    return self._separately(connection, taken)
            except Exception as refusal:  # noqa: BLE001 - it becomes the error of all units
                error = refusal
                if not _is_whole_database(refusal):
                    return [], [(unit, refusal) for unit in taken]
                pause_before_retry(attempt)
        busy = database_busy()
        busy.__cause__ = error
        return [], [(unit, busy) for unit in taken]

    def _separately(
        self, connection: Connection, taken: list[Unit]
    ) -> tuple[list[Done], list[Refused]]:
        done: list[Done] = []
        refused: list[Refused] = []
        for unit in taken:
            savepoint = connection.begin_nested()
            try:
                value, after = self._writing.run(connection, unit)
            except Exception as error:
                if _is_whole_database(error):
                    raise
                savepoint.rollback()
                refused.append((unit, error))
            else:
                savepoint.commit()
                done.append((unit, value, after))
        return done, refused


class _Batch:
    """Hands out units until the time is up: 50 ms, or 20 ms once bulk work has run."""

    def __init__(self, take: Callable[[], Unit | None], taken: list[Unit]) -> None:
        self._take = take
        self._taken = taken
        self._began = time.monotonic()
        self._limit = BATCH_SECONDS

    def __iter__(self) -> "_Batch":
        return self

    def __next__(self) -> Unit:
        spent = time.monotonic() - self._began
        if spent > self._limit or len(self._taken) >= BATCH_UNITS:
            raise StopIteration
        unit = self._take()
        if unit is None:
            raise StopIteration
        if unit.lane is Lane.BULK:
            self._limit = BULK_SECONDS
        self._taken.append(unit)
        return unit


def _is_whole_database(error: Exception) -> bool:
    """Whether the database refuses everybody (busy, full), rather than one unit its statement."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return (code & 0xFF) in _WHOLE_DATABASE


def _changes(connection: Connection) -> int:
    driver = connection.connection.driver_connection
    assert driver is not None
    return int(driver.total_changes)
