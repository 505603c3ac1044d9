"""Routes of signals: statuses set by hand, and the sources of services."""

from .monitors import MonitorRoutes
from .status import StatusRoutes

__all__ = ["MonitorRoutes", "StatusRoutes"]
