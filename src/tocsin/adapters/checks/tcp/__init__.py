"""A check of a TCP port: does it accept, and does it say what it should."""

from tocsin.adapters.checks.tcp.kind import TcpKind, TcpSource

__all__ = ["TcpKind", "TcpSource"]
