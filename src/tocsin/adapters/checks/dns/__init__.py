"""A check of a DNS record: is it there, and does it hold what it should."""

from tocsin.adapters.checks.dns.kind import DnsKind, DnsSource

__all__ = ["DnsKind", "DnsSource"]
