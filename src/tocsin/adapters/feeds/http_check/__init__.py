"""A check of an own website: does it answer as it should, and if not, what exactly is wrong."""

from tocsin.adapters.feeds.http_check.kind import HttpCheckKind, HttpCheckSource
from tocsin.adapters.feeds.http_check.rules import judge

__all__ = ["HttpCheckKind", "HttpCheckSource", "judge"]
