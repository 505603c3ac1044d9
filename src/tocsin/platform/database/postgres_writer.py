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
_LANES_OF_THREAD = (
    *([(Lane.URGENT,)] * 4),
    *([(Lane.NORMAL, Lane.URGENT)] * 8),
    *([(Lane.BULK,)] * 2),
)


class PostgresWriter:
    """A pool of threads in which bulk work never holds the last hand that people need."""

    def __init__(self, engine: Engine, writing: Writing) -> None:
        self._engine = engine
        self._writing = writing
        self._lanes = {lane: Lanes() for lane in Lane}
        self._ready = threading.Condition()
        self._closed = False
        self._threads = [
            threading.Thread(
                target=self._serve, args=(lanes,), name=f"tocsin-writer-{number}", daemon=True
            )
            for number, lanes in enumerate(_LANES_OF_THREAD)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, unit: Unit) -> None:
        with self._ready:
            if self._closed:
                raise Unavailable("Tocsin is stopping.", code="stopping")
            self._lanes[unit.lane].put(unit)
            self._ready.notify_all()

    def close(self) -> None:
        """Finish what is queued, then stop."""
        with self._ready:
            self._closed = True
            self._ready.notify_all()
        for thread in self._threads:
            thread.join(timeout=10)
        self._engine.dispose()

    def _serve(self, lanes: tuple[Lane, ...]) -> None:
        while (unit := self._wait(lanes)) is not None:
            self._write(unit)

    def _wait(self, lanes: tuple[Lane, ...]) -> Unit | None:
        with self._ready:
            while True:
                for lane in lanes:
                    unit = self._lanes[lane].take()
                    if unit is not None:
                        return unit
                if self._closed:
                    return None
                self._ready.wait()

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
