"""The past as a page shows it: the last week day by day, and months of history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tocsin.communication.statuspage.rendering.views import PublicIncidentView
from tocsin.kernel.intervals import day_of

WEEK = 7
JOINED_DAYS = 3


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One day with its ended incidents, or a run of quiet days from `first` to `last`."""

    first: date
    last: date
    incidents: tuple[PublicIncidentView, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of the page's zone and the incidents that started in it, newest first."""

    first: date
    incidents: tuple[PublicIncidentView, ...]

    @property
    def key(self) -> str:
        """The month as it stands in an address: "2026-11"."""
        return f"{self.first:%Y-%m}"


def newest_first(incidents: Iterable[PublicIncidentView]) -> tuple[PublicIncidentView, ...]:
    """Incidents by their start, the newest first; the id breaks ties."""
    return tuple(sorted(incidents, key=lambda one: (one.started_at, one.public_id), reverse=True))


def past_week(
    incidents: Iterable[PublicIncidentView], now: datetime, zone: ZoneInfo
) -> tuple[WeekRow, ...]:
    """The seven days before today, newest first, and today once an incident of it has ended.

    An incident stands on the day it began. A day that one merely ran through gets no row: it was
    not quiet. Three quiet days or more in a row become one row.
    """
    today = day_of(now, zone)
    first = today - timedelta(days=WEEK)
    all_of_them = newest_first(incidents)
    rows: list[WeekRow] = []
    for back in range(WEEK + 1):
        day = today - timedelta(days=back)
        listed = tuple(one for one in all_of_them if _listed_on(one, first, zone) == day)
        if listed:
            rows.append(WeekRow(day, day, listed))
        elif day != today and not any(_touches(one, day, zone) for one in all_of_them):
            rows.append(WeekRow(day, day))
    return tuple(_joined(rows))


def months(incidents: Iterable[PublicIncidentView], zone: ZoneInfo) -> tuple[Month, ...]:
    """Every month in which an incident started, newest first."""
    by_month: dict[date, list[PublicIncidentView]] = {}
    for incident in newest_first(incidents):
        by_month.setdefault(day_of(incident.started_at, zone).replace(day=1), []).append(incident)
    return tuple(Month(first, tuple(listed)) for first, listed in by_month.items())


def _listed_on(incident: PublicIncidentView, first: date, zone: ZoneInfo) -> date | None:
    if incident.resolved_at is None or day_of(incident.resolved_at, zone) < first:
        return None
    return max(first, day_of(incident.started_at, zone))


def _touches(incident: PublicIncidentView, day: date, zone: ZoneInfo) -> bool:
    if day_of(incident.started_at, zone) > day:
        return False
    return incident.resolved_at is None or day_of(incident.resolved_at, zone) >= day


def _joined(rows: Sequence[WeekRow]) -> Iterable[WeekRow]:
    run: list[WeekRow] = []
    for row in rows:
        if row.incidents or (run and run[-1].first - row.last != timedelta(days=1)):
            yield from _one_or_each(run)
            run = []
        if row.incidents:
            yield row
        else:
            run.append(row)
    yield from _one_or_each(run)


def _one_or_each(run: Sequence[WeekRow]) -> Sequence[WeekRow]:
    if len(run) < JOINED_DAYS:
        return run
    return [WeekRow(run[-1].first, run[0].last)]
