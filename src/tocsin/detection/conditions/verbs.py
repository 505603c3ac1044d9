"""Taking a sample: the raw line at once, the confirmed line once the rules believe it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tocsin.detection.conditions import events, rules
from tocsin.detection.conditions.model import (
    ConfirmSettings,
    Decision,
    PollSample,
    Verdict,
    Watch,
)
from tocsin.detection.conditions.store import (
    State,
    add_decision,
    add_event,
    hold_state,
    note_checked,
    note_looks,
    observed_line,
    redraw,
    write_state,
)
from tocsin.detection.signals import ServiceLook, ServiceSample
from tocsin.kernel.facts import Visibility
from tocsin.kernel.segments import LineKind, Segment, SegmentSource
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx, Tx
from tocsin.registry import catalog, maintenance

FLAPPING = "conditions.flapping"
_SILENT = (Verdict.UNCHANGED, Verdict.STALE)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The room with its settings; what `signals` tells its samples to."""

    settings: ConfirmSettings

    def taken(self, tx: Tx, sample: ServiceSample) -> None:
        """Take one sample: draw, judge, record. A steady service costs one small update."""
        before, announced = hold_state(tx, sample.service_id), sample.maintenance
        in_window = before.in_window if before else _in_window(tx, sample.service_id)
        sample = replace(sample, maintenance=announced or in_window)
        watch, flapping = self._flap(before.watch if before else Watch(), sample)
        watch, decision = self._judge(watch, sample, tx)
        after = _next_state(before, watch, sample, decision)
        after = replace(after, in_window=in_window, seen_maintenance=announced)
        decided = [one for one in (flapping, decision) if one is not None]
        if before is not None and not decided and _same(before, after):
            note_checked(tx, sample.service_id, sample.at, after.last_good_at)
            return
        visibility = _visibility(tx, sample.service_id)
        write_state(tx, after)
        _draw_raw(tx, before, after, sample.at, _source(sample), sample.cause.get("id"))
        _record_changes(tx, before, after, sample, visibility)
        for one in decided:
            _decide(tx, after, one, visibility)
        if flapping is not None:
            self._look_again(tx, after)

    def corroborate(self, tx: Tx, service_id: str, dependents: int) -> bool:
        """Confirm what is seen of a service because its dependents suffer; False: nothing new."""
        before = hold_state(tx, service_id)
        if before is None or before.by_hand or before.status.rank <= before.watch.confirmed.rank:
            return False
        if not any(one.is_trouble for one in before.watch.worse):
            return False
        watch, decision = rules.corroborate(before.watch, dependents, self.settings, tx.now)
        after = replace(
            before,
            watch=watch,
            confirmed=watch.shown,
            confirmed_since=decision.since or tx.now,
            version=before.version + 1,
            updated_at=tx.now,
        )
        write_state(tx, after)
        _decide(tx, after, decision, _visibility(tx, service_id))
        return True

    def settle_flapping(self, tx: Tx, service_id: str) -> None:
        """End a spell of flapping that is over, or look again when it could be."""
        before = hold_state(tx, service_id)
        if before is None or before.watch.flapping is None:
            return
        watch, decision = rules.flapping.settle(before.watch, self.settings, tx.now)
        if decision is None:
            self._look_again(tx, before)
            return
        after = replace(
            before,
            watch=watch,
            flapping_since=None,
            flap_changes=0,
            version=before.version + 1,
            updated_at=tx.now,
        )
        write_state(tx, after)
        _decide(tx, after, decision, _visibility(tx, service_id))

    def follow_window(self, tx: Tx, service_id: str) -> None:
        """A maintenance window of ours began or ended: the flag follows at once, on both lines."""
        before = hold_state(tx, service_id)
        if before is None:
            return
        in_window = _in_window(tx, service_id)
        if in_window is before.in_window:
            return
        maintenance = before.seen_maintenance or in_window
        watch = replace(before.watch, maintenance=maintenance)
        after = replace(
            before,
            in_window=in_window,
            maintenance=maintenance,
            watch=watch,
            version=before.version + 1,
            updated_at=tx.now,
        )
        write_state(tx, after)
        if maintenance is before.maintenance:
            return
        _draw_raw(tx, before, after, tx.now, SegmentSource.FEED, None)
        _flag_confirmed(tx, after)
        _record_flag(tx, after, tx.now, _visibility(tx, service_id))

    def looked(self, tx: Tx, looks: Sequence[ServiceLook]) -> None:
        """Note in bulk when steady services were looked at; a status set by hand is no good answer."""
        note_looks(tx, looks)

    @property
    def _at_once(self) -> ConfirmSettings:
        """For own checks: their retries have confirmed already."""
        return replace(self.settings, confirm_polls=1, recovery_polls=1, min_duration=timedelta(0))

    def _flap(self, watch: Watch, sample: ServiceSample) -> tuple[Watch, Decision | None]:
        if not sample.counts or sample.by_hand or sample.spoken:
            return watch, None
        poll = PollSample(sample.at, sample.status)
        if watch.judged_at is not None and poll.at <= watch.judged_at:
            return watch, None
        return rules.flapping.begin(rules.flapping.turned(watch, poll), poll, self.settings)

    def _look_again(self, tx: Tx, state: State) -> None:
        at = rules.flapping.quiet_at(state.watch, self.settings)
        tx.schedule(FLAPPING, state.service_id, at, {"service": state.service_id})

    def _judge(self, watch: Watch, sample: ServiceSample, tx: Tx) -> tuple[Watch, Decision | None]:
        if sample.spoken:
            judged, decision = rules.report(watch, sample.status, self.settings, tx.now)
        elif sample.health == "broken" and not sample.by_hand:
            judged, decision = rules.lose_sight(watch, tx.now)
        elif sample.counts and not sample.by_hand:
            poll = PollSample(sample.at, sample.status, sample.maintenance)
            settings = self._at_once if sample.settled else self.settings
            judged, decision = rules.observe(watch, poll, settings, tx.now)
        else:
            return watch, None
        quiet = decision.verdict in _SILENT and not decision.marks
        return judged, None if quiet else decision


