"""Reads of the catalog; archived services are not there, except for `found`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, func, select

from tocsin.kernel.errors import Conflict, FieldError, Invalid, NotFound
from tocsin.kernel.facts import Visibility
from tocsin.platform.database import ReadTx, Tx, stamp
from tocsin.registry.identity import default_tenant_id

from .model import Category, LineError, ManagedBy, RegistryReading, Service
from .tables import registry_readings, service_dependencies, services

_s, _d = services, service_dependencies


def service(tx: ReadTx, service_id: str) -> Service:
    """One service; raises NotFound, for an archived one too."""
    return _present(found_or_none(tx, service_id), service_id)


def all_services(tx: ReadTx) -> list[Service]:
    """Every service of the tenant, by name."""
    listed = select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None))
    return _with_dependencies(tx, tx.all(listed.order_by(_s.c.name, _s.c.id)))


def service_marks(tx: ReadTx, *, public_only: bool) -> Sequence[Row[Any]]:
    """(id, version, stamp of the last change) of the services: what tells that one has changed."""
    listed = select(_s.c.id, _s.c.version, stamp(_s.c.updated_at)).where(
        _s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None)
    )
    if public_only:
        listed = listed.where(_s.c.visibility == Visibility.PUBLIC.value)
    return tx.all(listed)


def services_by_id(tx: ReadTx, ids: Iterable[str]) -> dict[str, Service]:
    """Those of the services that exist, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    asked = select(_s).where(
        _s.c.tenant_id == tx.tenant, _s.c.id.in_(wanted), _s.c.archived_at.is_(None)
    )
    return {each.id: each for each in _with_dependencies(tx, tx.all(asked))}


def dependents_of(tx: ReadTx, service_id: str) -> list[str]:
    """The ids of the services that depend on this one directly, sorted."""
    dependents = (
        select(_s.c.id)
        .join(_d, and_(_d.c.tenant_id == _s.c.tenant_id, _d.c.service_id == _s.c.id))
        .where(
            _s.c.tenant_id == tx.tenant,
            _d.c.tenant_id == tx.tenant,
            _d.c.depends_on == service_id,
            _s.c.archived_at.is_(None),
        )
        .order_by(_s.c.id)
    )
    return list(tx.scalars(dependents))


def dependents_of_any(tx: ReadTx, ids: Iterable[str]) -> set[str]:
    """The ids of all that name one of these as something they depend on, archived ones too."""
    named = select(_d.c.service_id).where(
        _d.c.tenant_id == tx.tenant, _d.c.depends_on.in_(sorted(set(ids)))
    )
    return set(tx.scalars(named))


def edges_among(tx: ReadTx, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Which of these services depends on which other of them, as (service, what it depends on)."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    rows = tx.all(
        select(_d.c.service_id, _d.c.depends_on).where(
            _d.c.tenant_id == tx.tenant,
            _d.c.service_id.in_(wanted),
            _d.c.depends_on.in_(wanted),
        )
    )
    return [(row.service_id, row.depends_on) for row in rows]


def edges_beyond(tx: ReadTx, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Every dependency on the ways that begin at these services, as (service, what it depends on).

    What is depended on may be archived: it may be about to come back.
    """
    there = select(_s.c.id).where(_s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None))
    edges = select(_d.c.service_id, _d.c.depends_on).where(
        _d.c.tenant_id == tx.tenant, _d.c.service_id.in_(there)
    )
    reached = edges.where(_d.c.service_id.in_(sorted(set(ids)))).cte("reached", recursive=True)
    reached = reached.union(edges.where(_d.c.service_id == reached.c.depends_on))
    return [(row.service_id, row.depends_on) for row in tx.all(select(reached))]


def all_edges(tx: ReadTx) -> list[tuple[str, str, bool]]:
    """(service, what it depends on, whether the registry file manages the service), of all that
    are there; what is depended on may be archived."""
    listed = (
        select(_d.c.service_id, _d.c.depends_on, _s.c.managed_by)
        .join(_s, and_(_s.c.tenant_id == _d.c.tenant_id, _s.c.id == _d.c.service_id))
        .where(_d.c.tenant_id == tx.tenant, _s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None))
    )
    by_file = ManagedBy.FILE.value
    return [(row.service_id, row.depends_on, row.managed_by == by_file) for row in tx.all(listed)]


def require_services(
    tx: ReadTx, ids: Sequence[str], field: str = "affected_services"
) -> dict[str, Service]:
    """These services by id; raises Invalid that names every unknown one by its place."""
    there = services_by_id(tx, ids)
    unknown = [
        FieldError(f"{field}.{index}", f"there is no service “{name}”")
        for index, name in enumerate(ids)
        if name not in there
    ]
    if unknown:
        raise Invalid(f"{field}: {unknown[0].message}", errors=unknown)
    return there


def hold_service(tx: Tx, service_id: str) -> Service:
    """Lock a service's row, then read it, for verbs that decide on it; raises NotFound."""
    tx.lock(_s, service_id)
    return service(tx, service_id)


def count_services(tx: ReadTx) -> int:
    """How many services the tenant has."""
    counted = select(func.count()).where(_s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None))
    return int(tx.scalar(counted))


