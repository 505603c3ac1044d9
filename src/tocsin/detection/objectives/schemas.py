"""The wire types of objectives; percentages are of 100, lengths of time in seconds."""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from tocsin.kernel.status import Status
from tocsin.platform.wire import Moment, WireModel

from .model import LEAST_TARGET, MOST_TARGET, BurnSeverity, BurnVerdict

Tier = Literal[1, 2, 3]


class SpansOut(WireModel):
    """One figure for each of the three spans up to now; null where nothing is known."""

    model_config = ConfigDict(populate_by_name=True)

    day: float | None = Field(alias="24h")
    week: float | None = Field(alias="7d")
    month: float | None = Field(alias="30d")


class SlaOut(WireModel):
    """A service's availability: unknown time and maintenance leave both sides of the fraction."""

    id: str
    name: str
    tier: Tier
    target_percent: float
    uptime_percent: SpansOut
    lost_seconds: SpansOut
    known_percent: SpansOut


class SlasOut(WireModel):
    items: list[SlaOut]


class DayUptimeOut(WireModel):
    """The availability of a day, null without data."""

    date: date
    uptime_percent: float | None


class HistoryOut(WireModel):
    """A service's days, oldest first; today counts up to now."""

    id: str
    days: list[DayUptimeOut]


class HistoriesOut(WireModel):
    items: list[HistoryOut]


class ThresholdOut(WireModel):
    """A pair of windows and the burn rate that is too high for it.

    `scaled`: `configured_threshold` can never be reached with this target, so a lower one holds.
    """

    pair: str
    long_seconds: int
    short_seconds: int
    severity: BurnSeverity
    threshold: float
    configured_threshold: float
    scaled: bool


class BurnOut(ThresholdOut):
    """A pair of windows, measured, with the reason for its state."""

    burn_long: float | None
    burn_short: float | None
    state: BurnVerdict
    reason: str


class BreachOut(WireModel):
    """A burn that was noticed and has not calmed down; the rates are those of its beginning."""

    pair: str
    severity: BurnSeverity
    since: Moment
    burn_long: float
    burn_short: float


class SloOut(WireModel):
    """A service's promise, what is left of its error budget, and what burns it.

    `burn_rate` is the present pace; `exhausted_in_seconds` is null where the rest lasts longer
    than the window. `insufficient_data`: less than half of the window is known.
    """

    id: str
    name: str
    tier: Tier
    target_percent: float
    own_target: bool
    window_days: int
    budget_seconds: float
    spent_seconds: float
    left_seconds: float
    left_percent: float | None
    burn_rate: float | None
    exhausted_in_seconds: int | None
    exhausted_at: Moment | None
    known_percent: float | None
    insufficient_data: bool
    burn: list[BurnOut]
    breaches: list[BreachOut]


class SlosOut(WireModel):
    """All promises, the emptiest budget first; `alerting`: somebody is told of what burns."""

    items: list[SloOut]
    alerting: bool
    check_interval_seconds: int


class PointOut(WireModel):
    """What was left at an instant, beside what spending evenly would have left."""

    at: Moment
    left_percent: float
    even_percent: float
    lost_seconds: float


class LossOut(WireModel):
    """An unbroken stretch of lost time; `end` is null while it lasts."""

    start: Moment
    end: Moment | None
    worst: Status
    seconds: float
    budget_percent: float | None


class SloDetailOut(SloOut):
    """One service's promise with its month: day by day, and where the budget went.

    `losses` are the costliest stretches; the rest is counted in `other_losses`.
    """

    version: int
    default_target_percent: float
    alerting: bool
    points: list[PointOut]
    losses: list[LossOut]
    other_losses: int
    other_losses_seconds: float
    sla: SlaOut


class ObjectiveIn(WireModel):
    """What a service promises; null takes the installation's target again.

    What GET gave may be sent back.
    """

    model_config = ConfigDict(extra="allow")

    target_percent: float | None = Field(ge=LEAST_TARGET, le=MOST_TARGET)


class ObjectiveOut(WireModel):
    """What a service promises, and which burn rates are too high for that."""

    service_id: str
    target_percent: float
    own_target: bool
    default_target_percent: float
    budget_seconds: float
    window_days: int
    thresholds: list[ThresholdOut]
    version: int
    updated_at: Moment | None