def _next_state(
    before: State | None,
    watch: Watch,
    sample: ServiceSample,
    decision: Decision | None,
) -> State:
    changed = before is None or before.status is not sample.status
    good = sample.counts and not sample.by_hand and sample.status is not Status.UNKNOWN
    confirmed = watch.shown
    return State(
        service_id=sample.service_id,
        status=sample.status,
        status_since=sample.at if changed or before is None else before.status_since,
        detail=sample.detail,
        maintenance=sample.maintenance,
        by_hand=sample.by_hand,
        poller_health=sample.health,
        last_good_status=sample.status if good else (before.last_good_status if before else None),
        last_good_at=sample.at if good else (before.last_good_at if before else None),
        checked_at=sample.at,
        confirmed=confirmed,
        confirmed_since=(
            before.confirmed_since
            if before is not None and before.confirmed is confirmed
            else (decision.since if decision is not None else None) or sample.at
        ),
        flapping_since=watch.flapping.since if watch.flapping else None,
        flap_changes=watch.flapping.changes if watch.flapping else 0,
        in_window=False,
        seen_maintenance=False,
        watch=watch,
        version=before.version + 1 if before else 1,
        updated_at=sample.at,
    )


def _same(before: State, after: State) -> bool:
    """Whether a sample said nothing new. While all is well, runs of good polls need no memory."""
    calm = after.watch.shown is Status.OPERATIONAL and not after.watch.worse
    watch = after.watch
    if calm:
        watch = replace(watch, judged_at=before.watch.judged_at, better=before.watch.better)
    unmoved = replace(
        after,
        watch=watch,
        checked_at=before.checked_at,
        last_good_at=before.last_good_at,
        version=before.version,
        updated_at=before.updated_at,
    )
    return unmoved == before


def _draw_raw(
    tx: Tx,
    before: State | None,
    after: State,
    at: datetime,
    source: SegmentSource,
    cause: str | None,
) -> None:
    if before is not None and (before.status, before.maintenance) == (
        after.status,
        after.maintenance,
    ):
        return
    line = observed_line(tx, after.service_id, LineKind.RAW, at)
    seen = Segment(
        after.service_id, LineKind.RAW, at, None, after.status, after.maintenance, source, cause
    )
    redraw(tx, line, line.then(seen))


def _flag_confirmed(tx: Tx, state: State) -> None:
    """Draw the confirmed line on from now with the flag as it is."""
    line = observed_line(tx, state.service_id, LineKind.CONFIRMED, tx.now)
    current = line.at(tx.now)
    if current is None and line.segments:
        current = line.segments[-1]
    if current is not None:
        flagged = replace(current, start=tx.now, end=None, maintenance=state.maintenance)
        redraw(tx, line, line.then(flagged))


def _source(sample: ServiceSample) -> SegmentSource:
    if sample.by_hand:
        return SegmentSource.PERSON
    return SegmentSource.NO_ANSWER if sample.health == "broken" else SegmentSource.FEED


def _record_changes(
    tx: Tx, before: State | None, after: State, sample: ServiceSample, visibility: Visibility
) -> None:
    was = before.status if before else Status.UNKNOWN
    service = after.service_id
    if was is not after.status:
        add_event(tx, after, was, sample.at)
        tx.record(events.status_changed(service, visibility, was, after.status, sample.at))
    if (before.maintenance if before else False) is not after.maintenance:
        _record_flag(tx, after, sample.at, visibility)
    if before is not None and before.poller_health != after.poller_health:
        change = {"from": before.poller_health, "to": after.poller_health}
        tx.record(
            events.flag_changed(events.POLLER_CHANGED, service, visibility, sample.at, change)
        )


def _record_flag(tx: Tx, state: State, at: datetime, visibility: Visibility) -> None:
    kind = events.MAINTENANCE_BEGAN if state.maintenance else events.MAINTENANCE_ENDED
    tx.record(events.flag_changed(kind, state.service_id, visibility, at, {}))


def _decide(tx: Tx, state: State, decision: Decision, visibility: Visibility) -> None:
    kept = add_decision(tx, state.service_id, decision)
    if decision.marks:
        since = min(mark.start for mark in decision.marks)
        line = observed_line(tx, state.service_id, LineKind.CONFIRMED, since)
        redraw(tx, line, rules.redraw(line, decision, state.service_id, kept.hex))
    fact = events.decided(state.service_id, visibility, decision, kept.hex)
    if fact is not None:
        tx.record(fact)


def _in_window(tx: ReadTx, service_id: str) -> bool:
    """Whether a maintenance window of ours is under way."""
    return maintenance.window_covering(tx, service_id, tx.now) is not None


def _visibility(tx: Tx, service_id: str) -> Visibility:
    service = catalog.services_by_id(tx, [service_id]).get(service_id)
    public = service is not None and service.visibility == "public"
    return Visibility.PUBLIC if public else Visibility.INTERNAL
