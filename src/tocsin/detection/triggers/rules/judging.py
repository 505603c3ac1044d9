"""One trigger over one service: the single implementation behind the job and the preview."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import inf

from tocsin.detection.triggers.model import Standing

from .grammar import Condition
from .holding import Holding, Patience, Turn
from .reading import Point, Reader, shown
from .sentences import cleared_because, fired_because
from .streams import Stream

Watch = Callable[[Stream, Point, Reader], None]
"""Is shown every point as it is evaluated."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is evaluated: the condition, and for how many seconds it must hold."""

    condition: Condition
    duration: float


@dataclass(frozen=True, slots=True)
class Change:
    """A trigger fired, or cleared, for a service. `since` is when the condition began (fired) or
    ceased (cleared) to hold; `values` are None where nothing answered or nothing is known."""

    fired: bool
    at: datetime
    since: datetime
    reason: str
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, order=True)
class _Turning:
    """What one stream did."""

    at: float
    key: str
    turn: Turn = field(compare=False)
    since: float = field(compare=False)
    reason: str = field(compare=False)
    values: Mapping[str, float | None] = field(compare=False, default_factory=dict)


def judge(
    rule: Rule,
    streams: Sequence[Stream],
    standing: Standing,
    since: datetime,
    until: datetime,
    watch: Watch | None = None,
) -> tuple[Standing, list[Change]]:
    """Go on from a standing with what came in after `since`, up to and with `until`.

    A service fires as long as one of its streams does.
    """
    holdings = {key: Holding.parse(kept) for key, kept in standing.held.items()}
    begin, end = since.timestamp(), until.timestamp()
    firing = {key for key, holding in holdings.items() if holding.is_firing}
    turnings = list(_gone(holdings, {stream.key for stream in streams}, end))
    for stream in streams:
        holding = holdings.setdefault(stream.key, Holding())
        turnings += _walk(rule, stream, holding, begin, end, watch)
    changes = list(_changes(firing, sorted(turnings)))
    kept = {key: holding.plain() for key, holding in holdings.items() if holding.last_at}
    return _after(replace(standing, evaluated_at=until, held=kept), changes), changes


def is_calm(standing: Standing) -> bool:
    """Whether forgetting the standing would lose nothing."""
    return not standing.is_firing and all(
        Holding.parse(kept).is_calm for kept in standing.held.values()
    )


def _walk(
    rule: Rule,
    stream: Stream,
    holding: Holding,
    begin: float,
    end: float,
    watch: Watch | None,
) -> Iterator[_Turning]:
    reader = Reader(rule.condition.expression, stream, rule.duration)
    patience = Patience.of(rule.duration, stream)
    after = max(begin, -inf if holding.last_at is None else holding.last_at)
    for point in reader.points(after):
        if point.at > end:
            break
        yield from _silence(holding, stream, patience, point.at)
        turn = holding.meet(point.at, point.held, patience)
        if watch is not None:
            watch(stream, point, reader)
        if turn is Turn.FIRED:
            since = holding.firing_since or point.at
            why = fired_because(
                rule.condition, reader.values, stream, holding.points, since, point.at
            )
            yield _Turning(point.at, stream.key, turn, since, why, _values(reader))
        elif turn is not None:
            since = holding.false_since or point.at
            why = cleared_because(turn, point.at - since)
            yield _Turning(point.at, stream.key, turn, since, why, _values(reader))
    yield from _silence(holding, stream, patience, end)


def _silence(
    holding: Holding, stream: Stream, patience: Patience, now: float
) -> Iterator[_Turning]:
    """What fires, but of which nothing has been known for long, ends when it had been too long."""
    known_at = holding.known_at
    if known_at is not None and holding.quiet(now, patience):
        why = cleared_because(Turn.SILENT, patience.silence)
        yield _Turning(known_at + patience.silence, stream.key, Turn.SILENT, known_at, why)


def _gone(holdings: dict[str, Holding], there: set[str], end: float) -> Iterator[_Turning]:
    """Monitors that were removed hold nothing any more."""
    for key in sorted(holdings.keys() - there):
        if holdings.pop(key).is_firing:
            yield _Turning(end, key, Turn.GONE, end, cleared_because(Turn.GONE, 0))


def _changes(firing: set[str], turnings: Sequence[_Turning]) -> Iterator[Change]:
    for each in turnings:
        before = bool(firing)
        if each.turn is Turn.FIRED:
            firing.add(each.key)
        else:
            firing.discard(each.key)
        if before != bool(firing):
            yield Change(
                each.turn is Turn.FIRED,
                _instant(each.at),
                _instant(each.since),
                each.reason,
                each.values,
            )


def _after(standing: Standing, changes: Sequence[Change]) -> Standing:
    for change in changes:
        standing = replace(
            standing,
            firing_since=change.since if change.fired else None,
            fired_at=change.at if change.fired else None,
            values=change.values,
            reason=change.reason,
        )
    return standing


def _values(reader: Reader) -> dict[str, float | None]:
    return {str(operand): shown(value) for operand, value in reader.values.items()}


def _instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
