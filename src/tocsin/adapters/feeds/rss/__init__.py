"""Any status page's history as RSS or Atom: the last resort, read with little confidence."""

from tocsin.adapters.feeds.rss.kind import RssKind, RssSource

__all__ = ["RssKind", "RssSource"]
