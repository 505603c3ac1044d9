"""The ping check: a few ICMP echoes, without privileges where the kernel permits that."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from tocsin.adapters.checks.base import CannotCheck, OwnCheckKind, outage
from tocsin.adapters.checks.fields import CheckFields, Host
from tocsin.detection.signals.ports import (
    CheckAnswer,
    MonitorFields,
    Phases,
    PollFailureKind,
    SourceFields,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import Stopwatch, WireFault, Wires, in_time

if TYPE_CHECKING:
    from icmplib import Host as Echoes

_BETWEEN_SECONDS = 0.2
_FORBIDDEN = "Ping is not permitted for this user (net.ipv4.ping_group_range)."

Percent = Annotated[int, Field(ge=1, le=100)]


class PingSource(CheckFields):
    """`{kind: ping, host}`; so many `packets`, of which so many per cent may be lost.

    From `degraded_loss_percent` on it is degraded, from `down_loss_percent` on an outage. A mean
    round trip of more than `max_response_ms` is degraded.
    """

    kind: Literal["ping"] = "ping"
    host: Host
    packets: Annotated[int, Field(ge=1, le=10)] = 3
    degraded_loss_percent: Percent = 20
    down_loss_percent: Percent = 100
    max_response_ms: Annotated[int, Field(ge=1, le=60_000)] | None = None

    @field_validator("down_loss_percent")
    @classmethod
    def _down_after_degraded(cls, percent: int, info: ValidationInfo) -> int:
        if percent < info.data.get("degraded_loss_percent", percent):
            raise ValueError("must not be less than degraded_loss_percent")
        return percent


class PingKind(OwnCheckKind):
    """Checks by ping."""

    kind: ClassVar[str] = "ping"
    schema: ClassVar[type[SourceFields]] = PingSource

    def prepare(self, fields: MonitorFields) -> "PingCheck":
        """Nothing but the fields is needed."""
        assert isinstance(fields, PingSource)
        return PingCheck(self.parts.wires, fields)


class PingCheck:
    """A prepared ping."""

    __slots__ = ("_source", "_wires")

    def __init__(self, wires: Wires, source: PingSource) -> None:
        self._wires = wires
        self._source = source

    async def run(self) -> CheckAnswer:
        """Send the packets; raises CannotCheck where the system forbids it."""
        watch, source = Stopwatch(), self._source
        try:
            addresses = await in_time(
                self._wires.names.addresses(source.host, source.keep_seconds),
                source.timeout_seconds,
                source.host,
                watch,
            )
        except WireFault as fault:
            return outage(fault, watch)
        watch.stop()
        left = max(0.1, source.timeout_seconds - watch.total_ms / 1000)
        return self._judged(await self._echoes(addresses[0], left), watch)

    async def _echoes(self, address: str, seconds: float) -> "Echoes":
        """With a datagram socket (ping_group_range), else with a raw one (CAP_NET_RAW)."""
        from icmplib import SocketPermissionError, async_ping

        packets = self._source.packets
        pause = min(_BETWEEN_SECONDS, seconds / packets / 2)
        each = (seconds - pause * (packets - 1)) / packets
        for privileged in (False, True):
            try:
                return await async_ping(
                    address, packets, pause, timeout=each, privileged=privileged
                )
            except SocketPermissionError:
                continue
        raise CannotCheck(_FORBIDDEN, PollFailureKind.NOT_PERMITTED)

    def _judged(self, echoes: "Echoes", watch: Stopwatch) -> CheckAnswer:
        loss = round(echoes.packet_loss * 100)
        status, detail, fault = self._verdict(loss, echoes.avg_rtt)
        figures = {"loss_percent": float(loss)}
        if echoes.is_alive:
            figures |= {
                "min_ms": echoes.min_rtt,
                "max_ms": echoes.max_rtt,
                "jitter_ms": echoes.jitter,
            }
        return CheckAnswer(
            status,
            detail,
            echoes.avg_rtt if echoes.is_alive else None,
            fault=fault,
            phases=Phases(**watch.spent),
            figures=figures,
        )

    def _verdict(self, loss: int, mean_ms: float) -> tuple[Status, str, str | None]:
        source = self._source
        if loss == 100:
            return Status.MAJOR_OUTAGE, f"{source.host} does not answer to ping.", "timeout"
        lost = f"{source.host} answers, but loses {{}} % of the packets or more."
        if loss >= source.down_loss_percent:
            return Status.MAJOR_OUTAGE, lost.format(source.down_loss_percent), "loss"
        if loss >= source.degraded_loss_percent:
            return Status.DEGRADED, lost.format(source.degraded_loss_percent), "loss"
        if source.max_response_ms is not None and mean_ms > source.max_response_ms:
            slow = f"{source.host} answers, but takes longer than {source.max_response_ms} ms."
            return Status.DEGRADED, slow, "slow"
        return Status.OPERATIONAL, f"{source.host} answers to ping.", None
