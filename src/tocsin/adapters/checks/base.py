"""What all kinds of own checks share: polled and tested through their prepared check."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    Check,
    CheckAnswer,
    MonitorFields,
    Phases,
    PollFailure,
    PollFailureKind,
    PollOutcome,
    Probe,
    Reading,
    SourceFields,
    SourceSpec,
    Validators,
)
from tocsin.kernel.clock import Clock
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient, Stopwatch, WireFault, Wires
from tocsin.platform.secrets import Secrets


class CannotCheck(ValueError):
    """Our own fault, never an outage: nothing out there was looked at."""

    def __init__(self, sentence: str, kind: PollFailureKind = PollFailureKind.INVALID_URL) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class CheckParts:
    """What kinds of checks are given: the clock, the connections, and what opens their secrets."""

    clock: Clock
    wires: Wires
    secrets: Secrets


class OwnCheckKind(ABC):
    """A kind of own check; retries are the caller's."""

    kind: ClassVar[str]
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]]

    def __init__(self, parts: CheckParts) -> None:
        self.parts = parts

    @abstractmethod
    def prepare(self, fields: MonitorFields) -> Check:
        """The check that these fields describe; raises CannotCheck."""

    def normalise(self, url: str) -> str:
        """The address as it is: kinds without one have nothing to tidy."""
        return url

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Check once; what cannot be reached is a reading too, an outage."""
        return await self._reading(spec), NO_VALIDATORS

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Check once; the address stays as it is, because its redirects are part of the check."""
        outcome = await self._reading(spec)
        if isinstance(outcome, PollFailure):
            return outcome
        return Probe(spec.url, self.name_of(spec), (), outcome)

    def name_of(self, spec: SourceSpec) -> str | None:
        """What a check would be called: its host."""
        named = spec.options.get("host") or spec.options.get("domain")
        return str(named) if named else None

    async def _reading(self, spec: SourceSpec) -> Reading | PollFailure:
        address = {} if spec.url is None else {"url": spec.url}
        fields = self.schema.model_validate({**spec.options, **address})
        assert isinstance(fields, MonitorFields)
        try:
            return reading_of(await self.prepare(fields).run())
        except CannotCheck as own:
            return PollFailure(own.kind, own.sentence)


def reading_of(answer: CheckAnswer) -> Reading:
    """A check's answer as a source's reading."""
    return Reading(
        answer.status,
        answer.detail,
        response_ms=None if answer.response_ms is None else round(answer.response_ms),
        status_code=answer.status_code,
        fault=answer.fault,
        phases=answer.phases,
        figures=answer.figures,
    )


def outage(fault: WireFault, watch: Stopwatch) -> CheckAnswer:
    """Nobody answered as they should: the phases so far, with the one it ended in."""
    watch.stop()
    return CheckAnswer(
        Status.MAJOR_OUTAGE, fault.sentence, fault=fault.fault, phases=Phases(**watch.spent)
    )
