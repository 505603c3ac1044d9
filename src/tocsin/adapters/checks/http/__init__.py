"""A check of an own website: does it answer as it should, and if not, what exactly is wrong."""

from tocsin.adapters.checks.http.kind import HttpKind
from tocsin.adapters.checks.http.source import HttpSource

__all__ = ["HttpKind", "HttpSource"]
