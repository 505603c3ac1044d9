"""The TLS check: a handshake, and what the certificate says."""

import ssl
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from yarl import URL

from tocsin.adapters.checks.base import OwnCheckKind, outage
from tocsin.adapters.checks.fields import CheckFields, Host, Port, stored_address
from tocsin.adapters.checks.tls.greeting import Greeting
from tocsin.adapters.checks.tls.rules import CERTIFICATE_FAULTS, invalid, valid
from tocsin.detection.signals.ports import (
    CheckAnswer,
    MonitorFields,
    Phases,
    SourceFields,
    SourceSpec,
)
from tocsin.kernel.clock import Clock
from tocsin.platform.http import Certificate, Place, Stopwatch, WireFault, Wires, in_time

_PORTS = {None: 443, "smtp": 587, "imap": 143, "pop3": 110}
Days = Annotated[int, Field(ge=0, le=365)]


def _https(url: str) -> str:
    address = stored_address(url)
    if not address.startswith("https://"):
        raise ValueError("must begin with https://; for other servers give host and port")
    return address


class TlsSource(CheckFields):
    """`{kind: tls, host, port}` or `{kind: tls, url}`.

    `starttls` is for mail servers that begin in plain text. `server_name` is the name asked for
    and looked for in the certificate, where it is not the host. Fewer days than `warn_days` are
    degraded, fewer than `critical_days` a partial outage.
    """

    kind: Literal["tls"] = "tls"
    url: Annotated[str, AfterValidator(_https)] | None = None
    host: Annotated[Host | None, Field(validate_default=True)] = None
    port: Port | None = None
    starttls: Literal["smtp", "imap", "pop3"] | None = None
    server_name: Host | None = None
    warn_days: Days = 21
    critical_days: Days = 3

    @field_validator("host")
    @classmethod
    def _one_place(cls, host: str | None, info: ValidationInfo) -> str | None:
        if "url" in info.data and (host is None) == (info.data["url"] is None):
            raise ValueError("give either the host or a url")
        return host

    @field_validator("port", "starttls")
    @classmethod
    def _not_beside_a_url(cls, value: int | str | None, info: ValidationInfo) -> int | str | None:
        if value is not None and info.data.get("url") is not None:
            raise ValueError("goes with a host; a url names its port itself")
        return value

    @field_validator("critical_days")
    @classmethod
    def _critical_after_warning(cls, days: int, info: ValidationInfo) -> int:
        if days > info.data.get("warn_days", days):
            raise ValueError("must not be more than warn_days")
        return days

    @property
    def place(self) -> tuple[str, int]:
        """The host and port that are meant."""
        if self.url is not None:
            url = URL(self.url)
            return url.raw_host or "", url.port or 443
        return self.host or "", self.port or _PORTS[self.starttls]


class TlsKind(OwnCheckKind):
    """Checks of certificates."""

    kind: ClassVar[str] = "tls"
    schema: ClassVar[type[SourceFields]] = TlsSource

    def prepare(self, fields: MonitorFields) -> "TlsCheck":
        """Decide where to connect."""
        assert isinstance(fields, TlsSource)
        return TlsCheck(self.parts.wires, self.parts.clock, fields)

    def name_of(self, spec: SourceSpec) -> str | None:
        """The host, wherever it is written."""
        return (URL(spec.url).host if spec.url else None) or super().name_of(spec)


class TlsCheck:
    """A prepared TLS check."""

    __slots__ = ("_clock", "_name", "_place", "_source", "_wires")

    def __init__(self, wires: Wires, clock: Clock, source: TlsSource) -> None:
        host, port = source.place
        self._wires = wires
        self._clock = clock
        self._source = source
        self._name = source.server_name or host
        self._place = Place(host, port, keep_seconds=source.keep_seconds)

    async def run(self) -> CheckAnswer:
        """Shake hands as a visitor would; where that fails, once more to see the certificate."""
        watch = Stopwatch()
        seconds, host = self._source.timeout_seconds, self._place.host
        try:
            answer = await in_time(self._answer(watch), seconds, host, watch)
        except WireFault as fault:
            return outage(fault, watch)
        return answer

    async def _answer(self, watch: Stopwatch) -> CheckAnswer:
        source = self._source
        try:
            certificate = await self._certificate(watch, verified=True)
        except WireFault as fault:
            if fault.fault not in CERTIFICATE_FAULTS:
                raise
            watch.stop()
            answer = invalid(fault, await self._despite(), self._clock.now())
        else:
            if certificate is None:
                raise WireFault("tls", f"{self._place.host} showed no certificate.")
            answer = valid(certificate, self._clock.now(), source.warn_days, source.critical_days)
        return replace(answer, response_ms=watch.total_ms, phases=Phases(**watch.spent))

    async def _despite(self) -> Certificate | None:
        """The certificate that is not trusted; None if the server does not show it again."""
        try:
            return await self._certificate(Stopwatch(), verified=False)
        except WireFault:
            return None

    async def _certificate(self, watch: Stopwatch, *, verified: bool) -> Certificate | None:
        context: ssl.SSLContext = self._wires.tls.of(verified=verified)
        script, place = self._source.starttls, self._place
        if script is None:
            place = replace(place, tls=context, server_name=self._name)
        greeting = Greeting(place.host, script, context, self._name)
        wire = await self._wires.connect(place, greeting, watch, self._source.timeout_seconds)
        try:
            return (await greeting.done).certificate
        finally:
            wire.abort()
