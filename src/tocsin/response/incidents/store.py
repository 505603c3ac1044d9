"""Writes of incidents' rows; who may write what is decided before."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from tocsin.kernel.errors import LostRace
from tocsin.kernel.ids import new_id, new_public_id
from tocsin.kernel.segments import Segment
from tocsin.platform.database import Tx, insert_or
from tocsin.response.incidents.model import Incident, Update
from tocsin.response.incidents.tables import (
    incident_alerts,
    incident_comments,
    incident_counters,
    incident_holds,
    incident_impacts,
    incident_notes,
    incident_pages,
    incident_services,
    incident_update_texts,
    incident_updates,
    incidents,
)

_i, _s, _h = incidents, incident_services, incident_holds
_ADD = insert(_i)


def next_number(tx: Tx) -> int:
    """The tenant's next incident number; its row stays locked until the commit, so take it last."""
    counter = insert_or(tx, incident_counters).values(tenant_id=tx.tenant, last_number=1)
    raised = incident_counters.c.last_number + 1
    number: int = tx.scalar(
        counter.on_conflict_do_update(
            index_elements=["tenant_id"], set_={"last_number": raised}
        ).returning(incident_counters.c.last_number)
    )
    return number


def add_incident(tx: Tx, incident: Incident) -> None:
    """Insert a new incident."""
    tx.execute(
        _ADD,
        {
            "id": incident.id,
            "tenant_id": tx.tenant,
            "number": incident.number,
            "opened_at": incident.opened_at,
            "opened_by": str(incident.opened_by),
            "updated_at": tx.now,
            "version": incident.version,
            **_values(incident),
        },
    )
    _add_services(tx, incident)


def save(tx: Tx, before: Incident, after: Incident) -> None:
    """Write what changed, if the row still is as it was read; raises LostRace where it is not."""
    changed = {
        name: value for name, value in _values(after).items() if value != _values(before)[name]
    }
    saved = tx.execute(
        update(_i)
        .where(
            _i.c.tenant_id == tx.tenant,
            _i.c.id == before.id,
            _i.c.state == before.state.value,
            _i.c.version == before.version,
        )
        .values(**changed, version=before.version + 1, updated_at=tx.now)
    )
    if saved.rowcount != 1:
        raise LostRace(f"Somebody changed {before.reference} meanwhile; read it again.")
    if after.affected_services != before.affected_services:
        _write_services(tx, after)
    if after.pauses != before.pauses:
        _write_holds(tx, before, after)


def add_update(tx: Tx, incident: UUID, update: Update, fact: UUID) -> None:
    """Insert a dated message with its texts, and the pages it shows on."""
    tx.execute(
        insert(incident_updates).values(
            id=update.id,
            tenant_id=tx.tenant,
            incident_id=incident,
            public_id=new_public_id() if update.public else None,
            phase=update.phase.value,
            public=update.public,
            silent=update.silent,
            at=update.at,
            recorded_at=update.recorded_at,
            author=str(update.author or tx.actor),
            impacts={service: status.value for service, status in update.impacts.items()},
            pages=list(update.pages),
            fact_id=fact,
        )
    )
    for language, body in update.texts.items():
        tx.execute(
            insert(incident_update_texts).values(
                tenant_id=tx.tenant,
                update_id=update.id,
                language=language,
                version=1,
                body=body,
                author=str(update.author or tx.actor),
                written_at=tx.now,
            )
        )
    for page in update.pages:
        shown = insert_or(tx, incident_pages).values(
            tenant_id=tx.tenant, page=page, incident_id=incident
        )
        tx.execute(shown.on_conflict_do_nothing())


def note_face(tx: Tx, incident: UUID, told: Collection[Update]) -> None:
    """Keep when the public story began and when it last moved, for lists."""
    dates = [update.at for update in told]
    tx.execute(
        update(_i)
        .where(_i.c.tenant_id == tx.tenant, _i.c.id == incident)
        .values(public_since=min(dates), public_changed_at=max(dates))
    )


def redraw_impacts(tx: Tx, incident: UUID, segments: Iterable[Segment]) -> None:
    """Replace the incident's dated impacts."""
    table = incident_impacts
    tx.execute(delete(table).where(table.c.tenant_id == tx.tenant, table.c.incident_id == incident))
    for segment in segments:
        tx.execute(
            insert(table).values(
                tenant_id=tx.tenant,
                incident_id=incident,
                service_id=segment.subject,
                started_at=segment.start,
                ended_at=segment.end,
                status=segment.state.value,
            )
        )


