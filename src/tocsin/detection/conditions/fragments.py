"""Services of the board as finished JSON; what moves while no row changes is left open.

Open are the instants of the last look, the impact statement, and where the strip of the last two
hours begins. Everything else is written once per version of the rows it was made of.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import to_json

from tocsin.detection.conditions.board import (
    EMPTY,
    Reader,
    service_fields,
    window_of,
)
from tocsin.detection.conditions.queries import StateMark, lines, states
from tocsin.detection.conditions.store import Standing
from tocsin.kernel.intervals import Day, Interval
from tocsin.kernel.segments import Line, LineKind
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx, instant_of
from tocsin.registry import catalog
from tocsin.registry.catalog import Service

RECENT = timedelta(hours=2)
OPEN = frozenset({"checked_at", "last_good_at"})
_FEW = 400

Key = tuple[Any, ...]
Place = tuple[int, int, str, str, str]
"""Worst first, then by tier and name."""


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """One service.

    `key` names the versions of its rows; None where it may look different the next moment though
    none of them changes. With `follows` its strip begins where the window begins, which is left
    open at the start of `text`; `good_until` is when the strip changes shape by itself.
    """

    key: Key | None
    made_at: datetime
    good_until: datetime | None
    service: Service
    status: Status
    place: Place
    follows: bool
    text: bytes

    def stands(self, key: Key, now: datetime) -> bool:
        """Whether it still tells how things are."""
        if self.key != key or now < self.made_at:
            return False
        return self.good_until is None or now < self.good_until


@dataclass(frozen=True, slots=True)
class Sight:
    """What a board shows to whom: the days, and the ids that this reader may know."""

    reader: Reader
    days: Sequence[Day]
    known: Collection[str]
    heads: Sequence[str]

    @classmethod
    def of(cls, reader: Reader, days: Sequence[Day], known: Collection[str]) -> "Sight":
        """With how the JSON of each day begins."""
        heads = [f'{{"date":"{day.date.isoformat()}","status":' for day in days]
        return cls(reader, days, known, heads)


def key_of(service: Sequence[Any], state: StateMark | None) -> Key:
    """The versions that a fragment is made of, from a row of `catalog.service_marks`.

    The instants are there for a database that was filled anew with the same ids.
    """
    _, version, changed = service
    return (version, changed) if state is None else (version, changed, *state[:2])


def fragments(
    tx: ReadTx, sight: Sight, keys: dict[str, Key], wanted: Collection[str]
) -> Iterator[Fragment]:
    """The wanted services, read in a handful of queries; those that are gone are left out."""
    ids = wanted if len(wanted) <= _FEW else None
    services = catalog.services(tx) if ids is None else catalog.services_by_id(tx, ids).values()
    found = states(tx, ids)
    recent = Interval(tx.now - RECENT, tx.now)
    confirmed = lines(tx, LineKind.CONFIRMED, window_of(sight.days, tx.now), ids)
    raw = lines(tx, LineKind.RAW, recent, ids)
    among = frozenset(wanted)
    for one in services:
        if one.id in among:
            drawn = (raw.get(one.id, EMPTY), confirmed.get(one.id, EMPTY))
            yield _fragment(tx.now, sight, keys[one.id], one, found.get(one.id), *drawn)


def opening(mark: StateMark | None, statement: str | None) -> bytes:
    """The beginning of a service's JSON up to its strip."""
    checked, good = (mark.checked, mark.good) if mark else (None, None)
    looked = _moment(checked)
    well = looked if good == checked else _moment(good)
    said = to_json(statement) if statement is not None else b"null"
    return b'{"checked_at":%b,"last_good_at":%b,"impact_statement":%b,"recent":[' % (
        looked,
        well,
        said,
    )


def _moment(stamped: Any) -> bytes:
    return b"null" if stamped is None else to_json(instant_of(stamped))


def _fragment(
    now: datetime,
    sight: Sight,
    key: Key,
    service: Service,
    state: Standing | None,
    raw: Line,
    confirmed: Line,
) -> Fragment:
    fields = service_fields(service, state, sight.reader, sight.known)
    since = now - RECENT
    follows = bool(raw.segments) and raw.segments[0].start < since
    settled = _is_settled(state, sight.days[-1], (raw, confirmed), now)
    closed = to_json({name: value for name, value in fields.items() if name not in OPEN})
    status: Status = fields["status"]
    place = (-status.rank, service.tier, service.name.casefold(), service.name, service.id)
    days = _days(confirmed, sight, now)
    return Fragment(
        key=key if settled else None,
        made_at=now,
        good_until=_first_change(raw, follows=follows),
        service=service,
        status=status,
        place=place,
        follows=follows,
        text=b'%b],"days":[%b],%b' % (_strip(raw, follows=follows), days, closed[1:]),
    )


def _days(confirmed: Line, sight: Sight, now: datetime) -> bytes:
    """`DayOut` of each day, as JSON."""
    return ",".join(
        f'{head}{_quoted(tally.worst_known)},"maintenance":{"true" if tally.maintenance else "false"}}}'
        for head, (_, tally) in zip(sight.heads, confirmed.by_day(sight.days, now), strict=True)
    ).encode()


def _quoted(status: Status | None) -> str:
    return f'"{status.value}"' if status else "null"


def _strip(raw: Line, *, follows: bool) -> bytes:
    """`StretchOut` of each stretch, as JSON; an open start is left out with the words before it."""
    written = [
        b'{"start":%b,"end":%b,"status":"%b"}'
        % (to_json(one.start), to_json(one.end), one.state.value.encode())
        for one in raw
    ]
    if follows:
        written[0] = written[0][written[0].index(b',"end"') :]
    return b",".join(written)


def _first_change(raw: Line, *, follows: bool) -> datetime | None:
    """When the strip loses its first stretch or begins to cut it; None where it goes on."""
    if not raw.segments:
        return None
    first = raw.segments[0]
    edge = first.end if follows else first.start
    return None if edge is None else edge + RECENT


def _is_settled(state: Standing | None, today: Day, drawn: Sequence[Line], now: datetime) -> bool:
    """Whether time alone changes nothing but the strip: no edge lies at or after this instant."""
    if state is not None and state.updated_at >= now:
        return False
    edges = all(
        one.start < now and (one.end is None or one.end <= now) for line in drawn for one in line
    )
    return edges and today.interval.start < now
