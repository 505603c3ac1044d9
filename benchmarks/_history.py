"""A registry with three months behind it: services that depend on each other, and both their lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from tocsin.detection.conditions.model import Watch
from tocsin.detection.conditions.tables import service_states, status_segments
from tocsin.kernel.facts import Visibility
from tocsin.kernel.ids import new_id
from tocsin.kernel.segments import LineKind
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft

DAYS = 90
_OUTAGES = 30
_PORTION = 100
_BAD = (Status.DEGRADED, Status.DEGRADED, Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE)
_CATEGORIES = tuple(Category)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A service's state from when to when."""

    start: datetime
    end: datetime | None
    state: Status


def portions(services: int) -> Iterator[range]:
    """The numbers of services, as many as one unit writes."""
    for first in range(0, services, _PORTION):
        yield range(first, min(first + _PORTION, services))


def id_of(number: int) -> str:
    """The id of a service by number."""
    return f"service-{number:04d}"


def write_services(tx: Tx, numbers: range) -> None:
    """Declare services, each depending on two earlier ones, with an outage every three days."""
    for number in numbers:
        catalog.declare_service(tx, _draft(number))
        history = _history(Random(number), tx.now)
        _write_state(tx, number, history[-1])
        for line in (LineKind.RAW, LineKind.CONFIRMED):
            rows = [_segment(tx, number, line, stretch) for stretch in history]
            tx.execute(insert(status_segments), rows)


def _draft(number: int) -> ServiceDraft:
    above = {id_of(one) for one in (number // 3, number // 7) if one != number}
    return ServiceDraft(
        id_of(number),
        f"Service {number} of the company",
        _CATEGORIES[number % len(_CATEGORIES)],
        {"kind": "manual"},
        tier=number % 3 + 1,
        visibility=Visibility.INTERNAL if number % 4 == 0 else Visibility.PUBLIC,
        owner_team=f"team-{number % 30}",
        description="What people use it for, in one sentence of ordinary length.",
        dependencies=tuple(sorted(above)),
    )


def _history(random: Random, now: datetime) -> list[Stretch]:
    """Good and bad stretches in turn; two services in a hundred are in trouble now."""
    at = datetime.combine(now.date() - timedelta(days=DAYS), datetime.min.time(), UTC)
    edges = [at]
    for _ in range(_OUTAGES):
        began = edges[-1] + timedelta(hours=random.uniform(12, 125))
        edges += [began, began + timedelta(minutes=random.uniform(2, 120))]
    edges = [edge for edge in edges if edge < now]
    if len(edges) % 2 == 0:
        edges.pop()
    if random.random() < 0.02:
        edges.append(now - timedelta(minutes=random.uniform(1, 300)))
    return [
        Stretch(start, end, random.choice(_BAD) if place % 2 else Status.OPERATIONAL)
        for place, (start, end) in enumerate(zip(edges, [*edges[1:], None], strict=True))
    ]


def _write_state(tx: Tx, number: int, last: Stretch) -> None:
    values: dict[str, Any] = {
        "status": last.state.value,
        "status_since": last.start,
        "detail": "All systems operational",
        "maintenance": False,
        "by_hand": False,
        "poller_health": "ok",
        "last_good_status": last.state.value,
        "last_good_at": tx.now,
        "checked_at": tx.now,
        "confirmed": last.state.value,
        "confirmed_since": last.start,
        "watch": Watch(confirmed=last.state).to_json(),
        "version": 1,
        "updated_at": last.start,
    }
    tx.execute(
        insert(service_states).values(tenant_id=tx.tenant, service_id=id_of(number), **values)
    )


def _segment(tx: Tx, number: int, line: LineKind, stretch: Stretch) -> dict[str, Any]:
    return {
        "id": new_id(),
        "tenant_id": tx.tenant,
        "service_id": id_of(number),
        "line": line.value,
        "start_at": stretch.start,
        "end_at": stretch.end,
        "state": stretch.state.value,
        "maintenance": False,
        "source": "feed",
        "cause": None,
        "rank": 0,
    }
