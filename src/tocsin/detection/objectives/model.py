"""What a service promises, how a window's seconds were spent, and what burns.

Every instant is an aware UTC datetime, every length of time without a type is in seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tocsin.kernel.segments import DOWN
from tocsin.kernel.status import Status

LEAST_TARGET, MOST_TARGET = 90.0, 99.99
"""The targets that a service may promise, in percent."""


class BurnSeverity(StrEnum):
    """What a burn deserves: somebody's attention now, or during working hours."""

    PAGE = "page"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class WindowPair:
    """A long window that shows that it matters, and a short one that shows that it still goes on.

    The four pairs are those of the SRE Workbook, chapter 5, for a budget of 30 days. `threshold`
    is how many times too fast the budget may be spent; `scaled_from` is what the setting said
    where a lower one had to be taken, because that one could never be reached.
    """

    long: timedelta
    short: timedelta
    severity: BurnSeverity
    threshold: float
    scaled_from: float | None = None

    @property
    def name(self) -> str:
        """The pair as facts and rows call it: "1h/5m"."""
        return f"{_short(self.long)}/{_short(self.short)}"


@dataclass(frozen=True, slots=True)
class ObjectiveSettings:
    """The installation's promise, and when a burn is said; the defaults are those of `SLO_*`.

    `weights` says how much of a second in each state is lost.
    """

    target_percent: float = 99.9
    is_alerting: bool = False
    check_interval: timedelta = timedelta(seconds=300)
    fast_threshold: float = 14.4
    slow_threshold: float = 6.0
    ticket_threshold: float = 1.0
    window: timedelta = timedelta(days=30)
    weights: Mapping[Status, float] = field(default_factory=lambda: DOWN)


@dataclass(frozen=True, slots=True)
class Objective:
    """What a service promises: the target in percent, its own or the installation's.

    Version 0: nobody has ever set one for this service.
    """

    service_id: str
    target_percent: float
    is_own: bool = False
    version: int = 0
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """How the seconds of a window were spent, maintenance and unknown time kept apart.

    `bad` is a part of `known`. What none of them covers has no data at all.
    """

    length: float
    known: float = 0.0
    bad: float = 0.0
    unknown: float = 0.0
    maintenance: float = 0.0

    @property
    def expected(self) -> float:
        """Seconds in which the service was to be measured and to work: the divisor of a burn rate.

        Unknown time and maintenance are left out; a gap in the data is not, so that ten minutes
        of data, one of them bad, are not taken for an hour of outage.
        """
        return max(self.length - self.unknown - self.maintenance, 0.0)

    @property
    def coverage(self) -> float | None:
        """The share of the window outside maintenance that is known; None when all of it was."""
        outside = self.length - self.maintenance
        return self.known / outside if outside > 0 else None


@dataclass(frozen=True, slots=True)
class Budget:
    """An error budget in seconds; `left` is negative when more was spent than there was."""

    total: float
    spent: float

    @property
    def left(self) -> float:
        return self.total - self.spent

    @property
    def left_percent(self) -> float | None:
        """The share that is left, negative when overdrawn; None where there is no budget."""
        return 100.0 * self.left / self.total if self.total > 0 else None


class BurnVerdict(StrEnum):
    """How a pair of windows stands."""

    CALM = "calm"
    OVER = "over"
    TOO_SHORT = "too_short"
    INSUFFICIENT_DATA = "insufficient_data"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A pair of windows, measured: both burn rates (None: nothing to divide by) and the verdict.

    `touches`: at least one of the rates is over the threshold, so that a breach goes on.
    """

    pair: WindowPair
    burn_long: float | None
    burn_short: float | None
    bad_seconds: float
    coverage: float | None
    verdict: BurnVerdict
    reason: str
    touches: bool

    @property
    def is_over(self) -> bool:
        return self.verdict is BurnVerdict.OVER


@dataclass(frozen=True, slots=True)
class Outlook:
    """One service at one instant: its budget, every pair of windows, and when the budget ends.

    `exhausted_in` is the time until nothing is left at the present burn: zero when nothing is,
    None when that is farther away than the budget's own window.
    """

    objective: Objective
    month: Spent
    budget: Budget
    evaluations: tuple[Evaluation, ...]
    exhausted_in: timedelta | None
    pace: float | None

    @property
    def worst(self) -> Evaluation | None:
        """The most urgent pair that is over; the pairs are in that order."""
        return next((one for one in self.evaluations if one.is_over), None)


@dataclass(frozen=True, slots=True)
class Loss:
    """An unbroken stretch of lost time; `end` is None while it lasts."""

    start: datetime
    end: datetime | None
    worst: Status
    seconds: float


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """What was left at an instant of the window, beside what spending it evenly would have left."""

    at: datetime
    left_percent: float
    even_percent: float
    bad_seconds: float


@dataclass(frozen=True, slots=True)
class Breach:
    """A pair of windows that is over, from when it was seen until it calmed down."""

    id: UUID
    service_id: str
    pair: str
    severity: BurnSeverity
    tier: int
    threshold: float
    burn_long: float
    burn_short: float
    began_at: datetime
    touched_at: datetime
    ended_at: datetime | None = None


def _short(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
