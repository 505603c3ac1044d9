"""A check of a certificate: is it right for its host, and how long will it last."""

from tocsin.adapters.checks.tls.kind import TlsKind, TlsSource

__all__ = ["TlsKind", "TlsSource"]
