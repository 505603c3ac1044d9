"""One unit of a purge: look at a page of old rows, delete what nobody needs, come back for more.

A pass is a chain of agenda items in the bulk lane with a cursor in the payload; what it deleted all
told becomes one fact at its end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, delete, or_, select, true

from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.agenda import Item
from tocsin.platform.database import TENANT, Id, Lane, ReadTx, Tx

from .purges import Keeper, Purge

SWEEP_FACT = "retention.purged"


@dataclass(frozen=True, slots=True)
class Pass:
    """How far a pass has come: its cut-off, the last row it looked at, and what it has deleted."""

    before: datetime
    after: tuple[datetime, Any] | None = None
    count: int = 0

    def payload(self) -> dict[str, Any]:
        """As an agenda item carries it."""
        at, key = self.after or (None, None)
        return {
            "before": self.before.isoformat(),
            "at": at.isoformat() if at else None,
            "key": key.hex() if isinstance(key, bytes) else key.hex if key else None,
            "count": self.count,
        }


def sweeping(
    purge: Purge, days: int, every: timedelta, keepers: Sequence[Keeper]
) -> Callable[[Tx, Item], None]:
    """The verb of a purge: one unit, then the next one now, or the next pass after `every`."""
    objections = [keeper for keeper in keepers if keeper.table == purge.table.name]

    def verb(tx: Tx, item: Item) -> None:
        done = _unit(tx, purge, _begun(tx, purge, item.payload, days), objections)
        if done.after is not None:
            tx.schedule(purge.kind, "all", tx.now, done.payload(), lane=Lane.BULK)
            return
        if done.count:
            tx.record(
                Fact(
                    SWEEP_FACT,
                    subject_of("retention", purge.name),
                    {"table": purge.name, "count": done.count},
                )
            )
        tx.schedule(purge.kind, "all", tx.now + every, lane=Lane.BULK)

    return verb


def _begun(tx: ReadTx, purge: Purge, payload: Mapping[str, Any], days: int) -> Pass:
    if not payload.get("at"):
        return Pass(tx.now - timedelta(days=days))
    after = datetime.fromisoformat(payload["at"]), _key(purge.table.c[purge.key], payload["key"])
    return Pass(datetime.fromisoformat(payload["before"]), after, payload["count"])


def _unit(tx: Tx, purge: Purge, at: Pass, keepers: Sequence[Keeper]) -> Pass:
    purge.first(tx)
    rows = _old(tx, purge, at)
    doomed = [row for row in rows if row.chosen]
    needed = {key for keeper in keepers if doomed for key in keeper.needed(tx, doomed)}
    keys = [key for row in doomed if (key := getattr(row, purge.key)) not in needed]
    if keys:
        for naming in (*purge.children, purge.table.c[purge.key]):
            tenant = naming.table.c[TENANT]
            tx.execute(delete(naming.table).where(tenant == tx.tenant, naming.in_(keys)))
    last = rows[-1] if len(rows) == purge.at_once else None
    after = (getattr(last, purge.at), getattr(last, purge.key)) if last else None
    return Pass(at.before, after, at.count + len(keys))


def _old(tx: ReadTx, purge: Purge, pass_: Pass) -> Sequence[Any]:
    """A page of rows before the cut-off, after the cursor; whether each is `chosen` is said beside
    it, so that however few are, no unit looks at more than a page."""
    table = purge.table
    at, key = table.c[purge.at], table.c[purge.key]
    which = true() if purge.which is None else purge.which
    columns = [key, at, *(table.c[name] for name in purge.also), which.label("chosen")]
    query = select(*columns).where(table.c[TENANT] == tx.tenant, at < pass_.before)
    if purge.within is not None:
        query = query.where(purge.within)
    if pass_.after is not None:
        seen_at, seen = pass_.after
        query = query.where(at >= seen_at, or_(at > seen_at, key > seen))
    return tx.all(query.order_by(at, key).limit(purge.at_once))


def _key(column: Column[Any], text: str) -> UUID | bytes:
    return UUID(text) if isinstance(column.type, Id) else bytes.fromhex(text)
