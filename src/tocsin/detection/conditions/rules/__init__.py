"""The pure policy of conditions: when a status is believed, and what that does to the line."""

from tocsin.detection.conditions.rules.judging import lose_sight, observe, report
from tocsin.detection.conditions.rules.line import redraw

__all__ = ["lose_sight", "observe", "redraw", "report"]
