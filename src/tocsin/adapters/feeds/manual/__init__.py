"""A service whose status people set by hand: there is nobody to ask."""

from typing import ClassVar, Literal

from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollOutcome,
    Probe,
    Reading,
    SourceFields,
    SourceSpec,
    Unchanged,
    Validators,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient


class ManualSource(SourceFields):
    """`{kind: manual}`."""

    kind: Literal["manual"] = "manual"


class ManualKind:
    """Never polled; what people report arrives as a manual status."""

    kind: ClassVar[str] = "manual"
    polled: ClassVar[bool] = False
    schema: ClassVar[type[SourceFields]] = ManualSource

    def normalise(self, url: str) -> str:
        """Refuse any address; raises ValueError."""
        raise ValueError("A manual source has no address.")

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Learn nothing new, because there is nobody to ask."""
        return Unchanged(), NO_VALIDATORS

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe:
        """Nothing to test: until somebody speaks, its status is unknown."""
        return Probe(None, None, (), Reading(Status.UNKNOWN, "Set by hand."))
