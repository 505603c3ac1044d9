"""Idempotency keys: a request sent twice is done once, and answered alike both times."""

from .store import KEPT, Attempt, once, purge_expired
from .tables import idempotency_keys
from .wiring import WIRING

__all__ = ["KEPT", "WIRING", "Attempt", "idempotency_keys", "once", "purge_expired"]
