"""Reads of triggers; archived ones are not there."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select

from tocsin.kernel.errors import NotFound
from tocsin.kernel.severity import Severity
from tocsin.platform.database import ReadTx

from .model import Standing, Trigger, TriggerState
from .tables import trigger_states, triggers

_t, _s = triggers, trigger_states


def trigger(tx: ReadTx, trigger_id: UUID) -> Trigger:
    """One trigger; raises NotFound."""
    row = tx.one_or_none(_there(tx).where(_t.c.id == trigger_id))
    if row is None:
        raise NotFound("There is no such trigger.")
    return _trigger(row)


def all_triggers(tx: ReadTx, after: UUID | None = None, limit: int = 200) -> list[Trigger]:
    """Triggers by id, which is the order in which they were made."""
    listed = _there(tx)
    if after is not None:
        listed = listed.where(_t.c.id > after)
    return [_trigger(row) for row in tx.all(listed.order_by(_t.c.id).limit(limit))]


def triggers_by_id(tx: ReadTx, ids: Collection[UUID]) -> dict[UUID, Trigger]:
    """Those of the triggers that are there, by id."""
    rows = tx.all(_there(tx).where(_t.c.id.in_(sorted(set(ids)))))
    return {row.id: _trigger(row) for row in rows}


def enabled_triggers(tx: ReadTx) -> list[Trigger]:
    """Triggers that are evaluated, by id."""
    rows = tx.all(_there(tx).where(_t.c.enabled).order_by(_t.c.id))
    return [_trigger(row) for row in rows]


def count_triggers(tx: ReadTx) -> int:
    """How many triggers the tenant has."""
    counted = select(func.count()).where(_t.c.tenant_id == tx.tenant, _t.c.archived_at.is_(None))
    return int(tx.scalar(counted))


def states_of(
    tx: ReadTx, trigger_ids: Collection[UUID], service_ids: Collection[str] | None = None
) -> list[TriggerState]:
    """Where triggers stand, for the services for which there is anything to remember."""
    kept = select(_s).where(
        _s.c.tenant_id == tx.tenant, _s.c.trigger_id.in_(sorted(set(trigger_ids)))
    )
    if service_ids is not None:
        kept = kept.where(_s.c.service_id.in_(sorted(set(service_ids))))
    return [_state(row) for row in tx.all(kept.order_by(_s.c.trigger_id, _s.c.service_id))]


def firing_states(tx: ReadTx, trigger_ids: Collection[UUID] | None = None) -> list[TriggerState]:
    """Where triggers fire now: these ones, or all that are there."""
    firing = select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.fired_at.is_not(None))
    if trigger_ids is not None:
        firing = firing.where(_s.c.trigger_id.in_(sorted(set(trigger_ids))))
    return [_state(row) for row in tx.all(firing.order_by(_s.c.trigger_id, _s.c.service_id))]


def _there(tx: ReadTx) -> Select[Any]:
    return select(_t).where(_t.c.tenant_id == tx.tenant, _t.c.archived_at.is_(None))


def _trigger(row: Row[Any]) -> Trigger:
    return Trigger(
        id=row.id,
        name=row.name,
        service_id=row.service_id,
        condition=row.condition,
        duration_minutes=row.duration_minutes,
        auto_create_incident=row.auto_create_incident,
        severity=Severity(row.severity),
        enabled=row.enabled,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        effective_from=row.effective_from,
    )


def _state(row: Row[Any]) -> TriggerState:
    standing = Standing(
        firing_since=row.firing_since,
        fired_at=row.fired_at,
        evaluated_at=row.evaluated_at,
        values=row._mapping["values"],
        reason=row.reason,
        held=row.held,
    )
    return TriggerState(row.trigger_id, row.service_id, standing)
