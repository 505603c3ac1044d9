"""Facts of signals; the subject is the service, and none of them is for strangers."""

from collections.abc import Iterable, Mapping
from typing import Any

from tocsin.kernel.facts import Fact, subject_of
from tocsin.kernel.status import Status
from tocsin.platform.http import host_of

from .model import HoldEnd, Source

POLLER_BROKE = "signal.poller_broke"
POLLER_RECOVERED = "signal.poller_recovered"
SOURCE_MOVED = "signal.source_moved"
ADDRESS_ADOPTED = "signal.address_adopted"
COMPONENTS_VANISHED = "signal.components_vanished"
SET_BY_HAND = "signal.set_by_hand"
RELEASED = "signal.released"
MONITOR_ADDED = "signal.monitor_added"
MONITOR_EDITED = "signal.monitor_edited"
MONITOR_REMOVED = "signal.monitor_removed"
SECRETS_SEALED = "signal.secrets_sealed"
WEBHOOK_RECEIVED = "signal.webhook_received"


def poller_broke(source: Source, failures: int) -> Fact:
    """A source could not be read so often that nobody knows how the service is."""
    return _of(POLLER_BROKE, source, {"failures": failures})


def poller_recovered(source: Source) -> Fact:
    """A broken source can be read again."""
    return _of(POLLER_RECOVERED, source)


def source_moved(source: Source, address: str) -> Fact:
    """A source redirects to another host."""
    return _of(SOURCE_MOVED, source, {"host": host_of(address)})


def address_adopted(source: Source) -> Fact:
    """A person took the address that a source had moved to."""
    return _of(ADDRESS_ADOPTED, source)


def components_vanished(source: Source, ids: Iterable[str]) -> Fact:
    """A source no longer shows components that are watched."""
    return _of(COMPONENTS_VANISHED, source, {"components": len(list(ids))})


def set_by_hand(service_id: str, status: Status) -> Fact:
    """A person said how a service is; their reason is in `manual_statuses`."""
    return Fact(SET_BY_HAND, subject_of("service", service_id), {"status": status.value})


def released(service_id: str, how: HoldEnd) -> Fact:
    """A status set by hand holds no longer."""
    return Fact(RELEASED, subject_of("service", service_id), {"how": how.value})


def monitor_added(source: Source) -> Fact:
    """A service got another source."""
    return _of(MONITOR_ADDED, source)


def monitor_edited(source: Source, names: Iterable[str]) -> Fact:
    """Fields of a source changed; their values stay in its row."""
    return _of(MONITOR_EDITED, source, {"fields": sorted(names)})


def monitor_removed(source: Source) -> Fact:
    """A service lost one of its sources."""
    return _of(MONITOR_REMOVED, source)


def secrets_sealed(source: Source) -> Fact:
    """What an older version had stored plainly of a source is sealed now."""
    return _of(SECRETS_SEALED, source)


def webhook_received(service_id: str, about: str, pages: int) -> Fact:
    """A status page sent a signed hint, after which so many sources are asked at once."""
    payload = {"about": about, "sources": pages}
    return Fact(WEBHOOK_RECEIVED, subject_of("service", service_id), payload)


def _of(kind: str, source: Source, payload: Mapping[str, Any] | None = None) -> Fact:
    about = {"source": source.id.hex, "kind": source.kind, **(payload or {})}
    return Fact(kind, subject_of("service", source.service_id), about)
