"""The wire types of triggers."""

from datetime import datetime
from math import isfinite
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from tocsin.kernel.severity import Severity
from tocsin.platform.wire import Moment, WireModel

from .model import MOST_MINUTES, Trigger, TriggerDraft, TriggerState
from .past import Trial, Tried
from .rules import Condition, Mistake, unit_of


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected one line of text without control characters")
    return text


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_one_line),
]
ConditionText = Annotated[
    str,
    StringConstraints(max_length=2_000),
    Field(
        description="Such as `response_time > 30000 OR status_code >= 500`; at most 500 characters."
    ),
]
Minutes = Annotated[int, Field(ge=0, le=MOST_MINUTES)]
ServiceId = Annotated[str, StringConstraints(max_length=63)]


class TriggerIn(WireModel):
    """A trigger to add; without `service_id` it watches every service."""

    name: Name
    condition: ConditionText
    service_id: ServiceId | None = None
    duration_minutes: Minutes = 5
    auto_create_incident: bool = False
    severity: Severity = Severity.MEDIUM
    enabled: bool = True

    def draft(self) -> TriggerDraft:
        """As the verb takes it."""
        return TriggerDraft(**dict(self))


class TriggerPatch(WireModel):
    """The fields to change; fields that GET shows beside may be sent back as they were."""

    model_config = ConfigDict(extra="allow")

    name: Name | None = None
    condition: ConditionText | None = None
    service_id: ServiceId | None = None
    duration_minutes: Minutes | None = None
    auto_create_incident: bool | None = None
    severity: Severity | None = None
    enabled: bool | None = None

    def change(self) -> dict[str, Any]:
        """What was given; only `service_id` may be null."""
        sent = {name: getattr(self, name) for name in self.model_fields_set & _EDITABLE}
        return {
            name: value for name, value in sent.items() if value is not None or name == "service_id"
        }

    def nulls(self) -> list[str]:
        """Fields that were sent as null and cannot be."""
        sent = self.model_fields_set & _EDITABLE - {"service_id"}
        return sorted(name for name in sent if getattr(self, name) is None)


_EDITABLE = frozenset(TriggerPatch.model_fields)


class TriggerFiringOut(WireModel):
    """A service for which a trigger fires. A value of null is a check without an answer."""

    service_id: str
    firing_since: Moment
    fired_at: Moment
    values: dict[str, float | None]
    reason: str | None


class TriggerOut(WireModel):
    """A trigger with the services for which it fires now."""

    id: UUID
    name: str
    service_id: str | None
    condition: str
    duration_minutes: int
    auto_create_incident: bool
    severity: Severity
    enabled: bool
    firing: list[TriggerFiringOut]
    version: int
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, trigger: Trigger, states: list[TriggerState]) -> "TriggerOut":
        """Show a trigger; states of others are passed over."""
        fields = {name: getattr(trigger, name) for name in cls.model_fields if name != "firing"}
        firing = [
            TriggerFiringOut(service_id=one.service_id, **_firing(one))
            for one in states
            if one.trigger_id == trigger.id and one.standing.is_firing
        ]
        return cls(**fields, firing=firing)


MOVING = frozenset({"firing"})


def _firing(state: TriggerState) -> dict[str, Any]:
    names = ("firing_since", "fired_at", "values", "reason")
    return {name: getattr(state.standing, name) for name in names}


class TriggerCheckIn(WireModel):
    """A condition to read, as somebody types it."""

    condition: ConditionText
    service_id: ServiceId | None = None


class TriggerCheckOut(WireModel):
    """Whether a condition can be read; if not, what is wrong and where, counted from 1."""

    valid: bool
    message: str | None = None
    position: int | None = None
    line: int | None = None
    column: int | None = None
    length: int | None = None
    metrics: list[str] = Field(default_factory=list)

    @classmethod
    def of(cls, found: Condition | Mistake) -> "TriggerCheckOut":
        """Show what reading it gave."""
        if isinstance(found, Condition):
            return cls(valid=True, metrics=found.names)
        return cls(
            valid=False,
            message=found.message,
            position=found.position,
            line=found.line,
            column=found.column,
            length=found.length,
        )


class TriggerPreviewIn(WireModel):
    """A condition to try on the past; without `from` on the last seven days."""

    service_id: ServiceId
    condition: ConditionText
    duration_minutes: Minutes = 5
    start: Annotated[Moment | None, Field(alias="from")] = None
    end: Annotated[Moment | None, Field(alias="to")] = None

    def trial(self) -> Trial:
        """As the query takes it."""
        return Trial(self.service_id, self.condition, self.duration_minutes, self.start, self.end)


class TriggerSpanOut(WireModel):
    """A time during which the trigger would have fired; `cleared_at` null: still at the end."""

    since: Moment
    fired_at: Moment
    cleared_at: Moment | None
    reason: str


class TriggerLimitOut(WireModel):
    """A limit of a metric, in its unit."""

    sign: Literal[">", ">=", "<", "<=", "==", "!="]
    value: float
    text: str


class TriggerValueOut(WireModel):
    """A value at a moment; null is a check without an answer."""

    at: Moment
    value: float | None


class TriggerLineOut(WireModel):
    """The values of one monitor; `monitor` null: pushed values."""

    monitor: str | None
    points: list[TriggerValueOut]


class TriggerChartOut(WireModel):
    """One metric over time, thinned to its extremes, with its limits; `unit` is ms, % or empty.

    Percentages are shares of 1.
    """

    metric: str
    unit: Literal["ms", "%", ""]
    limits: list[TriggerLimitOut]
    lines: list[TriggerLineOut]


class TriggerPreviewOut(WireModel):
    """What a trigger would have done; `coverage` is the share of the time about which its condition
    was known, from 0 to 1."""

    start: Annotated[Moment, Field(serialization_alias="from")]
    end: Annotated[Moment, Field(serialization_alias="to")]
    count: int
    total_minutes: float
    coverage: float
    evaluated: int
    spans: list[TriggerSpanOut]
    charts: list[TriggerChartOut]

    @classmethod
    def of(cls, tried: Tried) -> "TriggerPreviewOut":
        """Show what was found."""
        found = tried.preview
        return cls(
            start=tried.window.start,
            end=tried.window.end,
            count=len(found.spans),
            total_minutes=round(found.firing_seconds / 60, 1),
            coverage=round(found.coverage, 4),
            evaluated=found.evaluated,
            spans=[TriggerSpanOut.model_validate(one) for one in found.spans],
            charts=[
                TriggerChartOut(
                    metric=str(chart.operand),
                    unit=unit_of(chart.operand),
                    limits=[TriggerLimitOut.model_validate(one) for one in chart.limits],
                    lines=[
                        TriggerLineOut(
                            monitor=line.monitor, points=[_value(*at) for at in line.points]
                        )
                        for line in chart.lines
                    ],
                )
                for chart in found.charts
            ],
        )


def _value(at: datetime, value: float | None) -> TriggerValueOut:
    return TriggerValueOut(at=at, value=value if value is None or isfinite(value) else None)
