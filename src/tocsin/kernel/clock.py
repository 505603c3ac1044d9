"""Time is a parameter: rules receive `now`, edges receive a clock."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells product time, always as an aware UTC datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until somebody moves it: for tests, drills and rehearsals."""

    def __init__(self, start: datetime) -> None:
        self._now = require_aware(start)

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> datetime:
        """Move forward by a duration and return the new instant."""
        return self.move_to(self._now + by)

    def move_to(self, instant: datetime) -> datetime:
        """Move to an instant; moving back raises ValueError, because product time never does."""
        if require_aware(instant) < self._now:
            raise ValueError(f"the clock stands at {self._now}, it cannot go back to {instant}")
        self._now = instant
        return instant


def moment(instant: datetime) -> str:
    """An instant as sentences name it, in UTC: "2026-03-03 12:00 UTC"."""
    return f"{require_aware(instant):%Y-%m-%d %H:%M} UTC"


def require_aware(instant: datetime) -> datetime:
    """Return the instant in UTC; a naive one raises ValueError, because nobody knows what it means."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {instant!r}")
    return instant.astimezone(UTC)
