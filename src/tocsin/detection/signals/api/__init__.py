"""Routes of signals: what people say, the sources of services, what addresses are, vendors' hints."""

from .catalogue import CatalogueRoutes
from .discovery import DiscoveryRoutes
from .monitors import MonitorRoutes
from .status import StatusRoutes
from .webhooks import webhook_routes

__all__ = [
    "CatalogueRoutes",
    "DiscoveryRoutes",
    "MonitorRoutes",
    "StatusRoutes",
    "webhook_routes",
]
