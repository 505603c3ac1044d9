"""Statuspage v2, and every page that answers like it: `/api/v2/summary.json`."""

from tocsin.adapters.feeds.statuspage.kind import StatuspageKind, StatuspageSource
from tocsin.adapters.feeds.statuspage.rules import parse

__all__ = ["StatuspageKind", "StatuspageSource", "parse"]
