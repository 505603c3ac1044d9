"""The PostgreSQL writer: one transaction per unit on bounded threads, retried where the server
says that two units met (40001, 40P01, 55P03)."""

import threading

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tocsin.kernel.errors import Unavailable

from .tx import Lane
from .units import Lanes, Unit
from .writing import TRIES, Writing, database_busy, fail, pause_before_retry, succeed

_RETRY = {"40001", "40P01", "55P03"}
_THREADS = {Lane.URGENT: 6, Lane.NORMAL: 8, Lane.BULK: 2}


class PostgresWriter:
    """A pool of threads per lane: bulk work never holds the last hand that people need."""

    def __init__(self, engine: Engine, writing: Writing) -> None:
        self._engine = engine
        self._writing = writing
        self._lanes = Lanes()
        lock = threading.Lock()
        self._ready = {lane: threading.Condition(lock) for lane in Lane}
        self._closed = False
        self._threads = [
            threading.Thread(
                target=self._serve, args=(lane,), name=f"tocsin-writer-{lane}-{number}", daemon=True
            )
            for lane, threads in _THREADS.items()
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, unit: Unit) -> None:
        ready = self._ready[unit.lane]
        with ready:
            if self._closed:
                raise Unavailable("Tocsin is stopping.", code="stopping")
            self._lanes.put(unit)
            ready.notify()

    def close(self) -> None:
        """Finish what is queued, then stop."""
        for ready in self._ready.values():
            with ready:
                self._closed = True
                ready.notify_all()
        for thread in self._threads:
            thread.join(timeout=10)
        self._engine.dispose()

    def _serve(self, lane: Lane) -> None:
        while (unit := self._wait(lane)) is not None:
            self._write(unit)

    def _wait(self, lane: Lane) -> Unit | None:
        ready = self._ready[lane]
        with ready:
            while (unit := self._lanes.take_from(lane)) is None and not self._closed:
                ready.wait()
            return unit

    def _write(self, unit: Unit) -> None:
        for attempt in range(TRIES):
            try:
                with self._engine.begin() as connection:
                    value, after = self._writing.run(connection, unit)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _RETRY:
                    return fail(unit, error)
                pause_before_retry(attempt)
            except Exception as error:  # noqa: BLE001 - it becomes the future's error
                return fail(unit, error)
            else:
                return succeed(unit, value, after)
        return fail(unit, database_busy())
