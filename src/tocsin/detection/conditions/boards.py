"""The board's list of services, joined of finished fragments that are kept between requests.

A request reads versions only, makes anew what changed, and joins bytes: 2,000 services whose
models and lines were built for every reader cost eighteen times their serialising. The fragments
are kept by the web role at its edge; no verb sees them, and each names the versions it was made
of, so that what other processes write is seen at once.
"""

import secrets
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from operator import attrgetter
from threading import Lock
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic_core import to_json

from tocsin.detection.conditions.board import DAYS, Reader
from tocsin.detection.conditions.fragments import (
    RECENT,
    Fragment,
    Key,
    Sight,
    fragments,
    key_of,
    opening,
)
from tocsin.detection.conditions.impacts import Felt
from tocsin.detection.conditions.queries import StateMark, state_marks
from tocsin.detection.conditions.schemas import CountsOut
from tocsin.kernel.intervals import last_days
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog

MOST_KEPT = 20_000
"""Services of all boards together: some 50 MB."""
_MANY = 200

Place = tuple[UUID, bool, str]
Moving = tuple[object, object, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A fragment with what was open filled in; `serial` is never given twice."""

    fragment: Fragment
    moving: Moving
    opening: bytes
    serial: int


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A board as it was shown last."""

    today: date | None = None
    items: Mapping[str, Item] = field(default_factory=dict)
    trouble: Mapping[str, Status] = field(default_factory=dict)
    statements: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A board: its weak entity tag, and JSON of `ServicesOut`; None for who has it already.

    The tag stays while nothing moves but the instant at which the last two hours begin.
    """

    tag: str
    body: bytes | None


class Boards:
    """The boards of one process, by tenant, kind of reader and zone; the least used ones go first."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Place, Kept] = OrderedDict()
        self._lock = Lock()
        self._serials = count(1)
        self._name = secrets.token_hex(6)

    def show(self, tx: ReadTx, reader: Reader, zone: ZoneInfo, has: Collection[str] = ()) -> Shown:
        """All services, worst first, with their last seven days and the last two hours of trouble."""
        place = (tx.tenant, reader.is_stranger, str(zone))
        board = self._drawn(tx, reader, zone, self._recall(place))
        self._keep(place, board)
        tag = self._tag(board.items.values())
        if tag in has:
            return Shown(tag, None)
        return Shown(tag, _joined(board.items.values(), to_json(tx.now - RECENT)))

    def _drawn(self, tx: ReadTx, reader: Reader, zone: ZoneInfo, before: Kept) -> Kept:
        days = last_days(DAYS, tx.now, zone)
        if before.today != days[-1].date:
            before = Kept()
        services = catalog.service_marks(tx, public_only=reader.is_stranger)
        marks = state_marks(tx)
        keys = {row[0]: key_of(row, marks.get(row[0])) for row in services}
        stale = _stale(tx, before, keys)
        made = {
            one.service.id: one
            for one in fragments(tx, Sight.of(reader, days, keys.keys()), keys, stale)
        }
        current = {
            key: one.fragment
            for key, one in before.items.items()
            if key in keys and key not in stale
        }
        current |= made
        trouble = {} if reader.is_stranger else _trouble(marks)
        statements = before.statements
        if trouble != before.trouble or _catalog_moved(before, made, current):
            statements = _statements(current, trouble)
        items = self._filled(before, current, marks, statements)
        return Kept(days[-1].date, items, trouble, statements)

    def _filled(
        self,
        before: Kept,
        current: Mapping[str, Fragment],
        marks: Mapping[str, StateMark],
        statements: Mapping[str, str | None],
    ) -> dict[str, Item]:
        items = {}
        for key, fragment in current.items():
            mark = marks.get(key)
            moving = (mark and mark.checked, mark and mark.good, statements.get(key))
            item = before.items.get(key)
            if item is None or item.fragment is not fragment or item.moving != moving:
                head = opening(mark, statements.get(key))
                item = Item(fragment, moving, head, next(self._serials))
            items[key] = item
        return items

    def _tag(self, items: Iterable[Item]) -> str:
        """Serials are of this process: another one's tags are never taken for its own."""
        numbers = hash(tuple([one.serial for one in items]))
        return f'"{self._name}{numbers & (2**64 - 1):016x}"'

    def _recall(self, place: Place) -> Kept:
        with self._lock:
            return self._kept.get(place) or Kept()

    def _keep(self, place: Place, board: Kept) -> None:
        with self._lock:
            self._kept[place] = board
            self._kept.move_to_end(place)
            held = sum(len(one.items) for one in self._kept.values())
            while held > self._most:
                _, dropped = self._kept.popitem(last=False)
                held -= len(dropped.items)


def _stale(tx: ReadTx, before: Kept, keys: Mapping[str, Key]) -> set[str]:
    """What has to be made anew: changed services, and those that name one which came or went."""
    stale = {
        key
        for key, versions in keys.items()
        if (item := before.items.get(key)) is None or not item.fragment.stands(versions, tx.now)
    }
    if not before.items:
        return stale
    turned = keys.keys() ^ before.items.keys()
    if len(turned) > _MANY:
        return set(keys)
    return stale | (catalog.dependents_of_any(tx, turned) & keys.keys() if turned else set())


def _trouble(marks: Mapping[str, StateMark]) -> dict[str, Status]:
    return {key: Status(mark.status) for key, mark in marks.items() if mark.status in _BAD}


_FELT = attrgetter("name", "category", "dependencies")
_BAD = frozenset(one.value for one in Status if one.is_trouble)


def _catalog_moved(
    before: Kept, made: Mapping[str, Fragment], current: Mapping[str, Fragment]
) -> bool:
    """Whether names or dependencies may be others than they were."""
    if current.keys() != before.items.keys():
        return True
    return any(
        _FELT(one.service) != _FELT(before.items[key].fragment.service) for key, one in made.items()
    )


def _statements(
    current: Mapping[str, Fragment], trouble: Mapping[str, Status]
) -> dict[str, str | None]:
    if not trouble:
        return {}
    services = [one.service for one in current.values()]
    felt = Felt.among(services, trouble)
    return {one.id: felt.statement(one) for one in services if one.id in trouble}


def _joined(items: Iterable[Item], since: bytes) -> bytes:
    """The bytes of a board; strips that are cut begin at the instant `since`."""
    ordered = sorted(items, key=attrgetter("fragment.place"))
    start = b'{"start":' + since
    pieces = []
    for item in ordered:
        fragment = item.fragment
        pieces.append(
            b"".join((item.opening, start, fragment.text))
            if fragment.follows
            else item.opening + fragment.text
        )
    counts = CountsOut(**Counter(one.fragment.status.value for one in ordered))
    return b'{"items":[%b],"counts":%b}' % (b",".join(pieces), counts.model_dump_json().encode())
