"""Better Stack: a page's `/index.json`, in the manner of JSON:API."""

from tocsin.adapters.feeds.betterstack.kind import BetterStackKind, BetterStackSource

__all__ = ["BetterStackKind", "BetterStackSource"]
