"""Reading a receiver's answer for the ledger."""

from datetime import timedelta

from tocsin.platform.http import HttpResponse

_SHOWN = 200
_LONGEST_WAIT = timedelta(hours=1)
_PASSING = frozenset({408, 425, 429})


def shown(response: HttpResponse) -> str:
    """The answer as the ledger keeps it: status, reason, and the beginning of a readable body."""
    words = response.body[: 4 * _SHOWN].decode(errors="replace")
    body = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return " ".join(part for part in (str(response.status), response.reason, body[:_SHOWN]) if part)


def wished(response: HttpResponse) -> timedelta | None:
    """How long the receiver asks us to wait, an hour at most; None where it does not say."""
    if response.retry_after_seconds is None:
        return None
    return min(_LONGEST_WAIT, timedelta(seconds=response.retry_after_seconds))


def passes(response: HttpResponse) -> bool:
    """Whether the same request may succeed later: 408, 425, 429 and every 5xx."""
    return response.status in _PASSING or response.status >= 500
