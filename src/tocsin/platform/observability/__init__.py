"""Logs, metrics and the heartbeat: how the house says that it is well."""

from .heartbeat import Heartbeat
from .logs import configure_logs
from .metrics import Metrics
from .reporting import start_reporting

__all__ = ["Heartbeat", "Metrics", "configure_logs", "start_reporting"]
