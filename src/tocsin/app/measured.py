"""What triggers look at, read from the signals: the port `Samples`."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tocsin.detection import signals
from tocsin.detection.signals import CheckResult
from tocsin.detection.triggers.ports import Monitor
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

USUAL_SECONDS = 60.0
WITHOUT_RESPONSE_TIME = frozenset({"heartbeat"})


class Measured:
    """Own checks are the sources that settle by themselves; stopped ones measure nothing."""

    def monitors(self, tx: ReadTx, service_ids: Collection[str]) -> Mapping[str, Sequence[Monitor]]:
        """The own checks of services that run now."""
        found: dict[str, list[Monitor]] = defaultdict(list)
        for service_id, sources in signals.sources_of(tx, service_ids).items():
            for source in sources:
                if source.settles and source.stopped_at is None:
                    found[service_id].append(_monitor(source))
        return found

    def results(
        self, tx: ReadTx, monitor_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[CheckResult]]:
        """What own checks found within the window."""
        return signals.results_of(tx, monitor_ids, window) if monitor_ids else {}

    def pushed(
        self, tx: ReadTx, service_id: str, names: Collection[str], window: Interval
    ) -> Mapping[str, Sequence[tuple[datetime, float]]]:
        """Values of a service's other metrics."""
        return signals.metrics_of(tx, service_id, names, window) if names else {}


def _monitor(source: signals.Source) -> Monitor:
    return Monitor(
        source.id,
        source.name or source.url or source.kind,
        float(source.interval_seconds or USUAL_SECONDS),
        answers=source.kind not in WITHOUT_RESPONSE_TIME,
    )
