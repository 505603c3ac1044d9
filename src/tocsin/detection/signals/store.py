"""Writes on the tables of signals; whoever calls has decided already."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, update

from tocsin.kernel.ids import new_id
from tocsin.platform.database import Tx, insert_or
from tocsin.platform.http import NO_VALIDATORS, Validators

from .model import HoldEnd, ManualStatus, PollerHealth, Source, SourceState
from .queries import source as read_source
from .queries import sources_of
from .tables import manual_statuses, sources

_s, _m = sources, manual_statuses


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that is about to be stored."""

    service_id: str
    declared: bool
    name: str | None
    kind: str
    polled: bool
    settles: bool
    config: Mapping[str, Any]


def hold_sources(tx: Tx, service_id: str) -> list[Source]:
    """Lock and read all sources of a service, so that what they say together is decided once."""
    tx.lock(_s, service_id, column="service_id")
    return sources_of(tx, [service_id]).get(service_id, [])


def add_source(tx: Tx, new: NewSource) -> Source | None:
    """Insert a source; None where the service has a declared one already."""
    identifier = new_id()
    row = {field.name: getattr(new, field.name) for field in fields(NewSource)}
    state = _columns(_fresh(new.polled))
    statement = insert_or(tx, _s).values(
        id=identifier,
        tenant_id=tx.tenant,
        **{**row, "config": dict(new.config)},
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
        **state,
    )
    added = tx.execute(statement.on_conflict_do_nothing())
    return read_source(tx, identifier) if added.rowcount else None


def reconfigure(tx: Tx, source: Source, values: Mapping[str, Any], *, forget: bool) -> Source:
    """Write configuration, as the next version; `forget` what was read of the old one."""
    polled = values.get("polled", source.polled)
    state = _columns(_fresh(polled)) | _validators(NO_VALIDATORS) if forget else {}
    tx.execute(
        update(_s)
        .where(_is(tx, source.id))
        .values(**values, **state, version=source.version + 1, updated_at=tx.now)
    )
    return read_source(tx, source.id)


def keep_sealed(tx: Tx, source: Source, config: Mapping[str, Any]) -> None:
    """Write the same configuration with its secrets sealed: no new version, nothing forgotten."""
    tx.execute(update(_s).where(_is(tx, source.id)).values(config=dict(config)))


def note_poll(tx: Tx, source: Source, state: SourceState, validators: Validators) -> None:
    """Write what a poll changed, and nothing else: for a steady source, when it was asked."""
    before = _columns(source.state) | _validators(Validators(source.etag, source.last_modified))
    after = _columns(state) | _validators(validators)
    changed = {name: value for name, value in after.items() if before[name] != value}
    if changed:
        tx.execute(update(_s).where(_is(tx, source.id)).values(changed))


def stop_sources(tx: Tx, service_id: str) -> None:
    """Stop all sources of a service whose time is over."""
    tx.execute(
        update(_s).where(_of_service(tx, service_id)).values(stopped_at=tx.now, updated_at=tx.now)
    )


def wake_source(tx: Tx, source: Source) -> None:
    """Let a source run again; what it said long ago is forgotten."""
    fresh = _columns(_fresh(source.polled)) | _validators(NO_VALIDATORS)
    tx.execute(
        update(_s).where(_is(tx, source.id)).values(stopped_at=None, updated_at=tx.now, **fresh)
    )


def archive_source(tx: Tx, source_id: UUID) -> None:
    """Take a source away for good; its row stays."""
    tx.execute(update(_s).where(_is(tx, source_id)).values(archived_at=tx.now, updated_at=tx.now))


def add_hold(tx: Tx, held: ManualStatus) -> None:
    """Store a status set by hand."""
    tx.execute(
        insert(_m).values(
            id=held.id,
            tenant_id=tx.tenant,
            service_id=held.service_id,
            status=held.status.value,
            reason=held.reason,
            detail=held.detail,
            feed_status=held.feed_status.value if held.feed_status else None,
            set_by=str(held.set_by),
            set_at=held.set_at,
        )
    )


def end_hold(tx: Tx, service_id: str, how: HoldEnd) -> None:
    """End the status that holds by hand, if one does."""
    tx.execute(
        update(_m)
        .where(
            _m.c.tenant_id == tx.tenant,
            _m.c.service_id == service_id,
            _m.c.ended_at.is_(None),
        )
        .values(ended_at=tx.now, ended_by=str(tx.actor), ended_how=how.value)
    )


def _is(tx: Tx, source_id: UUID) -> ColumnElement[bool]:
    return (_s.c.tenant_id == tx.tenant) & (_s.c.id == source_id)


def _of_service(tx: Tx, service_id: str) -> ColumnElement[bool]:
    return (
        (_s.c.tenant_id == tx.tenant)
        & (_s.c.service_id == service_id)
        & (_s.c.archived_at.is_(None))
    )


def _validators(validators: Validators) -> dict[str, Any]:
    return {"etag": validators.etag, "last_modified": validators.last_modified}


def _fresh(polled: bool) -> SourceState:
    return SourceState(health=PollerHealth.OK if polled else PollerHealth.MANUAL)


def _columns(state: SourceState) -> dict[str, Any]:
    values = {field.name: getattr(state, field.name) for field in fields(SourceState)}
    values |= {"known_names": dict(state.known_names)}
    values |= {"vanished": list(state.vanished), "unnamed": list(state.unnamed)}
    return {name: getattr(value, "value", value) for name, value in values.items()}
