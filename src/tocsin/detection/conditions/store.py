"""Writes of conditions: the state row, both lines of segments, events and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, case, delete, insert, or_, select, update

from tocsin.detection.conditions.model import Decision, Watch
from tocsin.detection.conditions.tables import (
    condition_decisions,
    service_states,
    status_events,
    status_segments,
)
from tocsin.detection.signals import ServiceLook
from tocsin.kernel.ids import new_id
from tocsin.kernel.segments import Line, LineKind, Rank, Segment, SegmentSource, difference
from tocsin.kernel.status import Status
from tocsin.platform.database import Instant, ReadTx, Tx, insert_or

_s = service_states
_g = status_segments


@dataclass(frozen=True, slots=True)
class Standing:
    """How a service stands: what was seen last, and what is confirmed.

    `seen_maintenance` is what its sources announce, `in_window` that a window of ours is under way;
    `maintenance` is either.
    `flap_changes` counts the changes of the spell of flapping it is in.
    """

    service_id: str
    status: Status
    status_since: datetime
    detail: str | None
    maintenance: bool
    by_hand: bool
    poller_health: str
    last_good_status: Status | None
    last_good_at: datetime | None
    checked_at: datetime | None
    confirmed: Status
    confirmed_since: datetime
    flapping_since: datetime | None
    flap_changes: int
    in_window: bool
    seen_maintenance: bool
    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class State(Standing):
    """A standing with all that is remembered between two polls."""

    watch: Watch


def read_state(tx: ReadTx, service_id: str) -> State | None:
    """The state of one service, None before its first sample."""
    row = tx.one_or_none(
        select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.service_id == service_id)
    )
    return None if row is None else state_of(row)


def hold_state(tx: Tx, service_id: str) -> State | None:
    """Lock and read the state of a service: polls, alerts and windows all move it."""
    tx.lock(_s, service_id, column="service_id")
    return read_state(tx, service_id)


def state_of(row: Row[Any]) -> State:
    """Read a row of `service_states`."""
    return State(**_standing(row), watch=Watch.from_json(row.watch))


def standing_of(row: Row[Any]) -> Standing:
    """Read a row of `service_states` without its watch, which costs the most."""
    return Standing(**_standing(row))


def _standing(row: Row[Any]) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in STANDING}
    good = values["last_good_status"]
    return values | {
        "status": Status(values["status"]),
        "confirmed": Status(values["confirmed"]),
        "last_good_status": Status(good) if good else None,
    }


STANDING = tuple(field.name for field in fields(Standing))


def write_state(tx: Tx, state: State) -> None:
    """Insert or replace a service's state."""
    values = {
        "status": state.status.value,
        "status_since": state.status_since,
        "detail": state.detail,
        "maintenance": state.maintenance,
        "by_hand": state.by_hand,
        "poller_health": state.poller_health,
        "last_good_status": state.last_good_status.value if state.last_good_status else None,
        "last_good_at": state.last_good_at,
        "checked_at": state.checked_at,
        "confirmed": state.confirmed.value,
        "confirmed_since": state.confirmed_since,
        "flapping_since": state.flapping_since,
        "flap_changes": state.flap_changes,
        "in_window": state.in_window,
        "seen_maintenance": state.seen_maintenance,
        "watch": state.watch.to_json(),
        "version": state.version,
        "updated_at": state.updated_at,
    }
    tx.execute(
        insert_or(tx, _s)
        .values(tenant_id=tx.tenant, service_id=state.service_id, **values)
        .on_conflict_do_update(index_elements=["tenant_id", "service_id"], set_=values)
    )


def note_checked(tx: Tx, service_id: str, checked_at: datetime, last_good: datetime | None) -> None:
    """The cheap path of a steady service: only when it was looked at."""
    values = {"checked_at": checked_at}
    if last_good is not None:
        values["last_good_at"] = last_good
    tx.execute(
        update(_s).where(_s.c.tenant_id == tx.tenant, _s.c.service_id == service_id).values(values)
    )


def note_looks(tx: Tx, looks: Sequence[ServiceLook]) -> None:
    """The same for many at once; nothing goes back in time."""
    at, good = bindparam("looked_at", type_=Instant), bindparam("good_at", type_=Instant)
    later = case((_s.c.checked_at < at, at), else_=_s.c.checked_at)
    better = and_(~_s.c.by_hand, or_(_s.c.last_good_at.is_(None), _s.c.last_good_at < good))
    statement = (
        update(_s)
        .where(_s.c.tenant_id == bindparam("of_tenant"), _s.c.service_id == bindparam("of_service"))
        .values(checked_at=later, last_good_at=case((better, good), else_=_s.c.last_good_at))
    )
    rows = [
        {
            "of_tenant": tx.tenant,
            "of_service": look.service_id,
            "looked_at": look.at,
            "good_at": look.good_at,
        }
        for look in looks
    ]
    if rows:
        tx.execute(statement, rows)


def observed_line(tx: ReadTx, service_id: str, line: LineKind, since: datetime) -> Line:
    """What was observed (rank 0) of a line, from the segment that covers `since` on."""
    rows = tx.all(
        select(_g)
        .where(
            _g.c.tenant_id == tx.tenant,
            _g.c.line == line.value,
            _g.c.service_id == service_id,
            _g.c.rank == int(Rank.OBSERVED),
            or_(_g.c.end_at.is_(None), _g.c.end_at >= since),
        )
        .order_by(_g.c.start_at)
    )
    return Line(tuple(segment_of(row) for row in rows))


def segment_of(row: Row[Any]) -> Segment:
    """Read a row of `status_segments`."""
    return Segment(
        row.service_id,
        LineKind(row.line),
        row.start_at,
        row.end_at,
        Status(row.state),
        row.maintenance,
        SegmentSource(row.source),
        row.cause,
        row.rank,
    )


def redraw(tx: Tx, before: Line, after: Line) -> None:
    """Make the stored line `after` where it was `before`."""
    change = difference(before, after)
    for segment in change.removed:
        tx.execute(
            delete(_g).where(
                _g.c.tenant_id == tx.tenant,
                _g.c.line == segment.line.value,
                _g.c.service_id == segment.subject,
                _g.c.start_at == segment.start,
                _g.c.rank == int(Rank.OBSERVED),
            )
        )
    for segment in change.added:
        add_segment(tx, segment)


def add_segment(tx: Tx, segment: Segment) -> None:
    """Store one segment."""
    tx.execute(
        insert(_g).values(
            id=new_id(),
            tenant_id=tx.tenant,
            service_id=segment.subject,
            line=segment.line.value,
            start_at=segment.start,
            end_at=segment.end,
            state=segment.state.value,
            maintenance=segment.maintenance,
            source=segment.source.value,
            cause=segment.cause,
            rank=int(segment.rank),
        )
    )


def add_event(tx: Tx, state: State, before: Status, at: datetime) -> None:
    """Note a change of the raw status for the board and the timeline."""
    tx.execute(
        insert(status_events).values(
            id=new_id(),
            tenant_id=tx.tenant,
            service_id=state.service_id,
            at=at,
            before=before.value,
            after=state.status.value,
            detail=state.detail,
            by_hand=state.by_hand,
        )
    )


def add_decision(tx: Tx, service_id: str, decision: Decision) -> UUID:
    """Keep a decision with its reason and evidence."""
    identifier = new_id()
    tx.execute(
        insert(condition_decisions).values(
            id=identifier,
            tenant_id=tx.tenant,
            service_id=service_id,
            at=decision.at,
            verdict=decision.verdict.value,
            episode=decision.episode,
            decision=decision.to_json(),
        )
    )
    return identifier
