"""Incidents by name, by what they hit, and as filtered lists."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import Actor
from tocsin.kernel.severity import Severity
from tocsin.platform.database import ReadTx, Tx
from tocsin.response.incidents.model import (
    Assignment,
    Impact,
    Incident,
    Pause,
    PendingReason,
    Phase,
    Priority,
    State,
    Urgency,
)
from tocsin.response.incidents.tables import (
    incident_alerts,
    incident_holds,
    incident_impacts,
    incident_pages,
    incident_services,
)
from tocsin.response.incidents.tables import incidents as _i

LIVE = tuple(state.value for state in State if state.is_live)
NOBODY = ""
_s, _h = incident_services, incident_holds
_REFERENCE = re.compile(r"INC(\d{7}|[1-9]\d{7,8})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents; empty means any.

    `assignee` is the user's id or the team's slug; `NOBODY` asks for those that nobody has.
    """

    states: Collection[State] = ()
    is_open: bool | None = None
    severities: Collection[Severity] = ()
    priorities: Collection[Priority] = ()
    service: str | None = None
    assignee: str | None = None
    words: str | None = None
    major: bool | None = None


def incident(tx: ReadTx, ref: str | UUID) -> Incident:
    """One incident by reference (INC0000001) or id; raises NotFound, for an archived one too."""
    found = _read(tx, select(_i).where(_i.c.tenant_id == tx.tenant, _named(ref), _present()))
    if not found:
        raise NotFound(f"There is no incident {ref}.")
    return found[0]


def hold(tx: Tx, ref: str | UUID) -> Incident:
    """Lock an incident's row, then read it, for verbs that decide on it; raises NotFound."""
    number = None if isinstance(ref, UUID) else _number(ref)
    if number is not None:
        tx.lock(_i, number, column="number")
    elif (identifier := _identifier(ref)) is not None:
        tx.lock(_i, identifier)
    return incident(tx, ref)


def incidents_by_id(tx: ReadTx, ids: Collection[UUID]) -> dict[UUID, Incident]:
    """These incidents by id; archived ones are left out."""
    if not ids:
        return {}
    query = select(_i).where(_i.c.tenant_id == tx.tenant, _i.c.id.in_(sorted(set(ids))), _present())
    return {found.id: found for found in _read(tx, query)}


def incidents(
    tx: ReadTx,
    wanted: IncidentFilter,
    *,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Incident]:
    """Newest first; `before` is the (opened_at, id) of the last one already seen."""
    query = select(_i).where(_i.c.tenant_id == tx.tenant, _present(), *_conditions(tx, wanted))
    if before is not None:
        at, last = before
        query = query.where(or_(_i.c.opened_at < at, and_(_i.c.opened_at == at, _i.c.id < last)))
    return _read(tx, query.order_by(_i.c.opened_at.desc(), _i.c.id.desc()).limit(limit))


def counts(tx: ReadTx) -> dict[State, int]:
    """How many incidents stand in each state."""
    query = (
        select(_i.c.state, func.count().label("number"))
        .where(_i.c.tenant_id == tx.tenant, _present())
        .group_by(_i.c.state)
    )
    return {State(row.state): row.number for row in tx.all(query)}


def first_in_line(tx: ReadTx, limit: int) -> list[Incident]:
    """The live incidents that come first: majors, then by priority, then the oldest."""
    live = select(_i).where(_i.c.tenant_id == tx.tenant, _i.c.state.in_(LIVE), _present())
    line = (_i.c.major.desc(), _i.c.priority, _i.c.opened_at, _i.c.id)
    return _read(tx, live.order_by(*line).limit(limit))


def live_incident_on(tx: ReadTx, service_id: str) -> Incident | None:
    """The newest live incident that hits a service."""
    found = _live_on(tx, [service_id])
    return found[0] if found else None


