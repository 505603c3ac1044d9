"""What both writers share: run one unit, rehearse it in tests, settle its future."""

import random
import time
from collections.abc import Callable
from concurrent.futures import InvalidStateError
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from sqlalchemy import Connection

from tocsin.kernel.clock import Clock
from tocsin.kernel.errors import Unavailable

from .tx import InsideUnit, Lane, Recorder, Tx
from .units import Unit

After = list[Callable[[], None]]
TRIES = 5

log = structlog.get_logger("tocsin.database")


@dataclass(slots=True)
class Writing:
    """The writers' common parts; `rehearse` runs every unit twice, to prove that it may.

    `waited` takes how many seconds a unit of a lane was queued.
    """

    clock: Clock
    recorder: Recorder
    rehearse: bool = False
    waited: Callable[[Lane, float], None] = lambda *_: None

    def run(self, connection: Connection, unit: Unit) -> tuple[Any, After]:
        self.waited(unit.lane, time.perf_counter() - unit.queued_at)
        if self.rehearse:
            self._rehearse(connection, unit)
        return self._run_once(connection, unit)

    def _rehearse(self, connection: Connection, unit: Unit) -> None:
        savepoint = connection.begin_nested()
        try:
            self._run_once(connection, unit)
        finally:
            savepoint.rollback()

    def _run_once(self, connection: Connection, unit: Unit) -> tuple[Any, After]:
        after: After = []
        tx = Tx(connection, self.clock.now(), unit.context, self.recorder, after)
        with InsideUnit():
            return unit.run(tx), after


class Writer(Protocol):
    """Takes units, makes them durable, resolves their futures after COMMIT."""

    def submit(self, unit: Unit) -> None: ...

    def close(self) -> None: ...


def succeed(unit: Unit, value: Any, after: After) -> None:
    """Announce what is durable, then resolve; an announcement that fails changes neither."""
    for action in after:
        try:
            action()
        except Exception:
            log.exception("database.after_commit_failed")
    try:
        unit.future.set_result(value)
    except InvalidStateError:
        return  # the caller gave up waiting; the work is durable all the same


def fail(unit: Unit, error: BaseException) -> None:
    try:
        unit.future.set_exception(error)
    except InvalidStateError:
        return  # the caller gave up waiting


def pause_before_retry(attempt: int) -> None:
    """Back off with full jitter: at most 10, 20, 40 … ms."""
    time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter is no secret


def database_busy() -> Unavailable:
    return Unavailable("The database is busy. Nothing was changed; try again.", code="busy")
