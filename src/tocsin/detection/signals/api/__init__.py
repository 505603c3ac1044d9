"""Routes of signals: what people say, the sources of services, what addresses are, vendors' hints."""

from .catalogue import CatalogueRoutes
from .discovery import DiscoveryRoutes
from .monitors import MonitorRoutes
from .results import router as results_router
from .status import StatusRoutes
from .webhooks import webhook_routes

__all__ = [
    "CatalogueRoutes",
    "DiscoveryRoutes",
    "MonitorRoutes",
    "StatusRoutes",
    "results_router",
    "webhook_routes",
]
