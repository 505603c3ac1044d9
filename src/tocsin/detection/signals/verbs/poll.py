"""Taking the outcome of a poll or a check: state, facts, sample and the next poll in one unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tocsin.detection.signals import events, queries, rules, store
from tocsin.detection.signals.heartbeats import waiting
from tocsin.detection.signals.heartbeats.kind import WAITING
from tocsin.detection.signals.heartbeats.waiting import HEARTBEAT
from tocsin.detection.signals.model import (
    HoldEnd,
    MaintenanceStatus,
    ManualStatus,
    PollOutcome,
    Reading,
    Source,
    VendorMaintenance,
)
from tocsin.detection.signals.rules import Judged
from tocsin.kernel.facts import SYSTEM, subject_of
from tocsin.platform.database import Tx
from tocsin.platform.http import NO_VALIDATORS, Validators
from tocsin.registry import maintenance

from .room import Signals
from .sample import tell

POLL = "signals.poll"
CHECKS_CHANGED = "signal.checks_changed"


def schedule_poll(tx: Tx, source: Source, at: datetime | None = None) -> None:
    """Put the next poll of a source on the agenda, now unless said otherwise.

    Nobody in particular polls: the facts of polling are the system's.
    """
    tx.acting(actor=SYSTEM).schedule(POLL, source.id.hex, at, {"source": source.id.hex})


def ask_soon(tx: Tx, room: Signals, source: Source) -> None:
    """Have a source asked at once: by the checker where it is an own check, which is told by a hint
    and looks for itself in case the hint is lost; else from the agenda. A heartbeat is waited for."""
    if room.kinds.checks(source.kind):
        tx.cancel(POLL, source.id.hex)
        tell_checker(tx, source.service_id)
    elif source.kind == HEARTBEAT:
        tx.cancel(POLL, source.id.hex)
        store.note_poll(tx, source, replace(source.state, detail=WAITING), NO_VALIDATORS)
        waiting.begin(tx, room.pings, source)
    else:
        schedule_poll(tx, source)


def stop_asking(tx: Tx, room: Signals, source: Source) -> None:
    """Have a source asked, or waited for, no more."""
    tx.cancel(POLL, source.id.hex)
    if source.kind == HEARTBEAT:
        waiting.end(tx, source)
    if room.kinds.checks(source.kind):
        tell_checker(tx, source.service_id)


def tell_checker(tx: Tx, service_id: str) -> None:
    """Hint to the checker, in whatever process it runs, that checks of a service changed."""
    tx.announce(CHECKS_CHANGED, subject_of("service", service_id))


def take_poll(
    tx: Tx,
    room: Signals,
    polled: Source,
    planned: datetime,
    outcome: PollOutcome,
    validators: Validators,
) -> None:
    """Take what asking `polled` brought, which was planned for that instant.

    A source that is gone is not asked again, one that was edited meanwhile is asked at once.
    """
    siblings = store.hold_sources(tx, polled.service_id)
    source = next((each for each in siblings if each.id == polled.id), None)
    if source is None or source.stopped_at is not None:
        return
    if source.version != polled.version:
        ask_soon(tx, room, source)
        return
    interval = room.settings.poll_interval_seconds
    judged = judge(room, source, outcome, tx.now)
    known = NO_VALIDATORS if judged.broke else validators
    _believe(tx, room, source, siblings, judged, known)
    _note_maintenance(tx, source, outcome, judged)
    due = rules.next_poll(source, judged, interval, planned, tx.now)
    schedule_poll(tx, source, max(due, tx.now + rules.patience(outcome)))


@dataclass(frozen=True, slots=True)
class Taken:
    """What the database knows of a source after an answer; `judged` is None for a stale answer."""

    source: Source
    judged: Judged | None = None


def take_answer(tx: Tx, room: Signals, checked: Source, outcome: PollOutcome) -> Taken | None:
    """Take what checking `checked` found, where it says something new.

    None for a source that is gone; an answer to an older configuration is thrown away.
    """
    siblings = store.hold_sources(tx, checked.service_id)
    source = next((each for each in siblings if each.id == checked.id), None)
    if source is None or source.stopped_at is not None:
        return None
    if source.version != checked.version:
        return Taken(source)
    judged = judge(room, source, outcome, tx.now)
    _believe(tx, room, source, siblings, judged, NO_VALIDATORS)
    return Taken(replace(source, state=judged.state), judged)


def judge(room: Signals, source: Source, outcome: PollOutcome, now: datetime) -> Judged:
    """What an outcome makes of a source under the room's settings."""
    settings = room.settings
    return rules.after_poll(
        source, outcome, settings.failure_threshold, now, settings.poll_interval_seconds
    )


def _believe(
    tx: Tx,
    room: Signals,
    source: Source,
    siblings: Sequence[Source],
    judged: Judged,
    validators: Validators,
) -> None:
    """Write the new state, record what is news, and tell what all sources say together."""
    store.note_poll(tx, source, judged.state, validators)
    _record(tx, source, judged)
    asked = [replace(each, state=judged.state) if each is source else each for each in siblings]
    held = _still_held(tx, source.service_id, asked, judged)
    tell(tx, room, source.service_id, asked, held, counts=judged.counts)


def _record(tx: Tx, source: Source, judged: Judged) -> None:
    state = judged.state
    if judged.broke:
        tx.record(events.poller_broke(source, state.failures))
    if judged.recovered:
        tx.record(events.poller_recovered(source))
    if judged.moved and state.moved_to is not None:
        tx.record(events.source_moved(source, state.moved_to))
    if judged.vanished:
        tx.record(events.components_vanished(source, judged.vanished))


def _note_maintenance(tx: Tx, source: Source, outcome: PollOutcome, judged: Judged) -> None:
    """Have the registry keep what the vendor announces; what says the same as before is no news."""
    if not (isinstance(outcome, Reading) and judged.counts):
        return
    if judged.state.signature != source.state.signature:
        announced = [_announced(each) for each in outcome.maintenances]
        maintenance.note_vendor_windows(tx, source.service_id, source.id.hex, announced)


def _announced(said: VendorMaintenance) -> maintenance.VendorWindow:
    return maintenance.VendorWindow(
        id=said.id,
        title=said.title,
        starts_at=said.starts_at,
        ends_at=said.ends_at,
        in_progress=said.status is MaintenanceStatus.IN_PROGRESS,
    )


def _still_held(
    tx: Tx, service_id: str, asked: Sequence[Source], judged: Judged
) -> ManualStatus | None:
    """What a person said, unless the feed has changed its mind since."""
    held = queries.hold_of(tx, service_id)
    if held is None or not judged.counts or rules.still_holds(held, rules.feed_status(asked)):
        return held
    store.end_hold(tx, service_id, HoldEnd.FEED)
    tx.record(events.released(service_id, HoldEnd.FEED))
    return None
