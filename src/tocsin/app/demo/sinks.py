"""The demo's sinks: they take every message; the ledger's row, with its text, is what one reads."""

from collections.abc import Callable
from datetime import timedelta

from tocsin.platform.delivery import Channel, Claimed, DeliveryError, Limits, SendResult

Trouble = Callable[[Claimed], DeliveryError | None]
"""What goes wrong with a message, if anything: the past month had its bad hours."""

WAYS = ("mail", "slack", "webhook")


class Sink:
    """A channel without anybody at its other end."""

    limits = Limits(at_once=8, lease=timedelta(seconds=30))
    missing_setting: str | None = None

    def __init__(self, name: str, trouble: Trouble = lambda _: None) -> None:
        self.name = name
        self._trouble = trouble

    async def send(self, message: Claimed) -> SendResult:
        """Take the message; it stays readable on the deliveries screen."""
        if error := self._trouble(message):
            raise error
        return SendResult("Kept here: the demo sends nothing. Read the message on this screen.")

    async def close(self) -> None:
        """There is nothing to close."""


def sinks(trouble: Trouble = lambda _: None) -> dict[str, Channel]:
    """A sink in the place of every way out."""
    return {name: Sink(name, trouble) for name in WAYS}
