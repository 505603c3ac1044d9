"""Channels as values, and what each of them wants to hear."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tocsin.platform.delivery import Recipient

RECIPIENT = "channel"
"""The kind of recipient that channels are in the ledger."""

TIERS = (1, 2, 3)


class ChannelKind(StrEnum):
    """The way out; its value is the name of the sender in the ledger."""

    SLACK = "slack"
    MAIL = "mail"
    WEBHOOK = "webhook"


class Receives(StrEnum):
    """What a channel for people hears of."""

    ALERTS = "alerts"
    UPDATES = "updates"
    POLLER_HEALTH = "poller_health"


POLLERS = (
    *("signal.poller_broke", "signal.poller_recovered"),
    *("signal.source_moved", "signal.components_vanished"),
)
"""What happens to pollers, which has a channel of its own."""

BURNS = ("objective.burn_began", "objective.burn_ended")
"""A burn's own facts, for webhooks; people hear of the alert that follows."""

EVENTS_OF = {
    Receives.ALERTS: (
        *("alert.raised", "alert.released", "alert.changed", "alert.resolved"),
        *("alert.flapping_began", "alert.flapping_goes_on", "alert.flapping_ended"),
    ),
    Receives.UPDATES: ("incident.update_published",),
    Receives.POLLER_HEALTH: (
        *POLLERS,
        *("audit.found", "audit.gone"),
    ),
}
"""The facts each word stands for."""

EVENTS = (
    *("alert.raised", "alert.released", "alert.changed", "alert.acknowledged", "alert.resolved"),
    *("alert.flapping_began", "alert.flapping_goes_on", "alert.flapping_ended"),
    *BURNS,
    *("incident.opened", "incident.acknowledged", "incident.resolved", "incident.reopened"),
    *("incident.closed", "incident.cancelled", "incident.update_published"),
    *POLLERS,
    *("audit.found", "audit.gone"),
)
"""The facts a webhook may ask for."""

USUAL_EVENTS = (
    *("alert.raised", "alert.resolved", "incident.opened", "incident.resolved"),
    "incident.update_published",
)
"""What a webhook hears that asked for nothing in particular."""

_ASKED_AS = {"alert.released": "alert.raised"}
"""An alert that was held back is news to whoever asked for raised ones."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Somewhere to send to. `address` may be shown: a mail address, or only the host of a URL.

    `sealed` holds what the sender needs and nobody may see: the URL, for a webhook with its
    secret. Channels for people choose by `receives`, webhooks by `events`; `tiers` sort alerts.
    """

    id: str
    kind: ChannelKind
    name: str
    address: str
    sealed: str = field(repr=False)
    tiers: tuple[int, ...] = TIERS
    receives: tuple[Receives, ...] = ()
    events: tuple[str, ...] = ()
    from_environment: bool = False
    version: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def recipient(self) -> Recipient:
        """The channel as the ledger knows it."""
        return Recipient(RECIPIENT, self.id, self.address, self.name, self.sealed)

    @property
    def purpose(self) -> str:
        """Webhooks may switch themselves off when they fail; what people read never does."""
        return "webhook" if self.kind is ChannelKind.WEBHOOK else "ops"

    def hears(self, kind: str) -> bool:
        """Whether facts of this kind are for the channel at all."""
        if self.kind is ChannelKind.WEBHOOK:
            return _ASKED_AS.get(kind, kind) in self.events or kind in self.events
        return any(kind in EVENTS_OF[word] for word in self.receives)
