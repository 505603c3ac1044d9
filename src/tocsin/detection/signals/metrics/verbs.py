"""Taking pushed samples: all or none, into the block of their hour."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tocsin.detection.signals.results.packing import hour_of
from tocsin.kernel.errors import Conflict, FieldError, Invalid
from tocsin.platform.database import Tx
from tocsin.registry import catalog

from . import packing, store

MOST_SAMPLES = 1_000
MOST_NAMES = 200
MOST_AN_HOUR = 3_600
"""Samples that one metric keeps of an hour: one a second."""
AHEAD = timedelta(minutes=5)
BEHIND = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sample:
    """One figure of a service; `at` None: now."""

    name: str
    value: float
    at: datetime | None = None
    unit: str | None = None


def take_samples(tx: Tx, service_id: str, samples: Sequence[Sample]) -> int:
    """Keep samples of a service and tell how many; one at a time that is taken replaces it.

    Raises NotFound for an unknown service, Invalid for an instant too far off, and Conflict for
    more names (`too_many_metrics`) or samples (`too_many_samples`) than a service may have.
    """
    _require_near(samples, tx.now)
    catalog.hold_service(tx, service_id)
    ids = _ids(tx, service_id, samples)
    new: defaultdict[tuple[UUID, int], dict[datetime, float]] = defaultdict(dict)
    for sample in samples:
        at = _whole_milliseconds(sample.at or tx.now)
        new[ids[sample.name], hour_of(at)][at] = sample.value
    metrics, hours = {metric for metric, _ in new}, {hour for _, hour in new}
    merged: dict[tuple[UUID, int], dict[datetime, float]] = {place: {} for place in new}
    for metric, hour, block in store.blocks(tx, metrics, hours):
        if (metric, hour) in merged:
            merged[metric, hour] = dict(packing.unpack(block, hour))
    for place, points in new.items():
        merged[place] |= points
        if len(merged[place]) > MOST_AN_HOUR:
            raise Conflict(
                f"A metric keeps {MOST_AN_HOUR} samples an hour.", code="too_many_samples"
            )
    packed = {
        (metric, hour): packing.pack(sorted(points.items()), hour)
        for (metric, hour), points in merged.items()
    }
    store.write_blocks(tx, packed)
    return len(samples)


def _require_near(samples: Sequence[Sample], now: datetime) -> None:
    errors = [
        FieldError(f"samples[{place}].at", "at most 5 minutes ahead and 1 day in the past")
        for place, sample in enumerate(samples)
        if sample.at is not None and not now - BEHIND <= sample.at <= now + AHEAD
    ]
    if errors:
        raise Invalid(f"{errors[0].field}: {errors[0].message}", errors=errors)


def _ids(tx: Tx, service_id: str, samples: Sequence[Sample]) -> dict[str, UUID]:
    """The ids of the metrics, with new names taken up."""
    known = store.names_of(tx, service_id)
    units = {sample.name: sample.unit for sample in samples}
    new = {name: unit for name, unit in units.items() if name not in known}
    if len(known) + len(new) > MOST_NAMES:
        raise Conflict(f"A service has at most {MOST_NAMES} metrics.", code="too_many_metrics")
    return known | store.add_names(tx, service_id, new)


def _whole_milliseconds(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1_000 * 1_000)
