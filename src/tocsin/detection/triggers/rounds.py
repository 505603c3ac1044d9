"""A round: every enabled trigger looks at what came in lately, a portion of them at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog

from . import queries
from .looking import Sight, seen
from .model import Standing, Trigger
from .ports import Samples
from .rules import Change, Rule, is_calm, judge, read_condition

PORTION = 100
OVERLAP = timedelta(minutes=5)
"""How far a round looks back where nothing is remembered: a slow check is dated to its beginning
and comes in late."""
LAG = timedelta(minutes=2)
"""How late a condition is judged that mixes results, which come in by the minute, with values that
come in at once: both have to be there."""
LATE = timedelta(hours=1)
"""How far a round looks back at most, after the product stood still."""

Pair = tuple[UUID, str]
"""A trigger and a service."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round found for a trigger and a service. `before` is the standing it went on from:
    another one in the database means that somebody else was first."""

    trigger: Trigger
    service_id: str
    before: Standing | None
    after: Standing
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a round: what is worth writing, and the pair to go on after; None: it is over."""

    outcomes: Sequence[Outcome]
    last: Pair | None
    any_enabled: bool


def look(tx: ReadTx, samples: Samples, until: datetime, after: Pair | None) -> Portion:
    """Evaluate the next portion of a round that ends at `until`."""
    enabled = queries.enabled_triggers(tx)
    services = _services(tx, enabled)
    pairs = ((trigger, service) for trigger in enabled for service in services[trigger.id])
    rest = (pair for pair in pairs if after is None or (pair[0].id, pair[1]) > after)
    portion = list(islice(rest, PORTION))
    by_trigger: dict[UUID, list[str]] = defaultdict(list)
    for trigger, service in portion:
        by_trigger[trigger.id].append(service)
    known = {one.id: one for one in enabled}
    outcomes = [
        outcome
        for trigger_id, ids in by_trigger.items()
        for outcome in _evaluated(tx, samples, known[trigger_id], ids, until)
    ]
    last = (portion[-1][0].id, portion[-1][1]) if len(portion) == PORTION else None
    if last is None:
        outcomes += _without_service(tx, known, services, until)
    return Portion(outcomes, last, bool(enabled))


def _services(tx: ReadTx, enabled: Sequence[Trigger]) -> dict[UUID, list[str]]:
    """The services of each trigger that exist now, sorted."""
    named = {one.service_id for one in enabled if one.service_id is not None}
    if all(one.service_id is not None for one in enabled):
        there = catalog.services_by_id(tx, named)
    else:
        there = {one.id: one for one in catalog.services(tx)}
    every = sorted(there)
    return {
        one.id: every
        if one.service_id is None
        else [one.service_id]
        if one.service_id in there
        else []
        for one in enabled
    }


def _without_service(
    tx: ReadTx,
    enabled: Mapping[UUID, Trigger],
    services: Mapping[UUID, Sequence[str]],
    until: datetime,
) -> list[Outcome]:
    """What fires for a service that was archived clears."""
    over = Change(False, until, until, "The service was archived.", {})
    return [
        Outcome(enabled[one.trigger_id], one.service_id, one.standing, _over(over), [over])
        for one in queries.firing_states(tx)
        if one.trigger_id in enabled and one.service_id not in services[one.trigger_id]
    ]


def _over(change: Change) -> Standing:
    return Standing(evaluated_at=change.at, reason=change.reason)


def _evaluated(
    tx: ReadTx, samples: Samples, trigger: Trigger, ids: Sequence[str], until: datetime
) -> list[Outcome]:
    rule = Rule(read_condition(trigger.condition), trigger.duration.total_seconds())
    sight = Sight(rule, samples.monitors(tx, ids))
    end = until - LAG if sight.is_mixed else until
    since = max(trigger.effective_from, end - OVERLAP)
    if since > end:
        return []
    remembered = {
        state.service_id: state.standing for state in queries.states_of(tx, [trigger.id], ids)
    }
    start = min([since, *(_begin(one, since, end) for one in remembered.values())])
    found = []
    for service_id, streams in seen(tx, samples, sight, ids, Interval(start, end)):
        before = remembered.get(service_id)
        begin = since if before is None else _begin(before, since, end)
        after, changes = judge(rule, streams, before or Standing(), begin, end)
        calm = (before is None or is_calm(before)) and is_calm(after)
        if changes or not calm:
            found.append(Outcome(trigger, service_id, before, after, changes))
    return found


def _begin(standing: Standing, since: datetime, until: datetime) -> datetime:
    """Where something is remembered the walk goes on from there, as far as that is not long ago."""
    if is_calm(standing) or standing.evaluated_at is None:
        return since
    return max(until - LATE, min(since, standing.evaluated_at))
