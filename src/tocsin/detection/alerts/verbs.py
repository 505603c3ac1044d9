"""What happens to alerts: raised, held, released, changed and resolved; acknowledged by people."""

from datetime import datetime, timedelta
from uuid import UUID

from tocsin.detection import conditions
from tocsin.detection.alerts import events, queries, store
from tocsin.detection.alerts.holding import Alerts, decide_hold
from tocsin.detection.alerts.model import (
    REMINDER_AFTER,
    Alert,
    AlertKind,
    AlertState,
    AlertVerdict,
    HeldBy,
    Hold,
)
from tocsin.detection.alerts.tables import alerts
from tocsin.kernel.errors import IllegalTransition
from tocsin.kernel.facts import Entry, id_of
from tocsin.kernel.status import Status, worst
from tocsin.platform.database import Tx

REVIEW = "alerts.review"
PATROL = timedelta(minutes=15)
REMIND = "alerts.remind_of_flapping"


def confirm(tx: Tx, room: Alerts, cause: Entry) -> None:
    """A worsening was confirmed: raise the episode's alert, or change the one that is open."""
    service_id, episode = id_of(cause.subject), cause.payload["episode"]
    current = queries.open_alert(tx, service_id)
    if current is not None and current.flapping:
        _note_while_flapping(tx, current, cause)
    elif current is not None and current.episode == episode:
        _change(tx, current, cause, sends=True)
    elif not store.episode_is_known(tx, service_id, episode):
        if current is not None:
            end(tx, room, current, _decision(cause))
        hold = decide_hold(tx, room, service_id)
        raised = store.add_alert(
            tx,
            service_id,
            status=Status(cause.payload["status"]),
            since=_since(cause),
            decision_id=_decision(cause),
            episode=episode,
            hold=hold,
        )
        announce(tx, raised, hold)


def adjust(tx: Tx, room: Alerts, cause: Entry) -> None:
    """The episode improved, or worsened again within the dedup window: change, send nothing."""
    current = queries.open_alert(tx, id_of(cause.subject))
    if current is None:
        return
    if current.flapping:
        _note_while_flapping(tx, current, cause)
    elif current.episode == cause.payload["episode"]:
        _change(tx, current, cause, sends=False)


def recover(tx: Tx, room: Alerts, cause: Entry) -> None:
    """The episode ended: resolve its alert. One that flaps waits until that is over."""
    current = queries.open_alert(tx, id_of(cause.subject))
    if current is None or current.flapping:
        return
    if current.episode == cause.payload["episode"]:
        end(tx, room, current, _decision(cause))


def begin_flapping(tx: Tx, room: Alerts, cause: Entry) -> None:
    """One summary from now on: the open alert stands for all that follows, or a new one does."""
    service_id = id_of(cause.subject)
    current = queries.open_alert(tx, service_id)
    if current is not None and current.flapping:
        return
    if current is None:
        hold = decide_hold(tx, room, service_id)
        current = store.add_alert(
            tx,
            service_id,
            status=Status.DEGRADED,
            since=_since(cause),
            decision_id=_decision(cause),
            episode=cause.payload["episode"] or 0,
            hold=hold,
            flapping=True,
        )
        announce(tx, current, hold, sends=False)
    flapping = store.change_alert(
        tx, current, flapping=True, changed_at=tx.now, decision_id=_decision(cause)
    )
    _keep(tx, flapping, AlertVerdict.FLAPPING_BEGAN)
    tx.record(events.fact(events.FLAPPING_BEGAN, flapping))
    tx.schedule(REMIND, flapping.id.hex, tx.now + REMINDER_AFTER, {"alert": flapping.id.hex})


def end_flapping(tx: Tx, room: Alerts, cause: Entry) -> None:
    """The ups and downs are over: the alert goes on as what is confirmed, or ends with it."""
    service_id = id_of(cause.subject)
    current = queries.open_alert(tx, service_id)
    if current is None or not current.flapping:
        return
    state = conditions.state(tx, service_id)
    well = state is None or not state.confirmed.is_trouble
    episode = state.watch.episode if state else None
    calm = store.change_alert(
        tx,
        current,
        flapping=False,
        changed_at=tx.now,
        decision_id=_decision(cause),
        episode=episode.number if episode else current.episode,
        status=current.status.value if well or state is None else state.confirmed.value,
    )
    tx.cancel(REMIND, calm.id.hex)
    _keep(tx, calm, AlertVerdict.FLAPPING_ENDED)
    tx.record(events.fact(events.FLAPPING_ENDED, calm, well=well))
    if well:
        end(tx, room, calm, _decision(cause), sends=False)


def remind_of_flapping(tx: Tx, alert_id: UUID) -> None:
    """Say once that a service is still flapping."""
    tx.lock(alerts, alert_id)
    current = queries.alert(tx, alert_id)
    if current.is_open and current.flapping:
        _keep(tx, current, AlertVerdict.FLAPPING_GOES_ON)
        tx.record(events.fact(events.FLAPPING_GOES_ON, current))


def review(tx: Tx, room: Alerts, alert_id: UUID, *, settled: bool = True) -> None:
    """Look again at an alert that is held back: people hear of it once nothing holds it.

    Unless that is `settled` by now, a recovery gets its time to be seen first.
    """
    tx.lock(alerts, alert_id)
    current = queries.alert(tx, alert_id)
    if not current.is_open or current.held_by is None:
        return
    hold = decide_hold(tx, room, current.service_id)
    if hold is not None:
        if hold.reason != current.held_reason:
            current = store.change_alert(tx, current, **store.held(hold))
            store.keep_decision(tx, current, AlertVerdict.HELD, hold.reason, hold.evidence)
        _look_again(tx, current, hold.until)
        return
    if not settled:
        _look_again(tx, current, tx.now + room.grace)
        return
    free = store.change_alert(tx, current, **store.held(None), told_at=tx.now, changed_at=tx.now)
    reason = "People are told now: what held it back is over, and the trouble is not."
    store.keep_decision(tx, free, AlertVerdict.RELEASED, reason)
    tx.record(events.fact(events.RELEASED, free))
    review_dependents(tx, free.service_id, tx.now)


