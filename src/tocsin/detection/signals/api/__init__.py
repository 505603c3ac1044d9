"""Routes of signals: statuses set by hand, the sources of services, and hints from their pages."""

from .monitors import MonitorRoutes
from .status import StatusRoutes
from .webhooks import webhook_routes

__all__ = ["MonitorRoutes", "StatusRoutes", "webhook_routes"]
