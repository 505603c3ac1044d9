"""The delivery ledger: every outgoing message is a row first, and keeps its reason and attempts."""

from .model import (
    Body,
    Claimed,
    DeliveryState,
    Limits,
    Message,
    Recipient,
    SendResult,
)
from .ports import Channel, DeliveryError
from .queries import (
    DeliveryFilter,
    attempts_of,
    counts_of_causes,
    deliveries,
    delivery,
    waiting_count,
)
from .runner import DeliveryRunner
from .store import DeliveryLedger, release_blocked, send_again
from .tables import deliveries as deliveries_table
from .tables import delivery_attempts, delivery_bodies, delivery_endpoints

__all__ = [
    "Body",
    "Channel",
    "Claimed",
    "DeliveryError",
    "DeliveryFilter",
    "DeliveryLedger",
    "DeliveryRunner",
    "DeliveryState",
    "Limits",
    "Message",
    "Recipient",
    "SendResult",
    "attempts_of",
    "counts_of_causes",
    "deliveries",
    "deliveries_table",
    "delivery",
    "delivery_attempts",
    "delivery_bodies",
    "delivery_endpoints",
    "release_blocked",
    "send_again",
    "waiting_count",
]
