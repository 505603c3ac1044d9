"""What changes a page: its content's fingerprint, and the next instant the clock alone does it."""

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tocsin.communication.statuspage.rendering.views import PageView
from tocsin.kernel.intervals import day, day_of

_DIGITS = 16


def next_change_at(view: PageView, now: datetime) -> datetime:
    """When the rendered files would differ although no fact came: aware UTC, always after `now`.

    That is the next midnight of the page's zone, a window's start or end, or the moment a
    promised update turns late.
    """
    zone = ZoneInfo(view.page.time_zone)
    midnight = day(day_of(now, zone), zone).interval.end
    return min(instant for instant in (midnight, *_planned(view)) if instant > now)


def _planned(view: PageView) -> list[datetime]:
    promised = [incident.next_update_due for incident in view.incidents if incident.is_open]
    windows = [edge for window in view.maintenance for edge in (window.starts_at, window.ends_at)]
    return [*windows, *(due for due in promised if due is not None)]


def fingerprint(view: PageView, now: datetime) -> str:
    """A short hash that stays the same while readers would see the same page."""
    zone = ZoneInfo(view.page.time_zone)
    late = [due <= now for due in _planned(view)]
    seen = repr((view, day_of(now, zone), now.astimezone(zone).utcoffset() or timedelta(), late))
    return hashlib.sha256(seen.encode()).hexdigest()[:_DIGITS]
