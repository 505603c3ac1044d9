"""Routes of signals: what people say, the sources of services, what addresses are, vendors' hints."""

from .catalogue import CatalogueRoutes
from .discovery import DiscoveryRoutes
from .heartbeats import router as heartbeats_router
from .metrics import router as metrics_router
from .monitors import MonitorRoutes
from .pings import PingRoutes
from .results import router as results_router
from .status import StatusRoutes
from .webhooks import webhook_routes

__all__ = [
    "CatalogueRoutes",
    "DiscoveryRoutes",
    "MonitorRoutes",
    "PingRoutes",
    "StatusRoutes",
    "heartbeats_router",
    "metrics_router",
    "results_router",
    "webhook_routes",
]
