"""Which burns people are told of: one outage puts all four pairs over, and is one alert."""

from collections.abc import Collection

from tocsin.detection.objectives.model import BurnSeverity


def beginning_is_news(severity: BurnSeverity, others: Collection[BurnSeverity]) -> bool:
    """Whether a pair that begins to burn is news while these other pairs of the service burn.

    A page is news where no other page burns, a ticket where nothing does.
    """
    if severity is BurnSeverity.PAGE:
        return BurnSeverity.PAGE not in others
    return not others


def end_is_news(severity: BurnSeverity, others: Collection[BurnSeverity]) -> bool:
    """Whether a pair that calms down was the last of its severity."""
    return severity not in others
