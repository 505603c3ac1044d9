"""Folding: bundles of minutes become blocks and roll-ups of the hour, hours become days.

Each unit takes a portion of the monitors and schedules the next one. What is folded again (results
that came late) is joined with what is there, and its roll-up made anew from all of it.
"""

from collections.abc import Iterable
from datetime import timedelta
from heapq import merge
from itertools import islice
from uuid import UUID

from sqlalchemy import select

from tocsin.detection.signals.model import CheckResult
from tocsin.detection.signals.tables import sources
from tocsin.platform.agenda import Item
from tocsin.platform.database import Lane, ReadTx, Tx

from . import packing, store
from .bundle import Bundle
from .rollup import Rollup, roll_up
from .store import FOLD
from .tables import Period

ROLL_DAY = "signals.roll_day"
HOURS_OF_A_DAY = 24
_PORTION = 200
_MOST_ROWS = 200
_DAY_PORTION = 100
_SOON = timedelta(minutes=5)


def fold(tx: Tx, item: Item) -> None:
    """Fold a portion of an hour's monitors; the last one deletes what was folded."""
    hour = int(item.key)
    named = item.payload.get("rows")
    ids = [UUID(row) for row in named] if named else store.bundle_ids(tx, hour, _MOST_ROWS)
    if not ids:
        return
    found = [Bundle(data) for data in store.bundles(tx, ids)]
    after = UUID(item.payload["after"]) if item.payload.get("after") else None
    portion = list(islice(_each_once(found, after), _PORTION))
    _fold_portion(tx, hour, found, portion)
    if len(portion) == _PORTION:
        rest = {"rows": [one.hex for one in ids], "after": portion[-1].hex}
        tx.schedule(FOLD, item.key, tx.now, rest, lane=Lane.BULK)
        return
    store.forget_bundles(tx, ids)
    if store.bundle_ids(tx, hour, 1):
        tx.schedule(FOLD, item.key, tx.now, lane=Lane.BULK)
    _plan_day(tx, hour)


def _each_once(found: Iterable[Bundle], after: UUID | None) -> Iterable[UUID]:
    last = after
    for one in merge(*(bundle.ids_after(after) for bundle in found)):
        if one != last:
            last = one
            yield one


def _fold_portion(tx: Tx, hour: int, found: list[Bundle], portion: list[UUID]) -> None:
    results: dict[UUID, dict[object, CheckResult]] = {source: {} for source in portion}
    packed = [(source, block) for source, _, block in store.blocks(tx, portion, [hour])]
    packed += [(source, block) for one in found for source in portion if (block := one.get(source))]
    for source, block in packed:
        results[source].update((one.at, one) for one in packing.unpack(block, hour))
    ordered = {
        source: sorted(each.values(), key=lambda one: one.at) for source, each in results.items()
    }
    store.write_blocks(tx, hour, {one: packing.pack(each, hour) for one, each in ordered.items()})
    store.write_rollups(
        tx, Period.HOUR, hour, {one: roll_up(each) for one, each in ordered.items()}
    )


def _plan_day(tx: Tx, hour: int) -> None:
    """Once the last hour of a day is folded, or an hour of a past one again, roll the day up."""
    day = hour // HOURS_OF_A_DAY * HOURS_OF_A_DAY
    if packing.hour_of(tx.now) >= day + HOURS_OF_A_DAY:
        tx.schedule(ROLL_DAY, str(day), tx.now + _SOON, lane=Lane.BULK)


def roll_day(tx: Tx, item: Item) -> None:
    """Join the hours of a day, for a portion of the monitors."""
    day = int(item.key)
    after = UUID(item.payload["after"]) if item.payload.get("after") else None
    portion = _source_ids(tx, after)
    days: dict[UUID, Rollup] = {}
    hours = range(day, day + HOURS_OF_A_DAY)
    for source, _, rollup in store.rollups(tx, Period.HOUR, portion, hours) if portion else ():
        days[source] = days.get(source, Rollup()) + rollup
    store.write_rollups(tx, Period.DAY, day, days)
    if len(portion) == _DAY_PORTION:
        rest = {"after": portion[-1].hex}
        tx.schedule(ROLL_DAY, item.key, tx.now, rest, lane=Lane.BULK)


def _source_ids(tx: ReadTx, after: UUID | None) -> list[UUID]:
    listed = select(sources.c.id).where(sources.c.tenant_id == tx.tenant, sources.c.settles)
    if after is not None:
        listed = listed.where(sources.c.id > after)
    return list(tx.scalars(listed.order_by(sources.c.id).limit(_DAY_PORTION)))
