"""The edge of the core: `await db.write(context, verb, …)` and `await db.read(context, query, …)`."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Concatenate, ParamSpec, TypeVar

from tocsin.kernel.clock import Clock

from . import tenancy
from .engines import is_sqlite, normalise, reader_engine, sqlite_path, writer_engine
from .filelock import FileLock, InUse, lock_path
from .postgres_writer import PostgresWriter
from .readers import Readers
from .sqlite_writer import SqliteWriter
from .tx import Context, Lane, ReadTx, Recorder, Tx, require_outside_unit
from .units import Unit
from .writing import Writer, Writing

P = ParamSpec("P")
R = TypeVar("R")


class Database:
    """One writer and its readers over one database."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        recorder: Recorder,
        *,
        rehearse: bool = False,
        durable: bool = True,
    ) -> None:
        self.url = normalise(url)
        self.clock = clock
        self._in_use = InUse(sqlite_path(self.url)) if is_sqlite(self.url) else None
        self._writing = Writing(clock, recorder, rehearse)
        self._writer = self._open_writer(self._writing, durable)
        self._readers = self._open_readers()

    @property
    def kind(self) -> str:
        return "sqlite" if is_sqlite(self.url) else "postgresql"

    def watch_waits(self, waited: Callable[[Lane, float], None]) -> None:
        """Have told how many seconds each unit waits for the writer, for metrics; thread-safe."""
        self._writing.waited = waited

    def submit(
        self,
        context: Context,
        verb: Callable[Concatenate[Tx, P], R],
        lane: Lane,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Future[R]":
        """Queue a unit; the future resolves after COMMIT. A full lane raises Unavailable."""
        require_outside_unit()
        unit = Unit(verb, args, kwargs, context, lane)
        self._writer.submit(unit)
        return unit.future

    async def write(
        self,
        context: Context,
        verb: Callable[Concatenate[Tx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a person's verb in the urgent lane."""
        return await self.write_in(Lane.URGENT, context, verb, *args, **kwargs)

    async def write_in(
        self,
        lane: Lane,
        context: Context,
        verb: Callable[Concatenate[Tx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a verb in a named lane."""
        return await asyncio.wrap_future(self.submit(context, verb, lane, *args, **kwargs))

    def write_now(
        self,
        context: Context,
        verb: Callable[Concatenate[Tx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a verb and wait for it, for the command line and start-up."""
        return self.submit(context, verb, Lane.URGENT, *args, **kwargs).result()

    async def read(
        self,
        context: Context,
        query: Callable[Concatenate[ReadTx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a query on a reader."""
        require_outside_unit()
        return await asyncio.wrap_future(self._readers.submit(query, context, *args, **kwargs))

    def read_now(
        self,
        context: Context,
        query: Callable[Concatenate[ReadTx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a query and wait for it, for the command line and start-up."""
        require_outside_unit()
        answer: R = self._readers.submit(query, context, *args, **kwargs).result()
        return answer

    def close(self) -> None:
        """Finish queued writes, then close every connection."""
        self._writer.close()
        self._readers.close()
        if self._in_use is not None:
            self._in_use.close()

    def _open_writer(self, writing: Writing, durable: bool) -> Writer:
        engine = writer_engine(self.url, durable=durable)
        tenancy.install(engine)
        if not is_sqlite(self.url):
            return PostgresWriter(engine, writing)
        return SqliteWriter(engine, FileLock(lock_path(sqlite_path(self.url))), writing)

    def _open_readers(self) -> Readers:
        threads = 4 if is_sqlite(self.url) else 8
        engine = reader_engine(self.url, threads)
        tenancy.install(engine)
        return Readers(engine, self.clock, threads)


class Desk:
    """The database as one caller sees it: every verb and query on behalf of the same context."""

    def __init__(self, database: Database, context: Context) -> None:
        self.database = database
        self.context = context

    async def write(
        self, verb: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a verb in the urgent lane."""
        return await self.database.write(self.context, verb, *args, **kwargs)

    async def write_in(
        self, lane: Lane, verb: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a verb in a named lane."""
        return await self.database.write_in(lane, self.context, verb, *args, **kwargs)

    async def read(
        self, query: Callable[Concatenate[ReadTx, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query."""
        return await self.database.read(self.context, query, *args, **kwargs)
