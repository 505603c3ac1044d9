"""The TCP check: connect, say something if asked to, and wait for what must come."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tocsin.adapters.checks.base import OwnCheckKind, outage
from tocsin.adapters.checks.fields import CheckFields, Host, Port
from tocsin.adapters.checks.tcp.talk import Talk
from tocsin.detection.signals.ports import CheckAnswer, MonitorFields, Phases, SourceFields
from tocsin.kernel.status import Status
from tocsin.platform.http import Place, Stopwatch, WireFault, Wires, in_time

Said = Annotated[str, Field(min_length=1, max_length=1_000)]


class TcpSource(CheckFields):
    """`{kind: tcp, host, port}`; `send` goes out when connected, `expect` must then come.

    Both are texts in UTF-8; line ends are written out (`"PING\\r\\n"`). Slower than
    `max_response_ms` is degraded.
    """

    kind: Literal["tcp"] = "tcp"
    host: Host
    port: Port
    send: Said | None = None
    expect: Said | None = None
    max_response_ms: Annotated[int, Field(ge=1, le=60_000)] | None = None


class TcpKind(OwnCheckKind):
    """Checks of TCP ports."""

    kind: ClassVar[str] = "tcp"
    schema: ClassVar[type[SourceFields]] = TcpSource

    def prepare(self, fields: MonitorFields) -> "TcpCheck":
        """Encode once what is said and expected."""
        assert isinstance(fields, TcpSource)
        return TcpCheck(self.parts.wires, fields)


class TcpCheck:
    """A prepared TCP check."""

    __slots__ = ("_expect", "_place", "_send", "_source", "_wires")

    def __init__(self, wires: Wires, source: TcpSource) -> None:
        self._wires = wires
        self._source = source
        self._place = Place(source.host, source.port, keep_seconds=source.keep_seconds)
        self._send = source.send.encode() if source.send else None
        self._expect = source.expect.encode() if source.expect else None

    async def run(self) -> CheckAnswer:
        """Connect once."""
        watch, source = Stopwatch(), self._source
        talk = Talk(source.host, self._send, self._expect, watch)
        try:
            await in_time(self._connected(talk, watch), source.timeout_seconds, source.host, watch)
        except WireFault as fault:
            return outage(self._named(fault, talk), watch)
        took = watch.total_ms
        status, detail, slow = Status.OPERATIONAL, f"Port {source.port} accepts connections.", None
        if source.expect:
            detail = f"Port {source.port} answers as expected."
        if source.max_response_ms is not None and took > source.max_response_ms:
            status, slow = Status.DEGRADED, "slow"
            detail = (
                f"Port {source.port} answers, but takes longer than {source.max_response_ms} ms."
            )
        return CheckAnswer(status, detail, took, fault=slow, phases=Phases(**watch.spent))

    async def _connected(self, talk: Talk, watch: Stopwatch) -> None:
        wire = await self._wires.connect(self._place, talk, watch, self._source.timeout_seconds)
        try:
            await talk.done
        finally:
            wire.abort()

    def _named(self, fault: WireFault, talk: Talk) -> WireFault:
        """Whoever talks, but never says what is expected, is not silent."""
        if fault.fault not in ("timeout", "closed") or not talk.heard:
            return fault
        return WireFault("expect", f"{self._source.host} did not say “{self._source.expect}”.")
