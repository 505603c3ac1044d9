"""The transaction a verb works in: reads, writes, records facts, schedules and sends, and no more."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, CursorResult, Executable, Row, Table, select

from tocsin.kernel.facts import Actor, Entry, Fact

_inside = threading.local()


class Lane(StrEnum):
    """Who waits for whom: people's verbs, then intake and polling, then fan-out and roll-ups."""

    URGENT = "urgent"
    NORMAL = "normal"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Context:
    """On whose behalf a unit runs."""

    tenant: UUID
    actor: Actor


class Recorder(Protocol):
    """What the journal, agenda and ledger offer a transaction; bound by `compose`."""

    def record(self, tx: "Tx", fact: Fact) -> Entry: ...

    def announce(self, tx: "Tx", kind: str, subject: str) -> None: ...

    def schedule(self, tx: "Tx", task: "Task") -> None: ...

    def cancel(self, tx: "Tx", kind: str, key: str) -> None: ...

    def send(self, tx: "Tx", message: Any) -> UUID | None: ...

    def send_all(self, tx: "Tx", messages: Sequence[Any]) -> int: ...


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of due work for the agenda; `key` makes it one of its kind.

    `at` is product time. Tasks that share a `chain` run one after the other, in commit order.
    """

    kind: str
    key: str
    at: datetime
    payload: Mapping[str, Any]
    lane: Lane = Lane.NORMAL
    chain: str | None = None


class ReadTx:
    """A consistent view for queries: `now`, `tenant` and `actor` beside a read-only connection."""

    def __init__(self, connection: Connection, now: datetime, context: Context) -> None:
        self.connection = connection
        self.now = now
        self.context = context

    @property
    def tenant(self) -> UUID:
        return self.context.tenant

    @property
    def actor(self) -> Actor:
        return self.context.actor

    @property
    def is_postgres(self) -> bool:
        return self.connection.dialect.name == "postgresql"

    def execute(
        self,
        statement: Executable,
        parameters: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None,
    ) -> CursorResult[Any]:
        """Run one Core statement."""
        return self.connection.execute(statement, parameters)

    def all(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows."""
        return self.execute(statement).all()

    def one_or_none(self, statement: Executable) -> Row[Any] | None:
        """The only row, or None."""
        return self.execute(statement).one_or_none()

    def scalar(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return self.execute(statement).scalar()

    def scalars(self, statement: Executable) -> Sequence[Any]:
        """The first column of every row."""
        return self.execute(statement).scalars().all()


class Tx(ReadTx):
    """A unit of work. Nothing in it may touch network, sleep, cache or commit."""

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        context: Context,
        recorder: Recorder,
        after: list[Callable[[], None]],
    ) -> None:
        super().__init__(connection, now, context)
        self._recorder = recorder
        self._after = after

    def record(self, fact: Fact) -> Entry:
        """Write a fact, run its immediate reactions and schedule the later ones."""
        return self._recorder.record(self, fact)

    def announce(self, kind: str, subject: str) -> None:
        """Tell open screens that a subject moved, where that is no fact of its own.

        However many announcements there are, a screen hears a few a second.
        """
        self._recorder.announce(self, kind, subject)

    def schedule(
        self,
        kind: str,
        key: str,
        at: datetime | None = None,
        payload: Mapping[str, Any] | None = None,
        *,
        lane: Lane = Lane.NORMAL,
        chain: str | None = None,
    ) -> None:
        """Put work on the agenda, or renew it (a higher generation) where the key exists."""
        self._recorder.schedule(self, Task(kind, key, at or self.now, payload or {}, lane, chain))

    def cancel(self, kind: str, key: str) -> None:
        """Take work off the agenda; work that is running re-checks by itself."""
        self._recorder.cancel(self, kind, key)

    def send(self, message: Any) -> UUID | None:
        """Enter an outgoing message in the delivery ledger; None where it is there already."""
        return self._recorder.send(self, message)

    def send_all(self, messages: Sequence[Any]) -> int:
        """Enter many messages at once, a fan-out's ≤ 500 per unit; returns how many were new."""
        return self._recorder.send_all(self, messages)

    def lock(self, table: Table, *ids: Any, column: str = "id") -> None:
        """Hold rows against concurrent units (`FOR UPDATE`, in sorted order; free on SQLite)."""
        if not self.is_postgres or not ids:
            return
        key = table.c[column]
        held = select(key).where(key.in_(sorted(set(ids)))).order_by(key).with_for_update()
        if "tenant_id" in table.c:
            held = held.where(table.c.tenant_id == self.tenant)
        self.execute(held).all()

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run a quick, thread-safe action once the unit is durable (wake-ups and hints)."""
        self._after.append(action)

    def acting(self, *, actor: Actor | None = None, tenant: UUID | None = None) -> "Tx":
        """The same transaction on behalf of somebody else."""
        context = Context(tenant or self.tenant, actor or self.actor)
        return Tx(self.connection, self.now, context, self._recorder, self._after)


def require_outside_unit() -> None:
    """Raise where a unit tries to read or write through the database edge again."""
    if getattr(_inside, "unit", False):
        raise RuntimeError("a unit works through its tx; db.read and db.write belong to the edge")


class InsideUnit:
    """Marks this thread as running a unit."""

    def __enter__(self) -> None:
        _inside.unit = True

    def __exit__(self, *_: object) -> None:
        _inside.unit = False
