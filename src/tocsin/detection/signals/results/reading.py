"""Reading raw results: the blocks of whole hours and the minutes that are not folded yet."""

from collections.abc import Collection
from uuid import UUID

from tocsin.detection.signals.model import CheckResult
from tocsin.kernel.errors import Invalid
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

from . import packing, store
from .bundle import Bundle

MOST_BLOCKS = 20_000
MOST_RESULTS = 200_000


def results_of(
    tx: ReadTx, source_ids: Collection[UUID], window: Interval
) -> dict[UUID, list[CheckResult]]:
    """The results of own checks that began in a window, oldest first; [] where there are none.

    The last minute may be missing. Raises Invalid for a window that holds more than 200,000
    results, or 20,000 hours of them.
    """
    wanted = list(dict.fromkeys(source_ids))
    hours = range(packing.hour_of(window.start), packing.hour_of(window.end) + 1)
    if len(wanted) * len(hours) > MOST_BLOCKS:
        raise _too_long()
    found: dict[UUID, dict[object, CheckResult]] = {source: {} for source in wanted}
    count = 0
    for source, hour, block in _packed(tx, wanted, hours):
        results = packing.unpack(block, hour)
        count += len(results)
        if count > MOST_RESULTS:
            raise _too_long()
        found[source].update((one.at, one) for one in results if window.contains(one.at))
    return {source: sorted(all_.values(), key=lambda one: one.at) for source, all_ in found.items()}


def _packed(tx: ReadTx, wanted: list[UUID], hours: range) -> list[tuple[UUID, int, bytes]]:
    packed = store.blocks(tx, wanted, hours)
    for hour, data in store.bundles_of(tx, hours[0], hours[-1]):
        one = Bundle(data)
        packed += [(source, hour, block) for source in wanted if (block := one.get(source))]
    return packed


def _too_long() -> Invalid:
    return Invalid("from: the window holds too many results; choose a shorter one")