def review_dependents(tx: Tx, upstream_id: str, at: datetime) -> None:
    """Look again, then, at what an upstream holds back."""
    for waiting in queries.held_alerts(tx, upstream_id=upstream_id):
        _look_again(tx, waiting, at)


def review_after_maintenance(tx: Tx, room: Alerts, service_id: str) -> None:
    """A window of a service moved: look again at what it holds, once a recovery had its time."""
    at = tx.now + room.grace
    for waiting in queries.held_alerts(tx, service_id=service_id):
        if waiting.held_by is not HeldBy.FLAPPING:
            _look_again(tx, waiting, at)
    review_dependents(tx, service_id, at)


def acknowledge(tx: Tx, alert_id: UUID) -> Alert:
    """Somebody takes it; repeating is fine. Raises NotFound, IllegalTransition when resolved."""
    tx.lock(alerts, alert_id)
    found = queries.alert(tx, alert_id)
    if found.state is AlertState.ACKNOWLEDGED:
        return found
    if found.state is AlertState.RESOLVED:
        raise IllegalTransition("The alert is resolved; it cannot be acknowledged any more.")
    acknowledged = store.change_alert(
        tx,
        found,
        state=AlertState.ACKNOWLEDGED.value,
        acknowledged_at=tx.now,
        acknowledged_by=str(tx.actor),
    )
    tx.record(events.fact(events.ACKNOWLEDGED, acknowledged))
    return acknowledged


def announce(tx: Tx, raised: Alert, hold: Hold | None, *, sends: bool = True) -> None:
    """Record a new alert, and what was decided about telling people.

    A call has kept its own decision; one that flaps is told as such.
    """
    if hold is not None:
        store.keep_decision(tx, raised, AlertVerdict.HELD, hold.reason, hold.evidence)
        _look_again(tx, raised, hold.until)
    elif sends and raised.kind is AlertKind.CONDITION:
        _keep(tx, raised, AlertVerdict.SENT)
    tx.record(events.fact(events.RAISED, raised, sends=sends))


def end(tx: Tx, room: Alerts, current: Alert, decision: UUID, *, sends: bool = True) -> None:
    """Resolve an alert; who never heard of it hears nothing of its end either."""
    resolved = store.change_alert(
        tx,
        current,
        state=AlertState.RESOLVED.value,
        resolved_at=tx.now,
        changed_at=tx.now,
        decision_id=decision,
        **({} if current.is_told else store.held(None)),
    )
    tx.cancel(REVIEW, current.id.hex)
    _keep(tx, resolved, AlertVerdict.RESOLVED if current.is_told else AlertVerdict.RESOLVED_UNSEEN)
    tx.record(events.fact(events.RESOLVED, resolved, sends=sends))
    if current.kind is AlertKind.CONDITION:
        review_dependents(tx, current.service_id, tx.now + room.grace)


def _change(tx: Tx, current: Alert, cause: Entry, *, sends: bool) -> None:
    status, decision = Status(cause.payload["status"]), _decision(cause)
    if current.decision_id == decision:
        return
    changed = store.change_alert(
        tx,
        current,
        status=status.value,
        worst=worst((current.worst, status)).value,
        episode=cause.payload["episode"],
        changed_at=tx.now,
        decision_id=decision,
    )
    tx.record(events.fact(events.CHANGED, changed, sends=sends, previous=current.status))


def _note_while_flapping(tx: Tx, current: Alert, cause: Entry) -> None:
    """The ups and downs are no news; only what is worse than ever is kept."""
    if Status(cause.payload["status"]).rank > current.worst.rank:
        _change(tx, current, cause, sends=False)
    else:
        store.change_alert(tx, current, episode=cause.payload["episode"])


def _keep(tx: Tx, about: Alert, verdict: AlertVerdict) -> None:
    """Keep a decision whose reason is that of the condition behind it."""
    reason = queries.reason_of(tx, about) or ""
    store.keep_decision(tx, about, verdict, _WORDS[verdict].format(reason=reason).strip())


_WORDS = {
    AlertVerdict.SENT: "People are told: nothing holds it back. {reason}",
    AlertVerdict.RESOLVED: "Resolved. {reason}",
    AlertVerdict.RESOLVED_UNSEEN: "Resolved without a word: nobody had been told. {reason}",
    AlertVerdict.FLAPPING_BEGAN: "One summary instead of an alert each time. {reason}",
    AlertVerdict.FLAPPING_GOES_ON: "Still flapping; this is said once. {reason}",
    AlertVerdict.FLAPPING_ENDED: "{reason}",
}


def _look_again(tx: Tx, held: Alert, at: datetime | None) -> None:
    """Nothing stays held for good because the word that frees it was missed."""
    about = {"alert": held.id.hex, "settled": at is not None}
    tx.schedule(REVIEW, held.id.hex, at or tx.now + PATROL, about)


def _decision(cause: Entry) -> UUID:
    return UUID(cause.payload["decision"])


def _since(cause: Entry) -> datetime:
    since = cause.payload.get("since")
    return datetime.fromisoformat(since) if since else cause.happened_at
