"""incident.io: a page's own data, for pages whose Statuspage-compatible form lists no component."""

from tocsin.adapters.feeds.incidentio.kind import IncidentIoKind, IncidentIoSource

__all__ = ["IncidentIoKind", "IncidentIoSource"]
