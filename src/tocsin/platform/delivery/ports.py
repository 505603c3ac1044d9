"""What a channel adapter implements."""

from datetime import timedelta
from typing import Protocol

from .model import Claimed, Limits, SendResult


class DeliveryError(Exception):
    """A message that the provider did not take. `permanent` says that trying again is pointless;
    `retry_after` is the provider's own wish."""

    def __init__(
        self,
        answer: str,
        *,
        permanent: bool,
        retry_after: timedelta | None = None,
        gone: bool = False,
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.permanent = permanent
        self.retry_after = retry_after
        self.gone = gone


class Channel(Protocol):
    """One way out: mail, webhook, Slack. Sends exactly what it is given, or raises DeliveryError."""

    name: str
    limits: Limits

    @property
    def missing_setting(self) -> str | None:
        """The setting without which nothing can be sent, or None when the channel is ready."""

    async def send(self, message: Claimed) -> SendResult: ...

    async def close(self) -> None: ...
