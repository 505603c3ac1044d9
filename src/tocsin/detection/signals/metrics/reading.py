"""Reading pushed metrics."""

from collections.abc import Collection
from datetime import datetime

from tocsin.detection.signals.results.packing import hour_of
from tocsin.kernel.errors import Invalid
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

from . import packing, store

MOST_BLOCKS = 20_000


def metrics_of(
    tx: ReadTx, service_id: str, names: Collection[str], window: Interval
) -> dict[str, list[tuple[datetime, float]]]:
    """Samples of a service by name, oldest first; [] for names without any.

    Raises Invalid for a window of more than 20,000 hours of metrics.
    """
    found: dict[str, list[tuple[datetime, float]]] = {name: [] for name in names}
    known = {metric: name for name, metric in store.names_of(tx, service_id, names).items()}
    hours = range(hour_of(window.start), hour_of(window.end) + 1)
    if len(known) * len(hours) > MOST_BLOCKS:
        raise Invalid("from: the window holds too many samples; choose a shorter one")
    for metric, hour, block in store.blocks(tx, known, hours) if known else ():
        points = packing.unpack(block, hour)
        found[known[metric]] += [point for point in points if window.contains(point[0])]
    return found
