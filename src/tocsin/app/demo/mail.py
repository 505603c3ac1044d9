"""The demo's mail sink: takes every letter; the ledger's row, with its text, is what one reads."""

from datetime import timedelta

from tocsin.platform.delivery import Claimed, Limits, SendResult


class MailSink:
    """The channel `mail` without a mail server."""

    name = "mail"
    limits = Limits(at_once=8, lease=timedelta(seconds=30))
    missing_setting: str | None = None

    async def send(self, message: Claimed) -> SendResult:
        """Take the letter; it stays readable on the deliveries screen."""
        return SendResult("Kept here: the demo sends nothing. Read the letter on this screen.")

    async def close(self) -> None:
        """There is nothing to close."""
