"""Facts of maintenance; each names the services, so that nobody need look them up."""

from collections.abc import Iterable
from typing import Any

from tocsin.kernel.facts import Fact, Visibility, subject_of

from .model import VendorChange, Window, WindowUpdate

SCHEDULED = "maintenance.scheduled"
EDITED = "maintenance.edited"
BEGAN = "maintenance.began"
ENDED = "maintenance.ended"
COMPLETED = "maintenance.completed"
CANCELLED = "maintenance.cancelled"
ARCHIVED = "maintenance.archived"
UPDATE_ADDED = "maintenance.update_added"
VENDOR_ANNOUNCED = "maintenance.vendor_announced"

NOUN = "maintenance"


def fact(kind: str, window: Window, *, public: bool, **more: Any) -> Fact:
    """A fact about an own window; strangers may learn of it when a public service is affected.

    `began` and `ended` come in pairs, whatever began or ended it: a window that people complete,
    cancel or archive in progress has `ended` beside the fact that says so. `edited` carries the
    services that are affected now, and those that are so no longer as `released`.
    """
    payload = {
        "services": list(window.affected_services),
        "status": window.state.value,
        "starts_at": window.starts_at.isoformat(),
        "ends_at": window.ends_at.isoformat() if window.ends_at else None,
        "version": window.version,
        **more,
    }
    visibility = Visibility.PUBLIC if public else Visibility.INTERNAL
    return Fact(kind, subject_of(NOUN, window.id), payload, visibility=visibility)


def edited(window: Window, names: Iterable[str], released: Iterable[str], *, public: bool) -> Fact:
    """Fields of a window changed; their values stay in its row."""
    more = {"fields": sorted(names), "released": sorted(released)}
    return fact(EDITED, window, public=public, **more)


def update_added(window: Window, update: WindowUpdate) -> Fact:
    """Somebody wrote about a window, for people inside."""
    return Fact(UPDATE_ADDED, subject_of(NOUN, window.id), {"update": update.id.hex})


def vendor_announced(service_id: str, change: VendorChange, *, public: bool) -> Fact:
    """What a service's vendor announces changed; the windows themselves are in their rows."""
    visibility = Visibility.PUBLIC if public else Visibility.INTERNAL
    payload = {"services": [service_id], **change.counts}
    return Fact(VENDOR_ANNOUNCED, subject_of("service", service_id), payload, visibility=visibility)