def ids_of_others(tx: ReadTx) -> set[str]:
    """The ids of services that people manage."""
    return set(tx.scalars(_managed(tx, ManagedBy.PEOPLE)))


def ids_from_file(tx: ReadTx) -> set[str]:
    """The ids of services that the registry file manages."""
    return set(tx.scalars(_managed(tx, ManagedBy.FILE)))


def found_or_none(tx: ReadTx, service_id: str) -> Service | None:
    """A service, archived or not."""
    row = tx.one_or_none(select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.id == service_id))
    return _with_dependencies(tx, [row])[0] if row else None


def found_by_id(tx: ReadTx, ids: Iterable[str]) -> dict[str, Service]:
    """Services by id, archived or not."""
    asked = select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.id.in_(sorted(set(ids))))
    return {each.id: each for each in _with_dependencies(tx, tx.all(asked))}


def found(tx: ReadTx, service_id: str) -> Service:
    """A service that exists, archived or not; raises NotFound."""
    there = found_or_none(tx, service_id)
    if there is None:
        raise NotFound(f"There is no service “{service_id}”.")
    return there


def _present(there: Service | None, service_id: str) -> Service:
    if there is None or there.archived_at is not None:
        raise NotFound(f"There is no service “{service_id}”.")
    return there


def _managed(tx: ReadTx, by: ManagedBy) -> Select[tuple[str]]:
    return select(_s.c.id).where(
        _s.c.tenant_id == tx.tenant, _s.c.archived_at.is_(None), _s.c.managed_by == by.value
    )


def _with_dependencies(tx: ReadTx, rows: Sequence[Row[Any]]) -> list[Service]:
    edges = _dependencies(tx, [row.id for row in rows])
    return [_service(row, edges[row.id]) for row in rows]


def _dependencies(tx: ReadTx, ids: Sequence[str]) -> dict[str, list[str]]:
    edges: dict[str, list[str]] = defaultdict(list)
    if not ids:
        return edges
    listed = (
        select(_d.c.service_id, _d.c.depends_on)
        .join(_s, and_(_s.c.tenant_id == _d.c.tenant_id, _s.c.id == _d.c.depends_on))
        .where(
            _d.c.tenant_id == tx.tenant,
            _s.c.tenant_id == tx.tenant,
            _s.c.archived_at.is_(None),
            _d.c.service_id.in_(ids),
        )
        .order_by(_d.c.depends_on)
    )
    for edge in tx.all(listed):
        edges[edge.service_id].append(edge.depends_on)
    return edges


def _service(row: Row[Any], dependencies: Sequence[str]) -> Service:
    return Service(
        id=row.id,
        name=row.name,
        category=Category(row.category),
        tier=row.tier,
        visibility=Visibility(row.visibility),
        owner_team=row.owner_team,
        description=row.description,
        source=row.source,
        dependencies=tuple(dependencies),
        managed_by=ManagedBy(row.managed_by),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        archived_at=row.archived_at,
    )


def require_registry_owner(tx: ReadTx) -> None:
    """The registry file describes the default tenant; raises Conflict for every other one."""
    if tx.tenant != default_tenant_id(tx):
        raise Conflict("Only the default tenant has a registry file.", code="no_registry_file")


def registry_reading(tx: ReadTx) -> RegistryReading | None:
    """How the registry file was when it was read last; None where none was ever found."""
    kept = registry_readings
    row = tx.one_or_none(select(kept).where(kept.c.tenant_id == tx.tenant))
    if row is None:
        return None
    return RegistryReading(row.file, row.read_at, tuple(LineError(**one) for one in row.mistakes))
