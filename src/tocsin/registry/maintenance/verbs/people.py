"""What people do to own windows: schedule, edit, complete, cancel, archive, and write about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tocsin.kernel.errors import Conflict, LostRace, invalid_field
from tocsin.kernel.ids import new_id
from tocsin.kernel.lifecycle import granted
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.maintenance import events, queries, rules, store
from tocsin.registry.maintenance.lifecycle import LIFECYCLE
from tocsin.registry.maintenance.model import (
    Recurrence,
    Series,
    Window,
    WindowChange,
    WindowDraft,
    WindowSource,
    WindowState,
    WindowUpdate,
    WindowVerb,
)

from . import steps


def schedule_window(tx: Tx, draft: WindowDraft) -> Window:
    """Announce work on services; a start in the past starts now.

    Raises Invalid for a span, a recurrence or services that cannot be.
    """
    _require_span(tx, draft.starts_at, draft.ends_at)
    catalog.require_services(tx, draft.affected_services)
    identifier = new_id()
    series = None
    if draft.recurrence is not None:
        series = _series(draft.recurrence, draft.starts_at, draft.ends_at)
    values = {
        "title": draft.title,
        "description": draft.description,
        "starts_at": max(draft.starts_at, tx.now),
        "ends_at": draft.ends_at,
    }
    store.add(tx, identifier, values, draft.affected_services, series=series)
    scheduled = queries.found(tx, identifier)
    steps.record(tx, events.SCHEDULED, scheduled)
    return _begin_or_plan(tx, scheduled)


def edit_window(
    tx: Tx, window_id: UUID, change: WindowChange, expected_version: int | None = None
) -> Window:
    """Change fields of a window; a change that changes nothing is no new version.

    Title, description and services go on to the next windows of a series. Times are this window's
    alone, unless `recurrence` is given with them: then the series counts anew from here.
    Raises NotFound, LostRace, Conflict (`managed_by_vendor`), IllegalTransition once it is over,
    and Invalid.
    """
    window = _own(tx, window_id, expected_version)
    values = _different(window, change)
    if not values:
        return window
    granted(LIFECYCLE.decide(window.state, WindowVerb.EDIT, None))
    _require_possible(tx, window, values)
    services = values.pop("affected_services", None)
    released = sorted(set(window.affected_services) - set(services or window.affected_services))
    names = [*values, *(["affected_services"] if services is not None else [])]
    was_public = steps.is_public(tx, window.affected_services)
    edited = store.change(tx, window, _columns(window, values), services)
    public = was_public or steps.is_public(tx, edited.affected_services)
    tx.record(events.edited(edited, names, released, public=public))
    return _begin_or_plan(tx, edited)


def complete_window(tx: Tx, window_id: UUID, expected_version: int | None = None) -> Window:
    """The work is done before its time. Raises NotFound, LostRace, Conflict, IllegalTransition."""
    window = _own(tx, window_id, expected_version)
    completed = steps.move(tx, window, WindowVerb.COMPLETE, {"ends_at": tx.now})
    steps.record(tx, events.COMPLETED, completed)
    return _ended(tx, completed, "completed")


def cancel_window(tx: Tx, window_id: UUID, expected_version: int | None = None) -> Window:
    """Call a window off, or break it off; the next of its series comes nevertheless.

    Raises NotFound, LostRace, Conflict and IllegalTransition.
    """
    window = _own(tx, window_id, expected_version)
    values = {} if window.began_at is None else {"ends_at": tx.now}
    cancelled = steps.move(tx, window, WindowVerb.CANCEL, values)
    steps.record(tx, events.CANCELLED, cancelled)
    if window.began_at is None:
        steps.make_next(tx, cancelled)
    return _ended(tx, cancelled, "cancelled")


def archive_window(tx: Tx, window_id: UUID, expected_version: int | None = None) -> None:
    """Hide a window; one that was to come takes the rest of its series with it.

    Raises NotFound, LostRace and Conflict.
    """
    window = _own(tx, window_id, expected_version)
    values: dict[str, Any] = {"archived_at": tx.now}
    if not window.is_over:
        values["status"] = WindowState.CANCELLED.value
    if window.state is WindowState.IN_PROGRESS:
        values["ends_at"] = tx.now
    archived = store.change(tx, window, values)
    steps.record(tx, events.ARCHIVED, archived)
    if not window.is_over:
        _ended(tx, archived, "archived")


def add_update(tx: Tx, window_id: UUID, message: str) -> WindowUpdate:
    """Write about a window, for people inside; raises NotFound."""
    window = queries.hold(tx, window_id)
    written = store.add_update(tx, window_id, message)
    tx.record(events.update_added(window, written))
    return written


def _begin_or_plan(tx: Tx, window: Window) -> Window:
    if window.state is WindowState.SCHEDULED and window.starts_at <= tx.now:
        return steps.begin(tx, window)
    steps.plan(tx, window)
    return window


def _ended(tx: Tx, window: Window, how: str) -> Window:
    steps.plan(tx, window)
    if window.began_at is not None:
        steps.record(tx, events.ENDED, window, how=how)
    return window


def _own(tx: Tx, window_id: UUID, expected: int | None) -> Window:
    window = queries.hold(tx, window_id)
    if window.source is WindowSource.VENDOR:
        raise Conflict("This maintenance is the vendor's own.", code="managed_by_vendor")
    if expected is not None and expected != window.version:
        raise LostRace(f"The maintenance is at version {window.version}; read it again.")
    return window


def _different(window: Window, change: WindowChange) -> dict[str, Any]:
    given = change.given()
    if "affected_services" in given:
        given["affected_services"] = tuple(sorted(set(given["affected_services"])))
    different = {name: value for name, value in given.items() if getattr(window, name) != value}
    if given.get("recurrence") is not None and {"starts_at", "ends_at"} & different.keys():
        different["recurrence"] = given["recurrence"]
    return different


def _require_possible(tx: Tx, window: Window, values: Mapping[str, Any]) -> None:
    under_way = window.state is WindowState.IN_PROGRESS
    if under_way and "starts_at" in values:
        raise invalid_field("starts_at", "it has begun already")
    if under_way and "recurrence" in values:
        raise invalid_field("recurrence", "it has begun; change the next one")
    if {"starts_at", "ends_at", "recurrence"} & values.keys():
        starts_at = values.get("starts_at", window.starts_at)
        ends_at = values.get("ends_at", window.ends_at)
        _require_span(tx, starts_at, ends_at)
        if values.get("recurrence") is not None:
            _series(values["recurrence"], starts_at, ends_at)
    if "affected_services" in values:
        catalog.require_services(tx, values["affected_services"])


def _require_span(tx: Tx, starts_at: datetime, ends_at: datetime) -> None:
    if fault := rules.span_fault(starts_at, ends_at):
        raise invalid_field("ends_at", fault)
    if ends_at <= tx.now:
        raise invalid_field("ends_at", "lies in the past")


def _series(recurrence: Recurrence, starts_at: datetime, ends_at: datetime) -> Series:
    if fault := rules.recurrence_fault(recurrence, starts_at, ends_at):
        raise invalid_field("recurrence", fault)
    return Series(new_id(), recurrence, starts_at, ends_at, starts_at)


def _columns(window: Window, values: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in values.items() if name != "recurrence"}
    if "recurrence" in values:
        starts_at = values.get("starts_at", window.starts_at)
        ends_at = values.get("ends_at", window.ends_at)
        recurrence = values["recurrence"]
        series = _series(recurrence, starts_at, ends_at) if recurrence else None
        columns |= store.series_columns(series)
    return columns
