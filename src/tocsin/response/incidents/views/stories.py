"""What happened to an incident, told from the journal; texts are joined from their rows."""

from collections.abc import Mapping
from uuid import UUID

from tocsin.kernel.facts import Entry, subject_of
from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import counts_of_causes
from tocsin.platform.journal import entries_of
from tocsin.registry import identity
from tocsin.response.incidents import events, queries
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.queries.said import said
from tocsin.response.incidents.schemas import (
    ActorOut,
    AuditEntryOut,
    AuditOut,
    TimelineEntryOut,
    TimelineOut,
)

MOST = 5_000
_MOST_ALERTS = 50
_NAMES_TEXT = {
    events.UPDATE_NOTED: "update_id",
    events.UPDATE_PUBLISHED: "update_id",
    events.COMMENTED: "comment_id",
    events.RESOLVED: "note",
    events.CANCELLED: "note",
}


def timeline(tx: ReadTx, one: Incident, language: str = "en") -> TimelineOut:
    """The whole story, the oldest first: the incident's own facts and those of its alerts."""
    entries = entries_of(tx, thread=subject_of("incident", one.id), limit=MOST)
    for alert in queries.alerts_of(tx, one.id)[:_MOST_ALERTS]:
        entries += entries_of(tx, subject=subject_of("alert", alert))
    entries.sort(key=lambda entry: (entry.happened_at, entry.recorded_at, entry.id))
    labels = identity.actor_label(tx, {entry.actor for entry in entries})
    texts = _texts(tx, one, language)
    sent = counts_of_causes(tx, [entry.id for entry in entries])
    return TimelineOut(items=[_entry(entry, labels, texts, sent) for entry in entries])


def audit(tx: ReadTx, one: Incident) -> AuditOut:
    """Who did what to it and when, the oldest first, with the values that moved."""
    entries = entries_of(tx, thread=subject_of("incident", one.id), limit=MOST)
    labels = identity.actor_label(tx, {entry.actor for entry in entries})
    return AuditOut(items=[_change(entry, labels) for entry in entries])


def _change(entry: Entry, labels: Mapping[str, str]) -> AuditEntryOut:
    """One line of the audit; a fact that moved no field has none to name."""
    before, after = entry.payload.get("before", {}), entry.payload.get("after", {})
    return AuditEntryOut(
        id=entry.id.hex,
        at=entry.happened_at,
        actor=_actor(entry, labels),
        kind=entry.kind,
        fields=list(entry.payload.get("fields", after)),
        before=dict(before),
        after=dict(after),
    )


def _entry(
    entry: Entry,
    labels: Mapping[str, str],
    texts: Mapping[UUID, str | None],
    sent: Mapping[UUID, dict[str, int]],
) -> TimelineEntryOut:
    named = entry.payload.get(_NAMES_TEXT.get(entry.kind, ""))
    return TimelineEntryOut(
        id=entry.id.hex,
        kind=entry.kind,
        subject=entry.subject,
        at=entry.happened_at,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        actor=_actor(entry, labels),
        payload=dict(entry.payload),
        text=texts.get(UUID(hex=named)) if named else None,
        visibility=entry.visibility.value,
        silent=entry.silent,
        deliveries=sent.get(entry.id),
    )


def _actor(entry: Entry, labels: Mapping[str, str]) -> ActorOut:
    return ActorOut(kind=entry.actor.kind.value, label=labels[str(entry.actor)])


def _texts(tx: ReadTx, one: Incident, language: str) -> dict[UUID, str | None]:
    """The words of updates, comments and verbs by the ids that facts name them with."""
    updates = queries.kept_updates(tx, [one.id])
    return {
        **{kept.update.id: said(dict(kept.update.texts), language) or None for kept in updates},
        **queries.comment_bodies(tx, one.id),
        **queries.notes(tx, one.id),
    }
