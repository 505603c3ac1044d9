"""A check by ping: is a host there, how far away, and how many packets get lost."""

from tocsin.adapters.checks.ping.kind import PingKind, PingSource

__all__ = ["PingKind", "PingSource"]
