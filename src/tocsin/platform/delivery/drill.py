"""The drill sink: where a drill's messages end, so that a rehearsal never leaves the building."""

from .model import DRILL, Claimed, Limits, SendResult


class DrillSink:
    """Takes everything and passes nothing on; the ledger's row is the record."""

    name = DRILL
    limits = Limits(at_once=32)
    missing_setting: str | None = None

    async def send(self, message: Claimed) -> SendResult:
        return SendResult(f"Drill: nothing was sent by {message.channel}.")

    async def close(self) -> None:
        """There is nothing to close."""
