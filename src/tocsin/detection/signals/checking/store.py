"""Rows of the checker: who may run checks, which sources there are, and their figures in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, or_, select, update

from tocsin.detection.signals.model import Source
from tocsin.detection.signals.queries import to_source
from tocsin.detection.signals.samples import ServiceLook
from tocsin.detection.signals.tables import check_leases, sources
from tocsin.detection.signals.verbs import Signals
from tocsin.platform.database import (
    Id,
    Instant,
    ReadTx,
    Tx,
    across_tenants,
    insert_or,
    machine_now,
)

PORTION = 500
_NAME = "checks"
_s, _l = sources, check_leases


def take_lease(tx: Tx, owner: str, lease: timedelta) -> bool:
    """Become or stay the one who runs the checks; False while somebody else does."""
    machine = machine_now(tx)
    free = or_(_l.c.owner == owner, _l.c.leased_until < machine)
    held = update(_l).where(_l.c.name == _NAME, free)
    if tx.execute(held.values(owner=owner, leased_until=machine + lease)).rowcount:
        return True
    row = {"name": _NAME, "owner": owner, "leased_until": machine + lease}
    statement = insert_or(tx, _l).values(row).on_conflict_do_nothing()
    return bool(tx.execute(statement).rowcount)


def return_lease(tx: Tx, owner: str) -> None:
    """Let somebody else run the checks at once."""
    tx.execute(delete(_l).where(_l.c.name == _NAME, _l.c.owner == owner))


@dataclass(frozen=True, slots=True)
class Listed:
    """A source of some tenant; `alive` says whether it should be asked at all."""

    tenant: UUID
    source: Source
    alive: bool


def all_settling(tx: ReadTx, after: UUID | None) -> list[Listed]:
    """Own checks of all tenants by id, a portion at a time."""
    listed = select(_s).where(
        _s.c.settles, _s.c.polled, _s.c.archived_at.is_(None), _s.c.stopped_at.is_(None)
    )
    if after is not None:
        listed = listed.where(_s.c.id > after)
    return _listed(tx, listed.order_by(_s.c.id).limit(PORTION))


def changed_since(tx: ReadTx, since: datetime, after: UUID | None) -> list[Listed]:
    """Sources of all tenants, alive or not, that were edited since; a portion by id."""
    changed = select(_s).where(_s.c.updated_at >= since)
    if after is not None:
        changed = changed.where(_s.c.id > after)
    return _listed(tx, changed.order_by(_s.c.id).limit(PORTION))


def _listed(tx: ReadTx, statement: Select[tuple[object, ...]]) -> list[Listed]:
    return [
        Listed(
            row.tenant_id,
            to_source(row),
            row.polled and row.settles and row.archived_at is None and row.stopped_at is None,
        )
        for row in tx.all(across_tenants(statement))
    ]


@dataclass(frozen=True, slots=True)
class Figures:
    """What moved of a steady source since it was written last."""

    source_id: UUID
    service_id: str
    version: int
    polled_at: datetime
    good_at: datetime | None
    response_ms: int | None


_NOTE = (
    update(_s)
    .where(
        _s.c.tenant_id == bindparam("of_tenant", type_=Id),
        _s.c.id == bindparam("of_source", type_=Id),
        _s.c.version == bindparam("of_version"),
        _s.c.last_polled_at < bindparam("polled_at", type_=Instant),
    )
    .values(
        last_polled_at=bindparam("polled_at", type_=Instant),
        last_good_at=bindparam("good_at", type_=Instant),
        response_ms=bindparam("took"),
    )
)


def note_figures(tx: Tx, room: Signals, figures: Sequence[Figures]) -> None:
    """Write the figures of up to 500 sources of one tenant, and that their services were looked at.

    A source that was edited meanwhile keeps what it has.
    """
    rows = [
        {
            "of_tenant": tx.tenant,
            "of_source": one.source_id,
            "of_version": one.version,
            "polled_at": one.polled_at,
            "good_at": one.good_at,
            "took": one.response_ms,
        }
        for one in figures
    ]
    tx.execute(_NOTE, rows)
    room.observations.looked(tx, _looks(figures))


def _looks(figures: Iterable[Figures]) -> list[ServiceLook]:
    newest: dict[str, ServiceLook] = {}
    for one in sorted(figures, key=lambda one: one.polled_at):
        newest[one.service_id] = ServiceLook(one.service_id, one.polled_at, one.good_at)
    return list(newest.values())
