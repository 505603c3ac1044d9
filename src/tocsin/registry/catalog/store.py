"""Writes on the catalog's tables; whoever calls has decided already."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, update

from tocsin.kernel.errors import Conflict
from tocsin.platform.database import Tx, insert_or

from .model import ManagedBy, RegistryReading, Service, ServiceDraft
from .queries import found
from .rules import wanted
from .tables import registry_readings, service_dependencies, services

_s, _d = services, service_dependencies


def add(tx: Tx, draft: ServiceDraft, managed_by: ManagedBy) -> Service:
    """Insert a service; whoever loses a race for the id gets a Conflict."""
    columns = _columns(wanted(draft))
    row = {
        "tenant_id": tx.tenant,
        "id": draft.id,
        **columns,
        "managed_by": managed_by.value,
        "version": 1,
        "created_at": tx.now,
        "updated_at": tx.now,
    }
    added = tx.execute(insert_or(tx, _s).values(row).on_conflict_do_nothing())
    if added.rowcount == 0:
        raise Conflict(f"The service {draft.id} exists already.", code="already_exists")
    _add_dependencies(tx, draft.id, draft.dependencies)
    return found(tx, draft.id)


def change(tx: Tx, service: Service, values: Mapping[str, Any]) -> Service:
    """Write the given fields over a service, as its next version."""
    tx.execute(
        update(_s)
        .where(_s.c.tenant_id == tx.tenant, _s.c.id == service.id)
        .values(**_columns(values), version=service.version + 1, updated_at=tx.now)
    )
    if "dependencies" in values:
        tx.execute(delete(_d).where(_d.c.tenant_id == tx.tenant, _d.c.service_id == service.id))
        _add_dependencies(tx, service.id, values["dependencies"])
    return found(tx, service.id)


def keep_sealed_source(tx: Tx, service_id: str, sealed: Mapping[str, Any]) -> None:
    """Write the same source with its secrets sealed, and nothing else."""
    tx.execute(
        update(_s)
        .where(_s.c.tenant_id == tx.tenant, _s.c.id == service_id)
        .values(source=dict(sealed))
    )


def _add_dependencies(tx: Tx, service_id: str, dependencies: Iterable[str]) -> None:
    rows = [
        {"tenant_id": tx.tenant, "service_id": service_id, "depends_on": name}
        for name in sorted(set(dependencies))
    ]
    if rows:
        tx.execute(insert(_d), rows)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: getattr(value, "value", value)
        for name, value in values.items()
        if name != "dependencies"
    }


def keep_reading(tx: Tx, reading: RegistryReading) -> None:
    """Remember how the registry file was, in place of the reading before."""
    values = {
        "file": reading.file,
        "read_at": reading.read_at,
        "mistakes": [asdict(mistake) for mistake in reading.mistakes],
    }
    kept = insert_or(tx, registry_readings).values(tenant_id=tx.tenant, **values)
    tx.execute(kept.on_conflict_do_update(index_elements=["tenant_id"], set_=values))
