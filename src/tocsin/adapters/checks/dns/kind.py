"""The DNS check: ask for a record, and compare what comes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, IPvAnyAddress, StringConstraints

from tocsin.adapters.checks.base import CannotCheck, OwnCheckKind, outage
from tocsin.adapters.checks.fields import CheckFields, Port
from tocsin.detection.signals.ports import (
    CheckAnswer,
    MonitorFields,
    Phases,
    PollFailureKind,
    SourceFields,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import Stopwatch, WireFault

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver
    from dns.resolver import Answer, NoNameservers

_SHOWN = 3


def _domain(text: str) -> str:
    import dns.exception
    import dns.name

    try:
        dns.name.from_text(text)
    except (dns.exception.DNSException, UnicodeError) as error:
        raise ValueError("is not a domain name") from error
    return text


class DnsSource(CheckFields):
    """`{kind: dns, domain, record_type}`; `expected` holds values, of which `match` wants any or all.

    `resolvers` are addresses of name servers to ask instead of the system's, on `resolver_port`.
    """

    kind: Literal["dns"] = "dns"
    domain: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=253),
        AfterValidator(_domain),
    ]
    record_type: Literal["A", "AAAA", "CNAME", "MX", "TXT", "NS", "SOA", "CAA"] = "A"
    resolvers: Annotated[tuple[IPvAnyAddress, ...], Field(max_length=3)] = ()
    resolver_port: Port = 53
    expected: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=1_000)], ...], Field(max_length=20)
    ] = ()
    match: Literal["any", "all"] = "any"


class DnsKind(OwnCheckKind):
    """Checks of DNS records."""

    kind: ClassVar[str] = "dns"
    schema: ClassVar[type[SourceFields]] = DnsSource

    def prepare(self, fields: MonitorFields) -> "DnsCheck":
        """Choose whom to ask; raises CannotCheck where the system names nobody."""
        assert isinstance(fields, DnsSource)
        return DnsCheck(fields, _resolver(fields))


class DnsCheck:
    """A prepared DNS check."""

    __slots__ = ("_resolver", "_source")

    def __init__(self, source: DnsSource, resolver: "Resolver") -> None:
        self._source = source
        self._resolver = resolver

    async def run(self) -> CheckAnswer:
        """Ask once; what is not answered over UDP in full is asked over TCP."""
        watch = Stopwatch()
        try:
            answer = await self._ask()
        except WireFault as fault:
            return outage(fault, watch)
        watch.stop()
        return self._judged(answer, watch)

    async def _ask(self) -> "Answer":
        import dns.exception
        from dns.resolver import NXDOMAIN, NoAnswer, NoNameservers

        name, kind = self._source.domain, self._source.record_type
        try:
            return await self._resolver.resolve(name, kind, search=False)
        except NXDOMAIN as error:
            raise WireFault("nxdomain", f"The name {name} does not exist.") from error
        except NoAnswer as error:
            raise WireFault("no_record", f"{name} has no {kind} record.") from error
        except NoNameservers as error:
            raise _refusal(error, name) from error
        except dns.exception.Timeout as error:
            seconds = self._source.timeout_seconds
            raise WireFault(
                "timeout", f"No name server answered within {seconds:g} seconds."
            ) from error
        except dns.exception.DNSException as error:
            raise WireFault("protocol", f"The answer about {name} cannot be read.") from error

    def _judged(self, answer: "Answer", watch: Stopwatch) -> CheckAnswer:
        from tocsin.adapters.checks.dns.rules import missing, written

        source = self._source
        found = sorted(written(record) for record in answer)
        lacking = missing(source.expected, found)
        enough = not lacking or (source.match == "any" and len(lacking) < len(source.expected))
        says = f"{source.domain} has {_some(found)}"
        return CheckAnswer(
            Status.OPERATIONAL if enough else Status.MAJOR_OUTAGE,
            f"{says}." if enough else f"{says}, but not {_some(lacking)}.",
            watch.total_ms,
            fault=None if enough else "mismatch",
            phases=Phases(**watch.spent),
            figures={"records": float(len(found))},
        )


def _resolver(source: DnsSource) -> "Resolver":
    from dns.asyncresolver import Resolver
    from dns.resolver import NoResolverConfiguration

    try:
        resolver = Resolver(configure=not source.resolvers)
    except NoResolverConfiguration as error:
        raise CannotCheck(
            "This machine names no name server; give the check a resolver.",
            PollFailureKind.NOT_PERMITTED,
        ) from error
    if source.resolvers:
        resolver.nameservers = [str(address) for address in source.resolvers]
        resolver.port = source.resolver_port
    resolver.lifetime = source.timeout_seconds
    resolver.timeout = source.timeout_seconds / (1 + len(resolver.nameservers))
    return resolver


def _refusal(error: "NoNameservers", name: str) -> WireFault:
    from dns.rcode import to_text

    tried = error.kwargs.get("errors") or []
    codes = [to_text(attempt[4].rcode()) for attempt in tried if attempt[4] is not None]
    if not codes:
        return WireFault("unreachable", "No name server can be reached.")
    return WireFault(codes[-1].lower(), f"The name servers answer {codes[-1]} for {name}.")


def _some(values: Sequence[str]) -> str:
    shown = [value if len(value) <= 100 else f"{value[:99]}…" for value in values[:_SHOWN]]
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return ", ".join(f"“{value}”" for value in shown) + more
