"""The wire form of a heartbeat."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from tocsin.detection.signals.ports import SettledFields

from .rules import Schedule, check_cron

_SOME_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_MOST_SECONDS = 366 * 86_400


def _cron(expression: str) -> str:
    return check_cron(expression, _SOME_DAY)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"“{name}” is no time zone; write it like Europe/Berlin")
    return name


Cron = Annotated[str, StringConstraints(max_length=200), AfterValidator(_cron)]
"""A cron expression of five fields that comes at least once, tidied."""
ZoneName = Annotated[str, StringConstraints(max_length=100), AfterValidator(_zone)]
"""A time zone by its IANA name."""


class HeartbeatFields(SettledFields):
    """`{kind: heartbeat, interval_seconds | cron + time_zone, grace_seconds, max_duration_seconds}`.

    The job has `grace_seconds` after each due time; a run that was started has
    `max_duration_seconds`, where they are given.
    """

    kind: Literal["heartbeat"] = "heartbeat"
    interval_seconds: Annotated[int, Field(ge=30, le=_MOST_SECONDS)] | None = None
    cron: Cron | None = None
    time_zone: ZoneName = "UTC"
    grace_seconds: Annotated[int, Field(ge=0, le=30 * 86_400)] = 300
    max_duration_seconds: Annotated[int, Field(ge=1, le=30 * 86_400)] | None = None

    @model_validator(mode="after")
    def _one_schedule(self) -> Self:
        if (self.interval_seconds is None) is (self.cron is None):
            raise ValueError("give either interval_seconds or cron")
        return self

    @property
    def schedule(self) -> Schedule:
        """When it is due."""
        return Schedule(self.interval_seconds, self.cron)

    @property
    def zone(self) -> ZoneInfo:
        """Where the cron expression is read."""
        return ZoneInfo(self.time_zone)
