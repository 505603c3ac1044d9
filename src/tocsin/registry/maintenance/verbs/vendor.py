"""What vendors announce: their windows follow what a reading says, as long as it says so."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx
from tocsin.registry.maintenance import events, queries, store
from tocsin.registry.maintenance.model import (
    MOST_VENDOR_WINDOWS,
    VendorChange,
    VendorWindow,
    Window,
    WindowSource,
    WindowState,
)

from . import steps

_LONGEST_ID = 64
_LONGEST_TITLE = 200
_NEVER = datetime.max.replace(tzinfo=UTC)


def note_vendor_windows(
    tx: Tx, service_id: str, source_key: str, windows: Sequence[VendorWindow]
) -> VendorChange:
    """Keep the windows that a source of a service announces; repeating changes nothing.

    Those it announces no more are over: completed if they had begun, else cancelled. A scheduled
    one without a start is left out, as is what exceeds `MOST_VENDOR_WINDOWS`.
    """
    wanted = _wanted(windows)
    there = {
        window.vendor_id or "": window
        for window in queries.vendor_windows(tx, source_key, wanted.keys())
    }
    new = [(key, one) for key, one in wanted.items() if key not in there]
    for key, one in new:
        _add(tx, service_id, source_key, key, one)
    changed = [_follow(tx, there[key], one) for key, one in wanted.items() if key in there]
    gone = [each for key, each in there.items() if key not in wanted and not each.is_over]
    for each in gone:
        _end(tx, each)
    change = VendorChange(len(new), sum(changed), len(gone))
    if any(change.counts.values()):
        public = steps.is_public(tx, (service_id,))
        tx.record(events.vendor_announced(service_id, change, public=public))
    return change


def _wanted(windows: Sequence[VendorWindow]) -> dict[str, VendorWindow]:
    dated = [one for one in windows if one.in_progress or one.starts_at is not None]
    dated.sort(key=lambda one: (not one.in_progress, one.starts_at or _NEVER, one.id))
    return {_key(one.id): one for one in dated[:MOST_VENDOR_WINDOWS]}


def _key(vendor_id: str) -> str:
    if len(vendor_id) <= _LONGEST_ID:
        return vendor_id
    return hashlib.sha256(vendor_id.encode(errors="backslashreplace")).hexdigest()


def _add(tx: Tx, service_id: str, source_key: str, key: str, one: VendorWindow) -> None:
    values = _values(tx, one, None)
    values |= {"source_key": source_key, "vendor_id": key}
    store.add(tx, new_id(), values, [service_id], source=WindowSource.VENDOR)


def _follow(tx: Tx, window: Window, one: VendorWindow) -> bool:
    values = _values(tx, one, window)
    now = {**_shown(window), "began_at": window.began_at}
    if all(now[name] == value for name, value in values.items()):
        return False
    store.change(tx, window, values)
    return True


def _end(tx: Tx, window: Window) -> None:
    begun = window.state is WindowState.IN_PROGRESS or window.starts_at <= tx.now
    state = WindowState.COMPLETED if begun else WindowState.CANCELLED
    planned = window.ends_at or tx.now
    ends_at = max(window.starts_at, min(planned, tx.now)) if begun else window.ends_at
    store.change(tx, window, {"status": state.value, "ends_at": ends_at})


def _values(tx: Tx, one: VendorWindow, window: Window | None) -> dict[str, Any]:
    starts_at = one.starts_at or (window.starts_at if window else tx.now)
    ends_at = one.ends_at if one.ends_at is not None and one.ends_at > starts_at else None
    state = WindowState.IN_PROGRESS if one.in_progress else WindowState.SCHEDULED
    began_at = (window.began_at if window else None) or tx.now if one.in_progress else None
    return {
        "title": _title(one.title),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "status": state.value,
        "began_at": began_at,
    }


def _shown(window: Window) -> Mapping[str, Any]:
    return {
        "title": window.title,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "status": window.state.value,
    }


def _title(text: str) -> str:
    """A vendor's words on one line, as far as there is room."""
    words = " ".join(text.replace("\0", "").split()) or "Maintenance"
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1] + "…"
