"""Figures that hardly move, such as the days a certificate is still good: kept when they change.

Triggers read them as pushed metrics of the service (`days_left < 14`), so each is written at least
every 12 hours; of several checks of a service the least counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tocsin.detection.signals.metrics import Sample, take_samples
from tocsin.kernel.errors import Conflict, NotFound
from tocsin.platform.database import Tx

from .model import Watched

DAYS_LEFT = "days_left"
AGAIN_AFTER = timedelta(hours=12)
SERVICES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """What a service's checks found, the least of them, and the checks themselves."""

    service_id: str
    least: float
    checks: tuple[Watched, ...]

    def note_written(self, now: datetime) -> None:
        """Remember it, once it is durable."""
        for watched in self.checks:
            watched.days_written = (int(watched.days_left or 0), now)


def worth_writing(round_: Iterable[Watched], now: datetime) -> dict[UUID, list[DaysLeft]]:
    """By tenant what is news of a service, or was written long ago."""
    of: defaultdict[tuple[UUID, str], list[Watched]] = defaultdict(list)
    for watched in round_:
        if watched.days_left is not None:
            of[watched.tenant, watched.source.service_id].append(watched)
    found: defaultdict[UUID, list[DaysLeft]] = defaultdict(list)
    for (tenant, service_id), checks in of.items():
        if any(_is_news(watched, now) for watched in checks):
            least = min(watched.days_left or 0.0 for watched in checks)
            found[tenant].append(DaysLeft(service_id, least, tuple(checks)))
    return dict(found)


def write_days(tx: Tx, portion: Sequence[DaysLeft]) -> None:
    """Keep the days left of up to 50 services; one that is gone, or is full, is passed over."""
    for one in sorted(portion, key=lambda one: one.service_id):
        try:
            take_samples(tx, one.service_id, [Sample(DAYS_LEFT, one.least, unit="d")])
        except (NotFound, Conflict):
            continue


def _is_news(watched: Watched, now: datetime) -> bool:
    if watched.days_written is None:
        return True
    days, at = watched.days_written
    return int(watched.days_left or 0) != days or now - at >= AGAIN_AFTER
