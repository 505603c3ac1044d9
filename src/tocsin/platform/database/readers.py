"""Readers: queries on their own read-only connections, each stopped after five seconds."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tocsin.kernel.clock import Clock
from tocsin.kernel.errors import Unavailable

from .engines import READ_SECONDS
from .tx import Context, InsideUnit, ReadTx

_STEPS = 20_000
_MOST_WAITING = 512


class Readers:
    """A bounded pool; past its bound a read is refused at once with 503."""

    def __init__(self, engine: Engine, clock: Clock, threads: int = 4) -> None:
        self._engine = engine
        self._clock = clock
        self._places = threading.BoundedSemaphore(_MOST_WAITING)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="tocsin-reader")

    def submit(
        self, query: Callable[..., Any], context: Context, *args: Any, **kwargs: Any
    ) -> "Future[Any]":
        """Run a query in the pool; a query that takes too long raises Unavailable (503)."""
        if not self._places.acquire(blocking=False):
            raise Unavailable("Too many questions at once. Try again shortly.", code="overloaded")
        try:
            future = self._pool.submit(self._run, query, context, args, kwargs)
        except RuntimeError as error:
            self._places.release()
            raise Unavailable("Tocsin is stopping.", code="stopping") from error
        future.add_done_callback(lambda _: self._places.release())
        return future

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._engine.dispose()

    def _run(
        self,
        query: Callable[..., Any],
        context: Context,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        try:
            with self._engine.connect() as connection, connection.begin():
                _limit(connection)
                with InsideUnit():
                    return query(ReadTx(connection, self._clock.now(), context), *args, **kwargs)
        except DBAPIError as error:
            if _was_interrupted(error):
                raise Unavailable(
                    f"The answer took longer than {READ_SECONDS} s.", code="too_slow"
                ) from error
            raise


def _limit(connection: Connection) -> None:
    """SQLite has no statement timeout: count its steps and look at the clock now and then."""
    if connection.dialect.name != "sqlite":
        return
    deadline = time.monotonic() + READ_SECONDS
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)


def _was_interrupted(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) == "57014":
        return True
    return str(error.orig) == "interrupted"
