"""The pure policy of conditions: when a status is believed, and what that does to the line."""

from tocsin.detection.conditions.rules import flapping
from tocsin.detection.conditions.rules.judging import corroborate, lose_sight, observe, report
from tocsin.detection.conditions.rules.line import redraw

__all__ = ["corroborate", "flapping", "lose_sight", "observe", "redraw", "report"]