def add_comment(
    tx: Tx, incident: UUID, body: str, internal_only: bool, mentions: Collection[str]
) -> UUID:
    """Insert a comment."""
    identifier = new_id()
    tx.execute(
        insert(incident_comments).values(
            id=identifier,
            tenant_id=tx.tenant,
            incident_id=incident,
            body=body,
            internal_only=internal_only,
            mentions=list(mentions),
            author=str(tx.actor),
            at=tx.now,
        )
    )
    return identifier


def add_note(tx: Tx, incident: UUID, identifier: UUID, body: str) -> None:
    """Keep the words that went with a verb, so that its fact can name them."""
    tx.execute(
        insert(incident_notes).values(
            id=identifier,
            tenant_id=tx.tenant,
            incident_id=incident,
            body=body,
            author=str(tx.actor),
            at=tx.now,
        )
    )


def join_alert(tx: Tx, incident: UUID, alert: UUID) -> bool:
    """Tie an alert to an incident; False where it is tied to one already."""
    tied = insert_or(tx, incident_alerts).values(
        tenant_id=tx.tenant, alert_id=alert, incident_id=incident, joined_at=tx.now
    )
    return tx.execute(tied.on_conflict_do_nothing()).rowcount == 1


def end_alert(tx: Tx, alert: UUID) -> bool:
    """Note that a tied alert is over; False where it was noted already."""
    ended = tx.execute(
        update(incident_alerts)
        .where(
            incident_alerts.c.tenant_id == tx.tenant,
            incident_alerts.c.alert_id == alert,
            incident_alerts.c.resolved_at.is_(None),
        )
        .values(resolved_at=tx.now)
    )
    return ended.rowcount == 1


def open_alerts(tx: Tx, incident: UUID) -> int:
    """How many of the incident's alerts are not over."""
    count: int = tx.scalar(
        select(func.count()).where(
            incident_alerts.c.tenant_id == tx.tenant,
            incident_alerts.c.incident_id == incident,
            incident_alerts.c.resolved_at.is_(None),
        )
    )
    return count


def _values(incident: Incident) -> dict[str, Any]:
    """The fields that may change, as columns."""
    to = incident.assigned_to
    return {
        "title": incident.title,
        "description": incident.description,
        "category": incident.category,
        "tags": list(incident.tags),
        "severity": incident.severity.value,
        "impact": incident.impact.value,
        "urgency": incident.urgency.value,
        "priority": incident.priority.value,
        "state": incident.state.value,
        "assignee_kind": to.kind if to else None,
        "assignee_id": to.id if to else None,
        "started_at": incident.started_at,
        "acknowledged_at": incident.acknowledged_at,
        "resolved_at": incident.resolved_at,
        "closed_at": incident.closed_at,
        "cancelled_at": incident.cancelled_at,
        "archived_at": incident.archived_at,
        "touched_at": incident.touched_at,
        "recovery_observed_at": incident.recovery_observed_at,
        "pending_reason": incident.pending_reason.value if incident.pending_reason else None,
        "resolution_note": incident.resolution_note,
        "cancel_reason": incident.cancel_reason,
        "severity_reason": incident.severity_reason,
        "reopen_count": incident.reopen_count,
        "major": incident.major,
        "phase": incident.phase.value,
        "public_id": incident.public_id,
        "public_title": incident.public_title,
        "sla_response_due": incident.sla_response_due,
        "sla_resolve_due": incident.sla_resolve_due,
        "sla_response_breached": incident.sla_response_breached,
        "sla_resolve_breached": incident.sla_resolve_breached,
    }


def _write_services(tx: Tx, incident: Incident) -> None:
    tx.execute(delete(_s).where(_s.c.tenant_id == tx.tenant, _s.c.incident_id == incident.id))
    _add_services(tx, incident)


def _add_services(tx: Tx, incident: Incident) -> None:
    rows = [
        {
            "tenant_id": tx.tenant,
            "incident_id": incident.id,
            "service_id": service,
            "position": position,
        }
        for position, service in enumerate(incident.affected_services)
    ]
    if rows:
        tx.execute(insert(_s), rows)


def _write_holds(tx: Tx, before: Incident, after: Incident) -> None:
    """Pauses are only ever added and ended."""
    for number, pause in enumerate(after.pauses):
        if number >= len(before.pauses):
            tx.execute(
                insert(_h).values(
                    tenant_id=tx.tenant,
                    incident_id=after.id,
                    number=number,
                    reason=pause.reason.value,
                    started_at=pause.start,
                    ended_at=pause.end,
                )
            )
        elif pause != before.pauses[number]:
            tx.execute(
                update(_h)
                .where(
                    _h.c.tenant_id == tx.tenant,
                    _h.c.incident_id == after.id,
                    _h.c.number == number,
                )
                .values(ended_at=pause.end)
            )
