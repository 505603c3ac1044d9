"""Pure rules of windows: which spans are possible, and when a repeating window comes again."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrule, rrulestr

from .model import LONGEST_WINDOW, Recurrence, Series

MOST_REPEATS = 10_000

_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
)
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_LOOKAHEAD = timedelta(days=12 * 366)  # a 29 February is at most eight years away
_LAST = datetime(9000, 1, 1, tzinfo=UTC)


def span_fault(starts_at: datetime, ends_at: datetime) -> str | None:
    """Why a window cannot end then, or None."""
    if ends_at <= starts_at:
        return "must be later than starts_at"
    if ends_at - starts_at > LONGEST_WINDOW:
        return f"a window lasts at most {LONGEST_WINDOW.days} days"
    if ends_at > _LAST:
        return "lies too far in the future"
    return None


def recurrence_fault(recurrence: Recurrence, starts_at: datetime, ends_at: datetime) -> str | None:
    """Why a window cannot repeat like this, or None."""
    fault = _zone_fault(recurrence.time_zone) or _rule_fault(recurrence.rule)
    if fault:
        return fault
    try:
        following = next_start(recurrence, starts_at, starts_at)
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        return f"is no rule of RFC 5545 that can be followed: {error}"
    if following is None:
        return "comes never again; leave recurrence out"
    if following < ends_at:
        return "comes again before the window ends"
    return None


def next_start(recurrence: Recurrence, first: datetime, after: datetime) -> datetime | None:
    """When the window comes next, strictly later than `after`; None when it never does.

    The rule counts in the wall clock of its zone from the first window's start. A time that the
    clock skips in spring is taken with the offset before the gap, one that it shows twice in
    autumn is the first (RFC 5545, section 3.3.5).
    """
    zone = ZoneInfo(recurrence.time_zone)
    starts = (_instant(at, zone) for at in _wall_starts(recurrence, first, after, zone))
    return next((at for at in starts if at > after), None)


def next_end(series: Series, start: datetime) -> datetime:
    """When a window of the series that starts then ends: after as much wall time as the first."""
    zone = ZoneInfo(series.recurrence.time_zone)
    long = _wall(series.ends_at, zone) - _wall(series.starts_at, zone)
    if long <= timedelta(0):
        return start + (series.ends_at - series.starts_at)
    end = _instant(_wall(start, zone) + long, zone)
    return end if end > start else start + (series.ends_at - series.starts_at)


def _wall_starts(
    recurrence: Recurrence, first: datetime, after: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    """The wall times that the rule names, as far as anybody looks ahead.

    COUNT and UNTIL are kept here: dateutil searches to the year 9999 for a day that never comes.
    """
    parts = _parts(recurrence.rule)
    count = parts.pop("COUNT", None)
    last = parts.pop("UNTIL", None)
    horizon = _wall(after, zone) + _LOOKAHEAD
    until = min(horizon, _until(last, zone)) if last else horizon
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    begin = _wall(first, zone)
    found = rrulestr(f"RRULE:{text}", dtstart=begin)
    assert isinstance(found, rrule)
    named = found.replace(until=until)
    return iter(islice(named, int(count) if count else MOST_REPEATS))


def _until(text: str, zone: ZoneInfo) -> datetime:
    if text.endswith("Z"):
        return _wall(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), zone)
    if "T" in text:
        return _wall(datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=zone), zone)
    day = datetime.strptime(text, "%Y%m%d").replace(tzinfo=zone)
    return _wall(day, zone) + timedelta(days=1, microseconds=-1)


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().removeprefix("RRULE:").split(";"))
    return {name: value for name, _, value in pairs}


def _zone_fault(name: str) -> str | None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"“{name}” is not an IANA zone such as Europe/Brussels"
    return None


def _rule_fault(rule: str) -> str | None:
    names = [part.partition("=")[0] for part in rule.upper().removeprefix("RRULE:").split(";")]
    parts = _parts(rule)
    if len(names) != len(parts):
        return "names a part twice"
    if unknown := sorted(set(parts) - _PARTS):
        return (
            f"{unknown[0] or 'an empty part'} is not allowed; expected {', '.join(sorted(_PARTS))}"
        )
    if parts.get("FREQ") not in _FREQUENCIES:
        return "expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"
    if "COUNT" in parts and "UNTIL" in parts:
        return "takes COUNT or UNTIL, not both"
    for name, most in (("COUNT", MOST_REPEATS), ("INTERVAL", 1_000)):
        if name in parts and not _is_number(parts[name], most):
            return f"{name} must be a number from 1 to {most:,}"
    return None


def _is_number(text: str, most: int) -> bool:
    return re.fullmatch(r"[0-9]{1,5}", text) is not None and 1 <= int(text) <= most
