"""Why a trigger fired or cleared, in a sentence with the measured values."""

from collections.abc import Mapping
from math import inf

from .expression import (
    OWN_METRICS,
    Aggregate,
    Comparison,
    Function,
    Measured,
    Number,
    Unit,
    compared,
    comparisons,
)
from .grammar import Condition
from .holding import Turn
from .streams import Stream


def fired_because(
    condition: Condition,
    values: Mapping[Measured, float | None],
    stream: Stream,
    points: int,
    since: float,
    at: float,
) -> str:
    """Name what was true at the last point, for how long, and on how many results."""
    proofs = [
        _proof(each, values)
        for each in comparisons(condition.expression)
        if compared(each, values.__getitem__)
    ]
    said = "; ".join(dict.fromkeys(proofs)) or "the condition held"
    length = f" for {_span(at - since)} ({points} results in a row)" if points > 1 else ""
    place = f" at “{stream.monitor}”" if stream.monitor else ""
    return f"{said}{length}{place}."


def cleared_because(turn: Turn, seconds: float) -> str:
    """Say what ended it."""
    return {
        Turn.RECOVERED: f"The condition has not held for {_span(seconds)}.",
        Turn.SILENT: f"Nothing was measured for {_span(seconds)}, so it is not known to hold.",
        Turn.GONE: "The monitor is gone.",
        Turn.FIRED: "",
    }[turn]


def value_words(operand: Measured, value: float | None) -> str:
    """A value as people read it."""
    if value is None:
        return "unknown"
    if value == inf:
        return "no answer"
    unit = unit_of(operand)
    return f"{_figure(value * 100 if unit == '%' else value)} {unit}".rstrip()


def unit_of(operand: Measured) -> Unit:
    """The unit that values are shown in: a count or a rate of milliseconds is no duration."""
    if isinstance(operand, Aggregate) and operand.function in (Function.COUNT, Function.RATE):
        return ""
    return OWN_METRICS.get(operand.name, "")


def _proof(comparison: Comparison, values: Mapping[Measured, float | None]) -> str:
    left, right, sign = comparison.left, comparison.right, comparison.sign
    if inf in (values.get(side) for side in (left, right) if not isinstance(side, Number)):
        return f"no answer came ({comparison})"
    if isinstance(left, Number):
        return f"{right} was {_words_of(right, values)} ({left} {sign})"
    limit = str(right) if isinstance(right, Number) else f"{right}: {_words_of(right, values)}"
    return f"{left} was {_words_of(left, values)} ({sign} {limit})"


def _words_of(operand: object, values: Mapping[Measured, float | None]) -> str:
    if isinstance(operand, Number):
        return str(operand)
    return next(value_words(known, value) for known, value in values.items() if known == operand)


def _figure(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"
