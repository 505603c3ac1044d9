"""Declare, edit and archive a service, as people do in console and API."""

from collections.abc import Mapping, Sequence
from typing import Any

from tocsin.kernel.errors import Conflict, FieldError, Invalid, LostRace, invalid_field
from tocsin.platform.database import Tx
from tocsin.registry.catalog import cycles, events, queries, rules, store
from tocsin.registry.catalog.model import (
    UNCHANGED,
    ManagedBy,
    Service,
    ServiceChange,
    ServiceDraft,
)
from tocsin.registry.catalog.tables import services


def declare_service(tx: Tx, draft: ServiceDraft) -> Service:
    """Bring a service into the catalog; an archived one of that id comes back as described.

    Raises Conflict (`already_exists`, `managed_by_file`, `too_many_services`) and Invalid for a bad
    id, unknown dependencies or a cycle of them. The source has been checked by its kind.
    """
    tx.lock(services, draft.id)
    there = queries.found_or_none(tx, draft.id)
    if there is not None and there.archived_at is None:
        raise _taken(there)
    _require_slug(draft.id)
    _require_room(tx)
    _require_dependencies(tx, draft.id, draft.dependencies)
    _require_no_cycle(tx, draft.id, draft.dependencies)
    if there is not None:
        return _restore(tx, there, draft)
    service = store.add(tx, draft, ManagedBy.PEOPLE)
    tx.record(events.declared(service))
    return service


def edit_service(
    tx: Tx, service_id: str, change: ServiceChange, expected_version: int | None = None
) -> Service:
    """Change fields of a service; a change that changes nothing is no new version.

    Raises NotFound, LostRace for another version than expected, Conflict (`managed_by_file`) and
    Invalid for unknown dependencies, or for new ones that close a cycle.
    """
    service = expect_version(tx, service_id, expected_version)
    values = _different(service, change)
    if not values:
        return service
    _require_people(service)
    if "dependencies" in values:
        _require_dependencies(tx, service_id, values["dependencies"])
        _require_no_cycle(tx, service_id, values["dependencies"], stood=service.dependencies)
    edited = store.change(tx, service, values)
    tx.record(events.edited(edited, values, was_public=service.is_public))
    return edited


def archive_service(tx: Tx, service_id: str, expected_version: int | None = None) -> Service:
    """Take a service out of the catalog; its id and history are kept.

    Raises NotFound, LostRace and Conflict (`managed_by_file`).
    """
    service = expect_version(tx, service_id, expected_version)
    _require_people(service)
    archived = store.change(tx, service, {"archived_at": tx.now})
    tx.record(events.archived(archived))
    return archived


def keep_sealed_source(
    tx: Tx, service_id: str, before: Mapping[str, Any], sealed: Mapping[str, Any]
) -> None:
    """Write a service's source with its secrets sealed, where it is still `before`.

    It says the same as before, so there is no new version, whoever manages the service.
    """
    tx.lock(services, service_id)
    service = queries.found(tx, service_id)
    if service.source == before:
        store.keep_sealed_source(tx, service_id, sealed)


def expect_version(tx: Tx, service_id: str, expected: int | None) -> Service:
    """Hold a service for a change; raises NotFound, and LostRace for another version."""
    service = queries.hold_service(tx, service_id)
    if expected is not None and expected != service.version:
        raise LostRace(f"{service.name} is at version {service.version}; read it again.")
    return service


def _restore(tx: Tx, there: Service, draft: ServiceDraft) -> Service:
    values = {**rules.wanted(draft), "managed_by": ManagedBy.PEOPLE, "archived_at": None}
    service = store.change(tx, there, values)
    tx.record(events.restored(service))
    return service


def _different(service: Service, change: ServiceChange) -> dict[str, Any]:
    given = change.given()
    if change.dependencies is not UNCHANGED:
        given["dependencies"] = tuple(sorted(set(change.dependencies)))
    return {name: value for name, value in given.items() if getattr(service, name) != value}


def _taken(there: Service) -> Conflict:
    code = "managed_by_file" if there.managed_by is ManagedBy.FILE else "already_exists"
    return Conflict(f"The service {there.id} exists already.", code=code)


def _require_people(service: Service) -> None:
    if service.managed_by is ManagedBy.FILE:
        raise Conflict(
            f"{service.name} is managed by the registry file; change it there.",
            code="managed_by_file",
        )


def _require_slug(service_id: str) -> None:
    if fault := rules.slug_fault(service_id):
        raise invalid_field("id", fault)


def _require_room(tx: Tx) -> None:
    if queries.count_services(tx) >= rules.MOST_SERVICES:
        raise Conflict(
            f"The catalog holds at most {rules.MOST_SERVICES:,} services.",
            code="too_many_services",
        )


def _require_dependencies(tx: Tx, service_id: str, names: Sequence[str]) -> None:
    known = queries.services_by_id(tx, names)
    faults = rules.dependency_faults(service_id, names, known)
    if faults:
        raise Invalid(f"dependencies: {faults[0].message}", errors=faults)


def _require_no_cycle(
    tx: Tx, service_id: str, names: Sequence[str], stood: Sequence[str] = ()
) -> None:
    """Refuse what closes a cycle by a new dependency; one that `stood` may stay, cycle or not.

    Whoever closes the same cycle elsewhere at this moment holds a service on the way; so all of
    them are held, and the ways are read again. Should both wait for each other, the database ends
    one of the units, which is run again.
    """
    new = [name for name in names if name not in stood]
    if not new:
        return
    ways = queries.edges_beyond(tx, new)
    tx.lock(services, *new, *(needed for _, needed in ways))
    ways = queries.edges_beyond(tx, new) if tx.is_postgres else ways
    faults = [
        FieldError(f"dependencies.{index}", cycles.sentence(closed))
        for index, name in enumerate(names)
        if name in new and (closed := cycles.cycle((service_id, name), ways))
    ]
    if faults:
        raise Invalid(f"dependencies: {faults[0].message}", code="dependency_cycle", errors=faults)
