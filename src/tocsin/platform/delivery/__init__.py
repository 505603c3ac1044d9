"""The delivery ledger: every outgoing message is a row first, and keeps its reason and attempts."""

from .drill import DrillSink
from .endpoints import endpoints_of, trust_again
from .ledger import DeliveryLedger
from .model import (
    DRILL,
    Body,
    Claimed,
    Delivery,
    DeliveryAttempt,
    DeliveryState,
    Endpoint,
    Limits,
    Message,
    Recipient,
    SendResult,
    fill,
)
from .ports import Channel, DeliveryError, Fault
from .queries import (
    DeliveryFilter,
    attempts_of,
    backlog,
    counts_of_causes,
    deliveries,
    delivery,
    waiting_count,
)
from .retention import BODIES, CAUSES, orphaned_bodies, settled
from .runner import DeliveryRunner
from .tables import deliveries as deliveries_table
from .tables import delivery_attempts, delivery_bodies, delivery_endpoints
from .verbs import readdress, release_blocked, send_again, withdraw

__all__ = [
    "BODIES",
    "CAUSES",
    "DRILL",
    "Body",
    "Channel",
    "Claimed",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryError",
    "DeliveryFilter",
    "DeliveryLedger",
    "DeliveryRunner",
    "DeliveryState",
    "DrillSink",
    "Endpoint",
    "Fault",
    "Limits",
    "Message",
    "Recipient",
    "SendResult",
    "attempts_of",
    "backlog",
    "counts_of_causes",
    "deliveries",
    "deliveries_table",
    "delivery",
    "delivery_attempts",
    "delivery_bodies",
    "delivery_endpoints",
    "endpoints_of",
    "fill",
    "orphaned_bodies",
    "readdress",
    "release_blocked",
    "send_again",
    "settled",
    "trust_again",
    "waiting_count",
    "withdraw",
]