def live_incident_of(tx: ReadTx, rule: Actor) -> Incident | None:
    """The newest live incident that a rule opened."""
    query = select(_i).where(
        _i.c.tenant_id == tx.tenant, _i.c.state.in_(LIVE), _present(), _i.c.opened_by == str(rule)
    )
    found = _read(tx, query.order_by(_i.c.opened_at.desc(), _i.c.id.desc()).limit(1))
    return found[0] if found else None


def live_incidents_on(tx: ReadTx, service_ids: Collection[str]) -> dict[str, Incident]:
    """The newest live incident on each service that has one."""
    named: dict[str, Incident] = {}
    for found in _live_on(tx, service_ids):
        for service in found.affected_services:
            named.setdefault(service, found)
    return {service: named[service] for service in service_ids if service in named}


def incident_of_alert(tx: ReadTx, alert_id: UUID) -> UUID | None:
    """The incident that an alert is tied to."""
    identifier: UUID | None = tx.scalar(
        select(incident_alerts.c.incident_id).where(
            incident_alerts.c.tenant_id == tx.tenant, incident_alerts.c.alert_id == alert_id
        )
    )
    return identifier


def alerts_of(tx: ReadTx, incident_id: UUID) -> list[UUID]:
    """The alerts that are tied to an incident, in the order in which they joined."""
    return list(
        tx.scalars(
            select(incident_alerts.c.alert_id)
            .where(
                incident_alerts.c.tenant_id == tx.tenant,
                incident_alerts.c.incident_id == incident_id,
            )
            .order_by(incident_alerts.c.joined_at, incident_alerts.c.alert_id)
        )
    )


def services_of(tx: ReadTx, incident_id: UUID | str) -> list[str]:
    """Every service that an incident hits or has ever hit in public, archived or not."""
    own = _as_id(incident_id)
    touched: set[str] = set()
    for table in (incident_services, incident_impacts):
        touched |= set(
            tx.scalars(
                select(table.c.service_id).where(
                    table.c.tenant_id == tx.tenant, table.c.incident_id == own
                )
            )
        )
    return sorted(touched)


def pages_of(tx: ReadTx, incident_id: UUID | str) -> list[str]:
    """The slugs of all pages that an incident has been told on, archived or not."""
    return list(
        tx.scalars(
            select(incident_pages.c.page)
            .where(
                incident_pages.c.tenant_id == tx.tenant,
                incident_pages.c.incident_id == _as_id(incident_id),
            )
            .order_by(incident_pages.c.page)
        )
    )


def _number(reference: str) -> int | None:
    found = _REFERENCE.fullmatch(reference)
    return int(found[1]) if found else None


def _as_id(incident_id: UUID | str) -> UUID:
    return incident_id if isinstance(incident_id, UUID) else UUID(hex=incident_id)


def _live_on(tx: ReadTx, service_ids: Collection[str]) -> list[Incident]:
    hit = select(_s.c.incident_id).where(
        _s.c.tenant_id == tx.tenant, _s.c.service_id.in_(sorted(set(service_ids)))
    )
    query = select(_i).where(
        _i.c.tenant_id == tx.tenant, _i.c.state.in_(LIVE), _present(), _i.c.id.in_(hit)
    )
    return _read(tx, query.order_by(_i.c.opened_at.desc(), _i.c.id.desc()))


def _present() -> ColumnElement[bool]:
    return _i.c.archived_at.is_(None)


def _named(ref: str | UUID) -> ColumnElement[bool]:
    number = None if isinstance(ref, UUID) else _number(ref)
    if number is not None:
        return _i.c.number == number
    identifier = _identifier(ref)
    if identifier is None:
        raise NotFound(f"There is no incident {ref}.")
    return _i.c.id == identifier


def _identifier(ref: str | UUID) -> UUID | None:
    if isinstance(ref, UUID):
        return ref
    try:
        return UUID(ref)
    except ValueError:
        return None


