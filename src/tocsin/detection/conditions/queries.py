"""Reads of conditions: states, lines, events and decisions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select

from tocsin.detection.conditions.model import Decision
from tocsin.detection.conditions.store import (
    STANDING,
    Standing,
    State,
    read_state,
    segment_of,
    standing_of,
)
from tocsin.detection.conditions.tables import (
    condition_decisions,
    service_states,
    status_events,
    status_segments,
)
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import Line, LineKind, Segment, overlay
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx, stamp

_s, _g, _e, _d = service_states, status_segments, status_events, condition_decisions

_TOLD = [column for column in _g.c if column.name not in {"id", "tenant_id"}]


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """A change of a service's raw status."""

    id: UUID
    service_id: str
    at: datetime
    before: Status
    after: Status
    detail: str | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision as it was stored."""

    id: UUID
    service_id: str
    decision: Decision


class StateMark(NamedTuple):
    """A state's version, the stamps of its last change, look and good answer, and its status."""

    version: int
    changed: Any
    checked: Any
    good: Any
    status: str


def state(tx: ReadTx, service_id: str) -> State | None:
    """How a service stands, None before its first sample."""
    return read_state(tx, service_id)


def states(tx: ReadTx, service_ids: Collection[str] | None = None) -> dict[str, Standing]:
    """How services stand, by id: these, or all of the tenant."""
    query = select(*(_s.c[name] for name in STANDING)).where(_s.c.tenant_id == tx.tenant)
    if service_ids is not None:
        query = query.where(_s.c.service_id.in_(sorted(set(service_ids))))
    return {row.service_id: standing_of(row) for row in tx.all(query)}


def state_marks(tx: ReadTx) -> dict[str, StateMark]:
    """What tells that a service's state has changed, for every service of the tenant, by id."""
    query = select(
        _s.c.service_id,
        _s.c.version,
        stamp(_s.c.updated_at),
        stamp(_s.c.checked_at),
        stamp(_s.c.last_good_at),
        _s.c.status,
    ).where(_s.c.tenant_id == tx.tenant)
    return {row[0]: StateMark._make(row[1:]) for row in tx.all(query)}


def state_versions(tx: ReadTx) -> dict[str, tuple[Any, ...]]:
    """What tells that a service's state or line has changed, for every service, by id.

    The instant is there for a database that was filled anew with the same ids.
    """
    query = select(_s.c.service_id, _s.c.version, stamp(_s.c.updated_at)).where(
        _s.c.tenant_id == tx.tenant
    )
    return {row[0]: tuple(row[1:]) for row in tx.all(query)}


def in_trouble(tx: ReadTx) -> dict[str, Status]:
    """The services that are seen in trouble now, confirmed or not."""
    trouble = [one.value for one in Status if one.is_trouble]
    rows = tx.all(
        select(_s.c.service_id, _s.c.status).where(
            _s.c.tenant_id == tx.tenant, _s.c.status.in_(trouble)
        )
    )
    return {row.service_id: Status(row.status) for row in rows}


def statuses_of(tx: ReadTx, service_ids: Collection[str]) -> dict[str, Status]:
    """The status that the board shows for each of these services; unseen ones are left out."""
    if not service_ids:
        return {}
    rows = tx.all(
        select(_s.c.service_id, _s.c.status).where(
            _s.c.tenant_id == tx.tenant, _s.c.service_id.in_(sorted(set(service_ids)))
        )
    )
    return {row.service_id: Status(row.status) for row in rows}


def segments(
    tx: ReadTx, line: LineKind, window: Interval, service_ids: Collection[str] | None = None
) -> dict[str, list[Segment]]:
    """All segments of a line that touch the window, per service, in order of time."""
    query = select(*_TOLD).where(
        _g.c.tenant_id == tx.tenant,
        _g.c.line == line.value,
        _g.c.start_at <= window.end,
        or_(_g.c.end_at.is_(None), _g.c.end_at > window.start),
    )
    if service_ids is not None:
        query = query.where(_g.c.service_id.in_(sorted(set(service_ids))))
    found: dict[str, list[Segment]] = {}
    for row in tx.all(query.order_by(_g.c.service_id, _g.c.start_at)):
        found.setdefault(row.service_id, []).append(segment_of(row))
    return found


def lines(
    tx: ReadTx, line: LineKind, window: Interval, service_ids: Collection[str] | None = None
) -> dict[str, Line]:
    """Each service's line over the window, backfill and overrides laid over what was observed."""
    found = segments(tx, line, window, service_ids)
    return {service: overlay(drawn) for service, drawn in found.items()}


def services_in_states(
    tx: ReadTx, states: Collection[Status], since: datetime, after: str, limit: int
) -> list[str]:
    """The first services by id, after this one, that were confirmed in such a state since then."""
    ids = (
        select(_g.c.service_id)
        .distinct()
        .where(
            _g.c.tenant_id == tx.tenant,
            _g.c.line == LineKind.CONFIRMED.value,
            _g.c.state.in_(sorted(state.value for state in states)),
            or_(_g.c.end_at.is_(None), _g.c.end_at > since),
            _g.c.service_id > after,
        )
        .order_by(_g.c.service_id)
        .limit(limit)
    )
    return list(tx.scalars(ids))


def recent_events(
    tx: ReadTx,
    *,
    service_ids: Iterable[str] | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[StatusEvent]:
    """The newest status events first; `before` is the (at, id) of the last one already seen."""
    query = select(_e).where(_e.c.tenant_id == tx.tenant)
    if service_ids is not None:
        query = query.where(_e.c.service_id.in_(sorted(set(service_ids))))
    if before is not None:
        at, last = before
        query = query.where(or_(_e.c.at < at, and_(_e.c.at == at, _e.c.id < last)))
    rows = tx.all(query.order_by(_e.c.at.desc(), _e.c.id.desc()).limit(limit))
    return [
        StatusEvent(
            row.id,
            row.service_id,
            row.at,
            Status(row.before),
            Status(row.after),
            row.detail,
            row.by_hand,
        )
        for row in rows
    ]


def decisions_of(tx: ReadTx, service_id: str, limit: int = 20) -> list[KeptDecision]:
    """The newest decisions about a service first."""
    rows = tx.all(
        select(_d)
        .where(_d.c.tenant_id == tx.tenant, _d.c.service_id == service_id)
        .order_by(_d.c.at.desc(), _d.c.id.desc())
        .limit(limit)
    )
    return [KeptDecision(row.id, row.service_id, Decision.from_json(row.decision)) for row in rows]


def decision(tx: ReadTx, decision_id: UUID) -> KeptDecision | None:
    """One decision of the tenant."""
    row = tx.one_or_none(select(_d).where(_d.c.tenant_id == tx.tenant, _d.c.id == decision_id))
    if row is None:
        return None
    return KeptDecision(row.id, row.service_id, Decision.from_json(row.decision))
