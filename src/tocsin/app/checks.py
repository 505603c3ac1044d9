"""The kinds of own checks."""

from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.checks.dns import DnsKind
from tocsin.adapters.checks.http import HttpKind
from tocsin.adapters.checks.ping import PingKind
from tocsin.adapters.checks.tcp import TcpKind
from tocsin.adapters.checks.tls import TlsKind
from tocsin.detection.signals.ports import CheckKind

CHECKS = (HttpKind, TcpKind, TlsKind, DnsKind, PingKind)


def open_checks(parts: CheckParts) -> tuple[CheckKind, ...]:
    """All kinds, given what they need."""
    return tuple(kind(parts) for kind in CHECKS)
