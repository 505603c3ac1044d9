"""How long to wait before trying again."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random

_BASE_SECONDS = 0.25
_CAP_SECONDS = 5.0


def jittered(previous: float, random: Random) -> float:
    """The next wait in seconds after one of `previous` seconds: decorrelated jitter, 0.25 to 5 s.

    Each wait is drawn between the base and three times the last one, so that clients that failed
    together do not come back together.
    """
    return min(_CAP_SECONDS, random.uniform(_BASE_SECONDS, max(previous, _BASE_SECONDS) * 3))


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds until the server wants to be asked again (RFC 9110, section 10.2.3).

    None for a missing or unreadable value, and for a date without a zone.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        instant = parsedate_to_datetime(text)
    except ValueError:
        return None
    if instant.tzinfo is None:
        return None
    return max(0.0, (instant - now).total_seconds())
