"""The kind `heartbeat`: nobody is asked, the job pings."""

from typing import ClassVar

from tocsin.detection.signals.ports import (
    PollFailure,
    PollFailureKind,
    PollOutcome,
    Probe,
    Reading,
    SourceFields,
    SourceSpec,
    Validators,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

from .fields import HeartbeatFields

WAITING = "Waiting for the first ping."


class HeartbeatKind:
    """It takes part in its service's status like a check, but waits to be told."""

    kind: ClassVar[str] = "heartbeat"
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]] = HeartbeatFields

    def normalise(self, url: str) -> str:
        """There is no address; raises ValueError."""
        raise ValueError("a heartbeat has no address: the job calls ours")

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Nobody asks: an item left over from another kind of source ends in poller health."""
        return PollFailure(PollFailureKind.SCHEMA, "A heartbeat is not polled."), validators

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe:
        """There is nothing to try out before the first ping."""
        return Probe(None, None, (), Reading(Status.UNKNOWN, WAITING))
