"""An incident as its own page shows it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from tocsin.kernel.clock import moment
from tocsin.kernel.lifecycle import Refusal
from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import counts_of_causes
from tocsin.response.incidents import lifecycle, queries
from tocsin.response.incidents.model import Incident, Verb
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.queries import KeptUpdate
from tocsin.response.incidents.schemas import (
    AudienceOut,
    IncidentDetailOut,
    PreparedOut,
    UpdateOut,
)
from tocsin.response.incidents.views.lists import Known, brief, known_to


def detail(tx: ReadTx, one: Incident, ports: Ports) -> IncidentDetailOut:
    """Everything an incident's page shows; updates are newest first."""
    kept = queries.kept_updates(tx, [one.id])
    authors = [each.update.author for each in kept if each.update.author is not None]
    known = known_to(tx, [one], authors)
    sent = counts_of_causes(tx, [each.fact_id for each in kept if each.update.public])
    refused = _refused(tx, one)
    return IncidentDetailOut(
        **brief(one, known),
        description=one.description,
        category=one.category,
        resolution_note=one.resolution_note,
        cancel_reason=one.cancel_reason,
        severity_reason=one.severity_reason,
        cancelled_at=one.cancelled_at,
        allowed=[verb.value for verb in Verb if verb.value not in refused],
        refused=refused,
        alerts=[alert.hex for alert in queries.alerts_of(tx, one.id)],
        updates=_updates(kept, known, sent),
        prepared_resolution=prepared(one, known),
        audience=audience_of(tx, one, ports),
    )


def audience_of(
    tx: ReadTx,
    one: Incident,
    ports: Ports,
    services: Collection[str] = (),
    pages: Collection[str] = (),
) -> AudienceOut:
    """Who would get a public update that hits these services, on these pages if any are named."""
    known = queries.pages_of(tx, one.id)
    hit = services or ([] if known else one.affected_services)
    shown = ports.pages.default_pages(tx, hit) if hit or not known else []
    reach = ports.audience.audience(tx, sorted({*pages} or {*known, *shown}))
    return AudienceOut(
        pages=list(reach.pages), mail=reach.mail, webhooks=reach.webhooks, chat=reach.chat
    )


def prepared(one: Incident, known: Known) -> PreparedOut | None:
    """The words to resolve with, where services were seen to recover; None elsewhere."""
    if one.recovery_observed_at is None or not one.is_live:
        return None
    names = [known.hit(service).name for service in one.affected_services] or ["The service"]
    subject = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    works = f"{subject} {'work' if names[1:] else 'works'}"
    until = moment(one.recovery_observed_at)
    return PreparedOut(
        public_message=f"{works} normally again since {until}. The incident is resolved.",
        resolution_note=(
            f"{works} again: recovery was observed at {until};"
            f" the trouble began at {moment(one.started_at)}."
        ),
    )


def _refused(tx: ReadTx, one: Incident) -> dict[str, str]:
    """Why each verb that may not run now may not."""
    found: dict[str, str] = {}
    for verb in Verb:
        decision = lifecycle.decide(one, verb, tx.now)
        if isinstance(decision, Refusal):
            found[verb.value] = decision.reason
    if one.acknowledged_at is not None:
        found.setdefault(Verb.ACKNOWLEDGE.value, "It was acknowledged already.")
    return found


def _updates(
    kept: Sequence[KeptUpdate], known: Known, sent: Mapping[UUID, Mapping[str, int]]
) -> list[UpdateOut]:
    return [
        UpdateOut(**update_values(each, known), delivery_counts=dict(sent.get(each.fact_id, {})))
        for each in reversed(kept)
    ]


def update_values(kept: KeptUpdate, known: Known) -> dict[str, Any]:
    """The fields of an update on the wire, without its deliveries."""
    update = kept.update
    assert update.author is not None
    return {
        "id": update.id.hex,
        "public_id": kept.public_id,
        "phase": update.phase,
        "public": update.public,
        "texts": dict(update.texts),
        "at": update.at,
        "recorded_at": update.recorded_at,
        "author": known.actor(update.author),
        "impacts": dict(update.impacts),
        "pages": list(update.pages),
    }
