"""What a channel adapter implements."""

from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from .model import Claimed, Limits, SendResult


class Fault(StrEnum):
    """Whose failure it was, which decides who pays for it."""

    ENDPOINT = "endpoint"
    """The recipient's address: counts towards switching it off."""
    MESSAGE = "message"
    """This message, or our right to send it: another one to the same address may pass."""
    TRANSPORT = "transport"
    """Our way out is broken for everybody: no try is used up, the channel pauses and probes."""
    HELD = "held"
    """We held it back ourselves (an open breaker): no try is used up."""


class DeliveryError(Exception):
    """A message that the provider did not take. `permanent` says that trying again is pointless;
    `retry_after` is the provider's own wish; `gone` that the address will never work again."""

    def __init__(
        self,
        answer: str,
        *,
        permanent: bool,
        retry_after: timedelta | None = None,
        gone: bool = False,
        fault: Fault = Fault.ENDPOINT,
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.permanent = permanent
        self.retry_after = retry_after
        self.gone = gone
        self.fault = fault

    @property
    def uses_a_try(self) -> bool:
        return self.fault in (Fault.ENDPOINT, Fault.MESSAGE)


class Channel(Protocol):
    """One way out: mail, webhook, Slack. Sends exactly what it is given, or raises DeliveryError."""

    name: str
    limits: Limits

    @property
    def missing_setting(self) -> str | None:
        """The setting without which nothing can be sent, or None when the channel is ready."""

    async def send(self, message: Claimed) -> SendResult: ...

    async def close(self) -> None: ...