def _conditions(tx: ReadTx, wanted: IncidentFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        column.in_(sorted(value.value for value in values))
        for column, values in (
            (_i.c.state, wanted.states),
            (_i.c.severity, wanted.severities),
            (_i.c.priority, wanted.priorities),
        )
        if values
    ]
    if wanted.is_open is not None:
        found.append(_i.c.state.in_(LIVE) if wanted.is_open else _i.c.state.not_in(LIVE))
    if wanted.major is not None:
        found.append(_i.c.major.is_(wanted.major))
    if wanted.assignee is not None:
        is_free = wanted.assignee == NOBODY
        found.append(_i.c.assignee_id == (None if is_free else wanted.assignee))
    if wanted.service is not None:
        hit = select(_s.c.incident_id).where(
            _s.c.tenant_id == tx.tenant, _s.c.service_id == wanted.service
        )
        found.append(_i.c.id.in_(hit))
    if wanted.words:
        found.append(_says(wanted.words))
    return found


def _says(words: str) -> ColumnElement[bool]:
    number = _number(words.strip())
    if number is not None:
        return _i.c.number == number
    sought = words.strip().lower()
    texts = (_i.c.title, _i.c.description, _i.c.public_title)
    return or_(*(func.lower(text).contains(sought, autoescape=True) for text in texts))


def _read(tx: ReadTx, query: Select[Any]) -> list[Incident]:
    rows = tx.all(query)
    ids = [row.id for row in rows]
    services = _services(tx, ids)
    pauses = _pauses(tx, [row.id for row in rows])
    return [
        _incident(row, tuple(services.get(row.id, ())), tuple(pauses.get(row.id, ())))
        for row in rows
    ]


def _services(tx: ReadTx, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    if not ids:
        return {}
    found: dict[UUID, list[str]] = {}
    query = select(_s).where(_s.c.tenant_id == tx.tenant, _s.c.incident_id.in_(ids))
    for row in tx.all(query.order_by(_s.c.incident_id, _s.c.position)):
        found.setdefault(row.incident_id, []).append(row.service_id)
    return found


def _pauses(tx: ReadTx, ids: Sequence[UUID]) -> dict[UUID, list[Pause]]:
    if not ids:
        return {}
    found: dict[UUID, list[Pause]] = {}
    query = select(_h).where(_h.c.tenant_id == tx.tenant, _h.c.incident_id.in_(ids))
    for row in tx.all(query.order_by(_h.c.incident_id, _h.c.number)):
        pause = Pause(row.started_at, row.ended_at, PendingReason(row.reason))
        found.setdefault(row.incident_id, []).append(pause)
    return found


def _incident(row: Row[Any], services: tuple[str, ...], pauses: tuple[Pause, ...]) -> Incident:
    return Incident(
        id=row.id,
        number=row.number,
        title=row.title,
        severity=Severity(row.severity),
        impact=Impact(row.impact),
        urgency=Urgency(row.urgency),
        priority=Priority(row.priority),
        started_at=row.started_at,
        opened_at=row.opened_at,
        opened_by=Actor.parse(row.opened_by),
        state=State(row.state),
        description=row.description,
        category=row.category,
        affected_services=services,
        tags=tuple(row.tags),
        assigned_to=Assignment(row.assignee_kind, row.assignee_id) if row.assignee_id else None,
        acknowledged_at=row.acknowledged_at,
        resolved_at=row.resolved_at,
        closed_at=row.closed_at,
        cancelled_at=row.cancelled_at,
        archived_at=row.archived_at,
        pending_reason=PendingReason(row.pending_reason) if row.pending_reason else None,
        pauses=pauses,
        resolution_note=row.resolution_note,
        cancel_reason=row.cancel_reason,
        severity_reason=row.severity_reason,
        reopen_count=row.reopen_count,
        touched_at=row.touched_at,
        recovery_observed_at=row.recovery_observed_at,
        major=row.major,
        phase=Phase(row.phase),
        public_id=row.public_id,
        public_title=row.public_title,
        sla_response_due=row.sla_response_due,
        sla_resolve_due=row.sla_resolve_due,
        sla_response_breached=row.sla_response_breached,
        sla_resolve_breached=row.sla_resolve_breached,
        version=row.version,
        updated_at=row.updated_at,
    )
