"""Writes of triggers and of where they stand."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update

from tocsin.platform.database import Tx, insert_or

from .model import Standing, Trigger
from .tables import trigger_states, triggers

_t, _s = triggers, trigger_states


def add(tx: Tx, trigger: Trigger) -> None:
    """Enter a trigger."""
    tx.execute(insert(_t).values(id=trigger.id, tenant_id=tx.tenant, **_values(trigger)))


def save(tx: Tx, trigger: Trigger) -> None:
    """Write every field of a trigger that is there."""
    mine = (_t.c.tenant_id == tx.tenant) & (_t.c.id == trigger.id)
    tx.execute(update(_t).where(mine).values(**_values(trigger)))


def archive(tx: Tx, trigger_id: UUID) -> None:
    """Hide a trigger."""
    mine = (_t.c.tenant_id == tx.tenant) & (_t.c.id == trigger_id)
    tx.execute(update(_t).where(mine).values(archived_at=tx.now, enabled=False))


def forget(tx: Tx, trigger_id: UUID) -> None:
    """Forget where a trigger stands, for every service."""
    tx.execute(delete(_s).where(_s.c.tenant_id == tx.tenant, _s.c.trigger_id == trigger_id))


def keep(tx: Tx, trigger_id: UUID, service_id: str, standing: Standing) -> None:
    """Remember where a trigger stands for a service."""
    values = {
        "firing_since": standing.firing_since,
        "fired_at": standing.fired_at,
        "evaluated_at": standing.evaluated_at,
        "values": dict(standing.values),
        "reason": standing.reason,
        "held": {key: dict(kept) for key, kept in standing.held.items()},
    }
    written = insert_or(tx, _s).values(
        tenant_id=tx.tenant, trigger_id=trigger_id, service_id=service_id, **values
    )
    tx.execute(
        written.on_conflict_do_update(
            index_elements=["tenant_id", "trigger_id", "service_id"], set_=values
        )
    )


def _values(trigger: Trigger) -> dict[str, Any]:
    return {
        "name": trigger.name,
        "service_id": trigger.service_id,
        "condition": trigger.condition,
        "duration_minutes": trigger.duration_minutes,
        "auto_create_incident": trigger.auto_create_incident,
        "severity": trigger.severity.value,
        "enabled": trigger.enabled,
        "version": trigger.version,
        "created_at": trigger.created_at,
        "updated_at": trigger.updated_at,
        "effective_from": trigger.effective_from,
    }
