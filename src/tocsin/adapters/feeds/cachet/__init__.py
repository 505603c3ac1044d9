"""Cachet: `/api/v1/components` of versions 1 and 2, `/api/components` of version 3."""

from tocsin.adapters.feeds.cachet.kind import CachetKind, CachetSource

__all__ = ["CachetKind", "CachetSource"]
