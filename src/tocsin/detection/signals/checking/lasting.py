"""Figures that hardly move, such as the days a certificate is still good: kept when they change.

Triggers read them as pushed metrics of the service (`days_left < 14`), so each is written at least
every 12 hours; of several checks of a service the least counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from tocsin.detection.signals.metrics import Sample, take_samples
from tocsin.kernel.errors import Conflict, NotFound
from tocsin.platform.database import Tx

from .model import Watched

DAYS_LEFT = "days_left"
AGAIN_AFTER = timedelta(hours=12)
SERVICES_AT_ONCE = 50

Least = Mapping[str, float]
"""The least days left by service."""


def worth_writing(round_: Iterable[Watched], now: datetime) -> dict[UUID, dict[str, float]]:
    """By tenant and service the least days left, where that is news or was written long ago."""
    of: defaultdict[tuple[UUID, str], list[Watched]] = defaultdict(list)
    for watched in round_:
        if watched.days_left is not None:
            of[watched.tenant, watched.source.service_id].append(watched)
    found: defaultdict[UUID, dict[str, float]] = defaultdict(dict)
    for (tenant, service_id), all_watched in of.items():
        if any(_is_news(watched, now) for watched in all_watched):
            found[tenant][service_id] = min(one.days_left or 0.0 for one in all_watched)
            for watched in all_watched:
                watched.days_written = (int(watched.days_left or 0), now)
    return dict(found)


def write_days(tx: Tx, least: Least) -> None:
    """Keep the days left of up to 50 services; one that is gone, or is full, is passed over."""
    for service_id, days in sorted(least.items()):
        try:
            take_samples(tx, service_id, [Sample(DAYS_LEFT, days, unit="d")])
        except (NotFound, Conflict):
            continue


def _is_news(watched: Watched, now: datetime) -> bool:
    if watched.days_written is None:
        return True
    days, at = watched.days_written
    return int(watched.days_left or 0) != days or now - at >= AGAIN_AFTER
