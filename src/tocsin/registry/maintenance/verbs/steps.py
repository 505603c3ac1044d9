"""How a window moves: begin and end, its timers, and the next one of its series."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tocsin.kernel.errors import NotFound
from tocsin.kernel.ids import new_id
from tocsin.kernel.lifecycle import granted
from tocsin.platform.agenda import Item
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.maintenance import events, queries, rules, store
from tocsin.registry.maintenance.lifecycle import LIFECYCLE
from tocsin.registry.maintenance.model import Series, Window, WindowState, WindowVerb

BEGIN = "maintenance.begin"
END = "maintenance.end"


def move(
    tx: Tx, window: Window, verb: WindowVerb, values: Mapping[str, Any] | None = None
) -> Window:
    """Take a verb's step; raises IllegalTransition that names the state and the verb."""
    transition = granted(LIFECYCLE.decide(window.state, verb, None))
    return store.change(tx, window, {"status": transition.after.value, **(values or {})})


def begin(tx: Tx, window: Window) -> Window:
    """Start the work: the window is in progress from now, and the next of its series is made."""
    begun = move(tx, window, WindowVerb.BEGIN, {"began_at": tx.now})
    record(tx, events.BEGAN, begun)
    plan(tx, begun)
    make_next(tx, begun)
    return begun


def make_next(tx: Tx, window: Window) -> None:
    """Make the next window of a series, if there is one that is still to come."""
    series = window.series
    if series is None:
        return
    after = max(series.planned_at, tx.now)
    start = rules.next_start(series.recurrence, series.starts_at, after)
    if start is None:
        return
    identifier = new_id()
    values = {
        "title": window.title,
        "description": window.description,
        "starts_at": start,
        "ends_at": rules.next_end(series, start),
    }
    following = Series(series.id, series.recurrence, series.starts_at, series.ends_at, start)
    if store.add(tx, identifier, values, window.affected_services, series=following):
        made = queries.found(tx, identifier)
        record(tx, events.SCHEDULED, made)
        plan(tx, made)


def plan(tx: Tx, window: Window) -> None:
    """Put the window's next timer on the agenda, and take off those that are in vain."""
    key, payload = window.id.hex, {"window": window.id.hex}
    if window.state is WindowState.SCHEDULED:
        tx.schedule(BEGIN, key, window.starts_at, payload)
    else:
        tx.cancel(BEGIN, key)
    if window.state is WindowState.IN_PROGRESS and window.ends_at is not None:
        tx.schedule(END, key, window.ends_at, payload)
    else:
        tx.cancel(END, key)


def record(tx: Tx, kind: str, window: Window, **more: Any) -> None:
    """Record a fact about a window."""
    tx.record(events.fact(kind, window, public=is_public(tx, window.affected_services), **more))


def is_public(tx: Tx, service_ids: tuple[str, ...]) -> bool:
    """Whether strangers may know of something that affects these services."""
    return any(each.is_public for each in catalog.services_by_id(tx, service_ids).values())


def begin_due(tx: Tx, item: Item) -> None:
    """A window's start has come: begin it, unless it was moved or called off meanwhile."""
    window = _held(tx, item)
    if window and window.state is WindowState.SCHEDULED and window.starts_at <= tx.now:
        begin(tx, window)


def end_due(tx: Tx, item: Item) -> None:
    """A window's end has come: complete it, unless it was made longer meanwhile."""
    window = _held(tx, item)
    if window is None or window.state is not WindowState.IN_PROGRESS:
        return
    if window.ends_at is not None and window.ends_at <= tx.now:
        ended = move(tx, window, WindowVerb.END)
        record(tx, events.ENDED, ended, how="time")


def _held(tx: Tx, item: Item) -> Window | None:
    try:
        return queries.hold(tx, UUID(hex=item.payload["window"]))
    except NotFound:
        return None
