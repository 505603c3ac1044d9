"""Status.io: the public status API, one object per page, in codes from 100 to 600."""

from tocsin.adapters.feeds.statusio.kind import StatusIoKind, StatusIoSource

__all__ = ["StatusIoKind", "StatusIoSource"]
