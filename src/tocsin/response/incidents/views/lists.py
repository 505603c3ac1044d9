"""Incidents as lists show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.detection import conditions
from tocsin.kernel.facts import Actor
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog, identity
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.schemas import ActorOut, AssigneeOut, HitOut, IncidentOut


@dataclass(frozen=True, slots=True)
class Known:
    """Names and states that many incidents share."""

    services: Mapping[str, catalog.Service]
    statuses: Mapping[str, Status]
    assignees: Mapping[tuple[str, str], identity.Assignee]
    actors: Mapping[str, str]

    def hit(self, service_id: str) -> HitOut:
        """A service by name, as it stands; one that left the catalog goes by its id."""
        service = self.services.get(service_id)
        return HitOut(
            id=service_id,
            name=service.name if service else service_id,
            status=self.statuses.get(service_id, Status.UNKNOWN),
        )

    def actor(self, actor: Actor) -> ActorOut:
        """Who did something, by name."""
        return ActorOut(kind=actor.kind.value, label=self.actors.get(str(actor), str(actor)))


def briefs(tx: ReadTx, found: Sequence[Incident]) -> list[IncidentOut]:
    """Incidents as a list shows them."""
    known = known_to(tx, found)
    return [IncidentOut(**brief(one, known)) for one in found]


def known_to(tx: ReadTx, found: Sequence[Incident], actors: Sequence[Actor] = ()) -> Known:
    """Everything that these incidents need by name, and these actors."""
    services = {service for one in found for service in one.affected_services}
    assigned = [one.assigned_to for one in found if one.assigned_to is not None]
    return Known(
        services=catalog.services_by_id(tx, services),
        statuses=conditions.statuses_of(tx, services),
        assignees=identity.assignees(tx, [(to.kind, to.id) for to in assigned]),
        actors=identity.actor_label(tx, [*(one.opened_by for one in found), *actors]),
    )


def brief(one: Incident, known: Known) -> dict[str, Any]:
    """The fields of an incident that lists show."""
    to = one.assigned_to
    given = known.assignees[(to.kind, to.id)] if to else None
    return {
        "id": one.reference,
        "incident_id": one.reference,
        "uid": one.id.hex,
        "title": one.title,
        "status": one.state,
        "severity": one.severity,
        "impact": one.impact,
        "urgency": one.urgency,
        "priority": one.priority,
        "affected_services": [known.hit(service) for service in one.affected_services],
        "assigned_to": AssigneeOut(kind=given.kind.value, id=given.id, label=given.label)
        if given
        else None,
        "tags": list(one.tags),
        "started_at": one.started_at,
        "opened_at": one.opened_at,
        "opened_by": known.actor(one.opened_by),
        "acknowledged_at": one.acknowledged_at,
        "resolved_at": one.resolved_at,
        "closed_at": one.closed_at,
        "pending_reason": one.pending_reason,
        "sla_response_due": one.sla_response_due,
        "sla_resolve_due": one.sla_resolve_due,
        "sla_response_breached": one.sla_response_breached,
        "sla_resolve_breached": one.sla_resolve_breached,
        "major": one.major,
        "phase": one.phase,
        "public": one.public,
        "public_title": one.public_title,
        "recovery_observed_at": one.recovery_observed_at,
        "reopen_count": one.reopen_count,
        "updated_at": one.updated_at,
        "version": one.version,
    }
