"""Where triggers get their values from; `compose` hands in the adapter over the signals."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from tocsin.detection.signals import CheckResult
from tocsin.kernel.intervals import Interval
from tocsin.platform.database import ReadTx

from .model import Monitor

__all__ = ["CheckResult", "Interval", "Monitor", "Samples"]


class Samples(Protocol):
    """Everything that was measured of services, oldest first; nothing is an empty list."""

    def monitors(self, tx: ReadTx, service_ids: Collection[str]) -> Mapping[str, Sequence[Monitor]]:
        """The own checks of services that run now."""

    def results(
        self, tx: ReadTx, monitor_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[CheckResult]]:
        """What own checks found within the window."""

    def pushed(
        self, tx: ReadTx, service_id: str, names: Collection[str], window: Interval
    ) -> Mapping[str, Sequence[tuple[datetime, float]]]:
        """Values of other metrics of a service: those that were pushed, and `days_left`."""
