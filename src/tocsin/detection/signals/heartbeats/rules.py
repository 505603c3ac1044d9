"""When a job's next ping is due: pure, and true to the clocks of the job's own zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError


@dataclass(frozen=True, slots=True)
class Schedule:
    """Either every so many seconds, or by a cron expression of five fields."""

    interval_seconds: int | None = None
    cron: str | None = None


def next_due(schedule: Schedule, last: datetime, zone: ZoneInfo) -> datetime:
    """When the ping after the one at `last` is due, in UTC, without grace.

    Cron expressions are read as Debian's cron reads them where clocks change: a job at a time that
    is skipped runs right after the gap, one at a time that comes twice runs the first time; jobs
    that run every few minutes keep to real time.
    """
    if schedule.cron is None:
        assert schedule.interval_seconds is not None
        return last + timedelta(seconds=schedule.interval_seconds)
    due: datetime = next(CronSim(schedule.cron, last.astimezone(zone)))
    return due.astimezone(UTC)


def cron_times(cron: str, after: datetime, zone: ZoneInfo, most: int) -> tuple[datetime, ...]:
    """The next instants of a checked expression after `after`, in UTC; fewer where no more come."""
    found = islice(CronSim(cron, after.astimezone(zone)), most)
    return tuple(due.astimezone(UTC) for due in found)


def cron_words(cron: str) -> str:
    """A checked expression in English: “At 02:30 every day”."""
    words: str = CronSim(cron, datetime(2024, 1, 1, tzinfo=UTC)).explain()
    return words


def check_cron(expression: str, now: datetime) -> str:
    """The expression, tidied; raises ValueError with a sentence for one that never comes."""
    tidy = " ".join(expression.split())
    if len(tidy.split(" ")) != 5:
        raise ValueError("expected five fields: minute, hour, day, month, weekday")
    try:
        next(CronSim(tidy, now))
    except CronSimError as error:
        part = str(error).removeprefix("Bad ").replace("-", " ")
        raise ValueError(f"the {part} cannot be read or never comes") from None
    except StopIteration:
        raise ValueError("no date will ever match this expression") from None
    return tidy
