"""What there is to tell: one fact, put into words that every kind of channel can carry."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tocsin.detection import alerts, conditions
from tocsin.detection.alerts import events as alert_events
from tocsin.detection.objectives import burn_facts, burn_headline, burn_sentence
from tocsin.detection.objectives import events as objective_events
from tocsin.kernel.clock import moment
from tocsin.kernel.facts import Entry, id_of, noun_of, subject_of
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.platform.letters import Button
from tocsin.platform.texts import to_plain
from tocsin.registry import catalog
from tocsin.response import incidents
from tocsin.response.incidents import events as incident_events

from .pollers import poller_words

_LANGUAGE = "en"
_ALERT_WORDS = {
    alert_events.RESOLVED: "Recovered",
    alert_events.ACKNOWLEDGED: "Acknowledged",
    alert_events.FLAPPING_BEGAN: "Flapping",
    alert_events.FLAPPING_GOES_ON: "Still flapping",
    alert_events.FLAPPING_ENDED: "Calm again",
}
_TELLS_IMPACT = (alert_events.RAISED, alert_events.RELEASED, alert_events.CHANGED)

SEEN = "Seen"
"""The label of what the check or the page said."""


@dataclass(frozen=True, slots=True)
class News:
    """A fact in words: `facts` are rows of label and value, `data` is what programs get.

    All texts are plain. Messages of one `thread` reach a channel in order. Of an alert `status` is
    what it says of the service; `acknowledges` is its id as long as somebody could take it.
    """

    kind: str
    at: datetime
    thread: str
    headline: str
    sentence: str
    button: Button
    facts: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    status: Status | None = None
    acknowledges: str | None = None


def news_of(tx: ReadTx, cause: Entry, public_url: str) -> News:
    """Put a fact of an alert, a burn, an incident, a poller or the audit into words, as of now."""
    match noun_of(cause.subject):
        case "alert":
            return _of_alert(tx, cause, public_url)
        case "service" if cause.kind in (objective_events.BURN_BEGAN, objective_events.BURN_ENDED):
            return _of_burn(tx, cause, public_url)
        case "service":
            return _of_poller(tx, cause, public_url)
        case "audit":
            return _of_audit(cause, public_url)
        case _ if cause.kind == incident_events.UPDATE_PUBLISHED:
            return _of_update(tx, cause, public_url)
        case _:
            return _of_incident(tx, cause, public_url)


def trial_news(channel_name: str, at: datetime, thread: str, public_url: str) -> News:
    """What a channel gets when somebody tries it."""
    return News(
        kind="channel.tested",
        at=at,
        thread=thread,
        headline="Tocsin reaches this channel",
        sentence=f"Somebody asked for a test of {channel_name}. Nothing is wrong.",
        button=Button("Open Tocsin", public_url),
        data={"channel": channel_name},
    )


def alert_news(tx: ReadTx, alert: alerts.Alert, public_url: str) -> News:
    """An alert as it stands now, whatever happened to it last."""
    reason, impact = _reason(tx, alert, alert.decision_id), _impact(tx, alert.service_id)
    return News(
        kind=alert_events.ACKNOWLEDGED,
        at=alert.changed_at,
        thread=subject_of("service", alert.service_id),
        headline=_headline(alert, alert_events.RAISED, alert.status),
        sentence=f"{reason} {impact}" if impact else reason,
        button=Button("Open the alert", _alert_link(public_url, alert)),
        facts=_alert_facts(alert.since, alert.tier, _seen(tx, alert)),
        status=alert.status,
    )


def _of_alert(tx: ReadTx, cause: Entry, public_url: str) -> News:
    alert = alerts.alert(tx, UUID(id_of(cause.subject)))
    said, status = cause.payload, Status(cause.payload["status"])
    resolved = cause.kind == alert_events.RESOLVED
    link = _alert_link(public_url, alert)
    reason = _reason(tx, alert, UUID(said["decision"]))
    since = datetime.fromisoformat(said["since"])
    tells = cause.kind in _TELLS_IMPACT
    impact = _impact(tx, alert.service_id) if tells else None
    seen = _seen(tx, alert) if tells else None
    return News(
        kind=cause.kind,
        at=cause.happened_at,
        thread=subject_of("service", alert.service_id),
        headline=_headline(alert, cause.kind, status),
        sentence=f"{reason} {impact}" if impact else reason,
        button=Button("Open the alert", link),
        facts=_alert_facts(since, said["tier"], seen),
        data={
            "alert_id": alert.id.hex,
            "kind": alert.kind.value,
            "service": {"id": alert.service_id, "name": alert.service_name, "tier": said["tier"]},
            "status": "operational" if resolved else status.value,
            "worst": said["worst"],
            "episode": said["episode"],
            "flapping": alert.flapping,
            "since": stamp(since),
            "reason": reason,
            "detail": seen,
            "impact_statement": impact,
            "links": {"alert": link, "service": _service_link(public_url, alert.service_id)},
        },
        status=Status.OPERATIONAL if resolved else status,
        acknowledges=alert.id.hex if alert.state is alerts.AlertState.FIRING else None,
    )


def _headline(alert: alerts.Alert, kind: str, status: Status) -> str:
    """What happened, and of what: a cause that has a title of its own is called by it."""
    words = _ALERT_WORDS.get(kind)
    if alert.title is None:
        return f"{words or status.words}: {alert.service_name}"
    if kind == alert_events.RESOLVED:
        return f"Over: {alert.title}"
    return f"{words}: {alert.title}" if words else alert.title


def _alert_facts(since: datetime, tier: int, seen: str | None) -> tuple[tuple[str, str], ...]:
    rows = (("Since", moment(since)), ("Tier", str(tier)))
    return ((SEEN, seen), *rows) if seen else rows


def _seen(tx: ReadTx, alert: alerts.Alert) -> str | None:
    """What is wrong, in the words of the check or the page; a cause with a title says it itself."""
    state = conditions.state(tx, alert.service_id) if alert.title is None else None
    return state.detail if state and state.status.is_trouble else None


def _impact(tx: ReadTx, service_id: str) -> str | None:
    """Who feels it, where the service is still in trouble."""
    service = catalog.services_by_id(tx, [service_id]).get(service_id)
    impact = conditions.impact_on(tx, service) if service else None
    return impact.statement if impact else None


def _reason(tx: ReadTx, alert: alerts.Alert, decision_id: UUID) -> str:
    kept = alerts.decision_reason(tx, decision_id)
    return kept or f"{alert.service_name}: {alert.status.words}."


def _alert_link(public_url: str, alert: alerts.Alert) -> str:
    return f"{public_url}/alerts/{alert.id.hex}"


def _of_poller(tx: ReadTx, cause: Entry, public_url: str) -> News:
    service_id, said = id_of(cause.subject), cause.payload
    name = _names(tx, [service_id])[service_id]
    link = _service_link(public_url, service_id)
    words = poller_words(tx, cause, name)
    return News(
        kind=cause.kind,
        at=cause.happened_at,
        thread=cause.thread,
        headline=words.headline,
        sentence=words.sentence,
        button=Button("Open the service", link),
        facts=(("Source", said["kind"]), ("At", moment(cause.happened_at))),
        data={
            "service": {"id": service_id, "name": name},
            "source": {"id": said["source"], "kind": said["kind"]},
            "poller_health": words.health,
            "links": {"service": link},
        },
    )


def _of_burn(tx: ReadTx, cause: Entry, public_url: str) -> News:
    service_id = id_of(cause.subject)
    name = _names(tx, [service_id])[service_id]
    began = cause.kind == objective_events.BURN_BEGAN
    said = cause.payload
    link = f"{_service_link(public_url, service_id)}/slo"
    told = ("pair", "severity", "threshold", "burn_long", "burn_short", "budget_left", "since")
    return News(
        kind=cause.kind,
        at=cause.happened_at,
        thread=cause.thread,
        headline=burn_headline(name, said, began=began),
        sentence=burn_sentence(name, said, began=began),
        button=Button("Open the budget", link),
        facts=burn_facts(said),
        data={
            "service": {"id": service_id, "name": name, "tier": said["tier"]},
            **{key: said[key] for key in told},
            "links": {"slo": link, "service": _service_link(public_url, service_id)},
        },
    )


def _of_audit(cause: Entry, public_url: str) -> News:
    check, count = cause.payload["check"], cause.payload["count"]
    words = check.replace("_", " ")
    found = cause.kind == "audit.found"
    return News(
        kind=cause.kind,
        at=cause.happened_at,
        thread=cause.thread,
        headline=f"Tocsin found a fault of its own: {words}" if found else f"Put right: {words}",
        sentence=(
            f"The audit has {count} new {'finding' if count == 1 else 'findings'} of this kind. "
            "`tocsin audit` prints them all."
            if found
            else "The audit finds nothing of this kind any more."
        ),
        button=Button("Open Tocsin", public_url),
        facts=(("Check", check), ("At", moment(cause.happened_at))),
        data={"check": check, "count": count, "links": {"tocsin": public_url}},
    )


def _of_update(tx: ReadTx, cause: Entry, public_url: str) -> News:
    incident = incidents.incident(tx, UUID(id_of(cause.subject)))
    said = cause.payload
    text = incidents.update_text(tx, UUID(said["update_id"]), _LANGUAGE)
    title = incident.public_title or incident.title
    impacts = {service: Status(status) for service, status in said["impacts"].items()}
    names = _names(tx, impacts)
    link = f"{public_url}/incidents/{incident.reference}"
    return News(
        kind=cause.kind,
        at=cause.happened_at,
        thread=cause.thread,
        headline=f"{incidents.Phase(said['phase']).capitalize()}: {title}",
        sentence=to_plain(text),
        button=Button("Open the incident", link),
        facts=(
            ("Incident", incident.reference),
            *((names[service], status.words) for service, status in impacts.items()),
        ),
        data={
            "incident_id": incident.id.hex,
            "ref": incident.reference,
            "title": title,
            "update_id": said["update_id"],
            "phase": said["phase"],
            "text": text,
            "services": [
                {"id": service, "name": names[service], "status": status.value}
                for service, status in impacts.items()
            ],
            "pages": list(said["pages"]),
            "links": {"incident": link},
        },
    )


def _of_incident(tx: ReadTx, cause: Entry, public_url: str) -> News:
    incident = incidents.incident(tx, UUID(id_of(cause.subject)))
    names = _names(tx, incident.affected_services)
    link = f"{public_url}/incidents/{incident.reference}"
    what = cause.kind.partition(".")[2].replace("_", " ").capitalize()
    return News(
        kind=cause.kind,
        at=cause.happened_at,
        thread=cause.thread,
        headline=f"{what}: {incident.title}",
        sentence=f"{incident.reference} was {what.lower()}.",
        button=Button("Open the incident", link),
        data={
            "incident_id": incident.id.hex,
            "ref": incident.reference,
            "title": incident.title,
            "status": incident.state.value,
            "severity": incident.severity.value,
            "priority": incident.priority.value,
            "services": [{"id": service, "name": name} for service, name in names.items()],
            "links": {"incident": link},
        },
    )


def stamp(at: datetime) -> str:
    """An instant as programs read it: ISO 8601 with Z."""
    return at.isoformat().replace("+00:00", "Z")


def _service_link(public_url: str, service_id: str) -> str:
    return f"{public_url}/services/{service_id}"


def _names(tx: ReadTx, ids: Collection[str]) -> dict[str, str]:
    known = catalog.services_by_id(tx, ids)
    return {one: known[one].name if one in known else one for one in ids}
