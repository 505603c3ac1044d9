"""Keeping the sources that people add to a service, and the address of one that moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tocsin.detection.signals import events, queries, store
from tocsin.detection.signals.model import Source
from tocsin.kernel.errors import Conflict, LostRace
from tocsin.platform.database import Tx
from tocsin.registry import catalog, maintenance

from .poll import ask_soon, stop_asking
from .room import Signals
from .sample import tell

MOST_SOURCES = 50


@dataclass(frozen=True, slots=True)
class MonitorDraft:
    """A source to add; `config` has been checked by its kind."""

    service_id: str
    name: str | None
    config: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MonitorChange:
    """What should be different: the name, and fields of the configuration."""

    name: str | None = None
    renames: bool = False
    config: Mapping[str, Any] = field(default_factory=dict)


def add_monitor(tx: Tx, room: Signals, draft: MonitorDraft) -> Source:
    """Give a service one more source and poll it at once.

    Raises NotFound for an unknown service and Conflict (`too_many_sources`).
    """
    service = catalog.hold_service(tx, draft.service_id)
    if len(store.hold_sources(tx, draft.service_id)) >= MOST_SOURCES:
        raise Conflict(
            f"{service.name} has {MOST_SOURCES} sources, which is the most.",
            code="too_many_sources",
        )
    kind = str(draft.config["kind"])
    new = store.NewSource(
        draft.service_id,
        False,
        draft.name,
        kind,
        room.kinds.polled(kind),
        room.kinds.settles(kind),
        draft.config,
    )
    source = store.add_source(tx, new)
    assert source is not None
    tx.record(events.monitor_added(source))
    ask_soon(tx, room, source)
    return source


def edit_monitor(
    tx: Tx, room: Signals, source_id: UUID, change: MonitorChange, expected_version: int | None
) -> Source:
    """Change an added source; what was read under another configuration is forgotten.

    Raises NotFound, LostRace, Invalid, and Conflict for the source that a service declares.
    """
    source = _held(tx, source_id, expected_version)
    _require_added(source)
    config = room.kinds.check({**source.config, **change.config})
    values: dict[str, Any] = {}
    if config != source.config:
        values["config"] = config
    if change.renames and change.name != source.name:
        values["name"] = change.name
    if not values:
        return source
    edited = store.reconfigure(tx, source, values, forget="config" in values)
    names = {name for name in config if config[name] != source.config.get(name)}
    tx.record(events.monitor_edited(edited, names | (values.keys() - {"config"})))
    if "config" in values:
        ask_soon(tx, room, edited)
    return edited


def remove_monitor(tx: Tx, room: Signals, source_id: UUID, expected_version: int | None) -> None:
    """Take an added source away; its service is what its other sources say.

    Raises NotFound, LostRace, and Conflict for the source that a service declares.
    """
    source = _held(tx, source_id, expected_version)
    _require_added(source)
    store.archive_source(tx, source_id)
    stop_asking(tx, room, source)
    tx.record(events.monitor_removed(source))
    maintenance.note_vendor_windows(tx, source.service_id, source.id.hex, ())
    left = store.hold_sources(tx, source.service_id)
    tell(tx, room, source.service_id, left, queries.hold_of(tx, source.service_id))


def adopt_address(tx: Tx, room: Signals, source_id: UUID) -> Source:
    """Take the address that a source redirects to as its own, and poll it at once.

    Raises NotFound, and Conflict where it has not moved (`not_moved`) or where the registry file
    says the address (`managed_by_file`).
    """
    source = _held(tx, source_id, None)
    moved_to = source.state.moved_to
    if moved_to is None:
        raise Conflict("The source has not moved to another address.", code="not_moved")
    config = room.kinds.check({**source.config, "url": moved_to})
    if source.declared:
        _edit_declaration(tx, source, config, moved_to)
    adopted = store.reconfigure(tx, source, {"config": config}, forget=True)
    tx.record(events.address_adopted(adopted))
    ask_soon(tx, room, adopted)
    return adopted


def _edit_declaration(tx: Tx, source: Source, config: dict[str, Any], moved_to: str) -> None:
    service = catalog.hold_service(tx, source.service_id)
    if service.managed_by is catalog.ManagedBy.FILE:
        raise Conflict(
            f"{service.name} is managed by the registry file; write {moved_to} there.",
            code="managed_by_file",
        )
    catalog.edit_service(tx, service.id, catalog.ServiceChange(source=config))


def _held(tx: Tx, source_id: UUID, expected: int | None) -> Source:
    store.hold_sources(tx, queries.source(tx, source_id).service_id)
    source = queries.source(tx, source_id)
    if expected is not None and expected != source.version:
        raise LostRace(f"The source is at version {source.version}; read it again.")
    return source


def _require_added(source: Source) -> None:
    if source.declared:
        raise Conflict(
            "This is the source that the service itself names; edit the service.",
            code="declared_by_service",
        )
