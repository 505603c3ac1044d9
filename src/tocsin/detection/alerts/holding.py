"""Whether an alert is held back: by maintenance, or by an upstream that explains it.

Only upstreams that are in trouble themselves explain anything, along paths on which everything is
in trouble. Such an upstream stands for its dependents once as many of them as
`DEPENDENCY_CORRELATION_THRESHOLD` are in trouble; until it is known whether more follow, the first
ones wait for two polls.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from tocsin.detection import conditions
from tocsin.detection.alerts import queries
from tocsin.detection.alerts.model import Alert, HeldBy, Hold
from tocsin.detection.conditions import Conditions
from tocsin.kernel.clock import moment
from tocsin.kernel.graph import Graph
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.registry import catalog, maintenance


@dataclass(frozen=True, slots=True)
class Alerts:
    """The room with the conditions it follows, and their settings."""

    conditions: Conditions

    @property
    def threshold(self) -> int:
        """How many dependents in trouble one alert about their upstream stands for."""
        return self.conditions.settings.correlation

    @property
    def gathering(self) -> timedelta:
        """How long the first dependents wait for others."""
        return self.conditions.settings.poll_interval * 2

    @property
    def grace(self) -> timedelta:
        """How long a recovery may take to be seen, once what held an alert is over."""
        return self.conditions.settings.grace


def decide_hold(tx: Tx, room: Alerts, service_id: str) -> Hold | None:
    """What holds an alert about this service back now; None: nothing, people are told."""
    return _by_own_maintenance(tx, service_id) or _by_upstream(tx, room, service_id)


def _by_own_maintenance(tx: Tx, service_id: str) -> Hold | None:
    window = maintenance.window_covering(tx, service_id, tx.now)
    if window is None:
        return None
    reason = f"Held back: the maintenance “{window.title}” is under way{_until(window.ends_at)}."
    return Hold(HeldBy.MAINTENANCE, reason, evidence={"maintenance": window.id.hex})


def _by_upstream(tx: Tx, room: Alerts, service_id: str) -> Hold | None:
    service = catalog.services_by_id(tx, [service_id]).get(service_id)
    if service is None or not service.dependencies:
        return None
    found = _by_their_maintenance(tx, service.dependencies)
    if found is not None:
        return found
    trouble = conditions.in_trouble(tx) | {service_id: Status.DEGRADED}
    graph = Graph.of(catalog.edges_among(tx, trouble))
    candidates = [(tuple(graph.paths_below(root)), root) for root in graph.roots_above(service_id)]
    for affected, root in sorted(candidates, key=lambda one: (-len(one[0]), one[1])):
        hold = _by_root(tx, room, root, affected)
        if hold is not None:
            return hold
    return None


def _by_their_maintenance(tx: Tx, dependencies: tuple[str, ...]) -> Hold | None:
    windows = maintenance.active_windows(tx, dependencies)
    for upstream in sorted(windows):
        window, name = windows[upstream], _name(tx, upstream)
        reason = (
            f"Held back: {name}, which it depends on, is in maintenance (“{window.title}”)"
            f"{_until(window.ends_at)}."
        )
        evidence = {"maintenance": window.id.hex}
        return Hold(HeldBy.MAINTENANCE, reason, upstream=upstream, evidence=evidence)
    return None


def _by_root(tx: Tx, room: Alerts, root: str, affected: Collection[str]) -> Hold | None:
    alert, enough = queries.open_alert(tx, root), len(affected) >= room.threshold
    if alert is not None and alert.held_by is HeldBy.MAINTENANCE:
        reason = f"Held back: {alert.service_name}, which it depends on, is in maintenance."
        return Hold(HeldBy.UPSTREAM, reason, upstream=root)
    if not enough:
        return _gathering(tx, room, root, alert, affected)
    if alert is None and not room.conditions.corroborate(tx, root, len(affected)):
        return None
    return _explained(tx, root, len(affected), room.threshold)


def _explained(tx: Tx, root: str, affected: int, threshold: int) -> Hold:
    reason = (
        f"Held back: {_name(tx, root)}, which it depends on, is in trouble and stands for all"
        f" {affected} of its dependents in trouble (from {threshold} on)."
    )
    evidence = {"affected": affected, "needed": threshold}
    return Hold(HeldBy.UPSTREAM, reason, upstream=root, evidence=evidence)


def _gathering(
    tx: Tx, room: Alerts, root: str, alert: Alert | None, affected: Collection[str]
) -> Hold | None:
    """Wait for others, whether the upstream is confirmed or only seen to be in trouble.

    The wait counts from the first dependent, because checks that run at their own times find an
    outage one after the other; it never counts anew, so nobody waits longer than it.
    """
    first = queries.first_raised(tx, affected) or tx.now
    until = (max(first, alert.raised_at) if alert else first) + room.gathering
    if tx.now >= until:
        return None
    reason = (
        f"Waits until {moment(until)}: {_name(tx, root)}, which it depends on, is in trouble;"
        f" {len(affected)} of {room.threshold} dependents so far."
    )
    evidence = {"affected": len(affected), "needed": room.threshold}
    return Hold(HeldBy.UPSTREAM, reason, until, root, evidence)


def _name(tx: Tx, service_id: str) -> str:
    found = catalog.services_by_id(tx, [service_id]).get(service_id)
    return found.name if found else service_id


def _until(at: datetime | None) -> str:
    return f" until {moment(at)}" if at else ""
