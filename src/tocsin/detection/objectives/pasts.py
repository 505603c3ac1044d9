"""The pasts of services, kept between requests by the process that answers them.

A list of 2,000 services over 90 days is 120,000 segments, which cost two hundred times the
answer to read. What is kept names the version of the state it was read with; whoever writes
segments raises that version, so what other processes write is seen at once.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from tocsin.detection import conditions
from tocsin.kernel.intervals import Day, Interval
from tocsin.kernel.segments import Line, LineKind
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx

from .rules import Past, Stretches, daily_percent

MOST_KEPT = 10_000
"""Services of all tenants together: with 60 segments each, some 40 MB."""
_VIEWS = 4
_FEW = 400
_FAR = datetime(9999, 12, 31, tzinfo=UTC)
_NONE = Past.of(Line())

Version = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A past as it was read: with which version, from when on, and its days as written before."""

    version: Version
    since: datetime
    past: Past
    days: "OrderedDict[tuple[datetime, datetime, int], str]" = field(default_factory=OrderedDict)


class Found(NamedTuple):
    """A service's past, up to now, with the days that are written already."""

    stretches: Stretches
    kept: Kept | None

    def days(self, heads: Sequence[str], days: Sequence[Day]) -> str:
        """The availability of each day as JSON, each behind its head; only today is counted anew."""
        whole = self._whole(heads[:-1], days[:-1])
        today = _written(heads[-1:], daily_percent(self.stretches, days[-1:]))
        return f"{whole},{today}" if whole else today

    def _whole(self, heads: Sequence[str], days: Sequence[Day]) -> str:
        if not days:
            return ""
        if self.kept is None:
            return _written(heads, daily_percent(self.stretches, days))
        view = (days[0].interval.start, days[-1].interval.end, len(days))
        written = self.kept.days.get(view)
        if written is None:
            written = self.kept.days[view] = _written(heads, daily_percent(self.stretches, days))
            while len(self.kept.days) > _VIEWS:
                self.kept.days.popitem(last=False)
        return written


class Pasts:
    """The confirmed pasts of one process, by tenant and service; the least used ones go first."""

    def __init__(self, weights: Mapping[Status, float], most: int = MOST_KEPT) -> None:
        self._weights = weights
        self._most = most
        self._kept: OrderedDict[tuple[UUID, str], Kept] = OrderedDict()
        self._lock = Lock()

    def of(self, tx: ReadTx, since: datetime, service_ids: Sequence[str]) -> dict[str, Found]:
        """The pasts of these services from an instant on, in a few queries whatever their number."""
        versions = conditions.state_versions(tx)
        found = self._recall(tx.tenant, since, service_ids, versions)
        missing = [key for key in service_ids if key not in found]
        if missing:
            read = self._read(tx, since, missing, versions)
            self._keep(tx.tenant, read)
            found |= read
        return {
            key: Found(Stretches.up_to(tx.now, one.past), one if one.version else None)
            for key, one in found.items()
        }

    def _read(
        self, tx: ReadTx, since: datetime, missing: Sequence[str], versions: Mapping[str, Version]
    ) -> dict[str, Kept]:
        ids = missing if len(missing) <= _FEW else None
        lines = conditions.lines(tx, LineKind.CONFIRMED, Interval(since, _FAR), ids)
        pasts = {
            key: Past.of(lines[key], self._weights) if key in lines else _NONE for key in missing
        }
        return {key: Kept(versions.get(key, ()), since, past) for key, past in pasts.items()}

    def _recall(
        self,
        tenant: UUID,
        since: datetime,
        service_ids: Collection[str],
        versions: Mapping[str, Version],
    ) -> dict[str, Kept]:
        found = {}
        with self._lock:
            for key in service_ids:
                kept = self._kept.get((tenant, key))
                if kept and kept.version == versions.get(key) and kept.since <= since:
                    found[key] = kept
                    self._kept.move_to_end((tenant, key))
        return found

    def _keep(self, tenant: UUID, read: Mapping[str, Kept]) -> None:
        """Without a version nothing tells that a past has changed: such are read each time."""
        with self._lock:
            for key, kept in read.items():
                if kept.version:
                    self._kept[tenant, key] = kept
                    self._kept.move_to_end((tenant, key))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _written(heads: Sequence[str], percents: Sequence[float | None]) -> str:
    return ",".join(
        [
            f"{head}null}}" if percent is None else f"{head}{percent}}}"
            for head, percent in zip(heads, percents, strict=True)
        ]
    )
