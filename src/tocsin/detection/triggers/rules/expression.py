"""A condition as a tree, and its truth where some values may be unknown (Kleene's three values)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Unit = Literal["ms", "%", ""]

OWN_METRICS: Mapping[str, Unit] = {
    "response_time": "ms",
    "status_code": "",
    "error_rate": "%",
    "up": "",
    "days_left": "",
}
"""What Tocsin measures itself, with the unit its values are shown in."""

MONITOR_METRICS = frozenset({"response_time", "status_code", "error_rate", "up"})
"""Those that come from the results of a service's own monitors, one by one."""


class Function(StrEnum):
    """How the values of a stretch of time become one; percentiles are by nearest rank."""

    AVG = "avg"
    MIN = "min"
    MAX = "max"
    P50 = "p50"
    P90 = "p90"
    P95 = "p95"
    P99 = "p99"
    COUNT = "count"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Number:
    """A limit in base units: milliseconds, shares of 1, bytes; `text` is how it was written."""

    value: float
    text: str
    unit: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Metric:
    """The newest value of a metric."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One figure over the last `seconds` of a metric."""

    function: Function
    name: str
    seconds: float
    window: str

    def __str__(self) -> str:
        return f"{self.function}({self.name}, {self.window})"


Measured = Metric | Aggregate
Operand = Number | Metric | Aggregate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands and one of `> >= < <= == !=`; at least one of the operands is measured."""

    left: Operand
    sign: str
    right: Operand

    def __str__(self) -> str:
        return f"{self.left} {self.sign} {self.right}"


@dataclass(frozen=True, slots=True)
class Not:
    """True where its part is false; unknown stays unknown."""

    part: "Expression"

    def __str__(self) -> str:
        return f"NOT ({self.part})"


@dataclass(frozen=True, slots=True)
class Every:
    """AND: false where any part is false, true where all are true, else unknown."""

    parts: tuple["Expression", ...]

    def __str__(self) -> str:
        return " AND ".join(f"({one})" if isinstance(one, Some) else str(one) for one in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """OR: true where any part is true, false where all are false, else unknown."""

    parts: tuple["Expression", ...]

    def __str__(self) -> str:
        return " OR ".join(str(one) for one in self.parts)


Expression = Comparison | Not | Every | Some
Read = Callable[[Measured], float | None]

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def truth(expression: Expression, read: Read) -> bool | None:
    """Whether the condition holds; None where what is measured does not decide it."""
    if isinstance(expression, Comparison):
        return compared(expression, read)
    if isinstance(expression, Not):
        inner = truth(expression.part, read)
        return None if inner is None else not inner
    return _joined(expression.parts, read, stops_at=isinstance(expression, Some))


def compared(comparison: Comparison, read: Read) -> bool | None:
    """One comparison; unknown where either side is."""
    left, right = _value(comparison.left, read), _value(comparison.right, read)
    if left is None or right is None:
        return None
    return _COMPARE[comparison.sign](left, right)


def comparisons(expression: Expression) -> Iterator[Comparison]:
    """Every comparison, in the order in which they are written."""
    if isinstance(expression, Comparison):
        yield expression
        return
    for part in (expression.part,) if isinstance(expression, Not) else expression.parts:
        yield from comparisons(part)


def measured(expression: Expression) -> list[Measured]:
    """What the condition has to know, each once, in the order of writing."""
    sides = (side for each in comparisons(expression) for side in (each.left, each.right))
    return list(dict.fromkeys(side for side in sides if not isinstance(side, Number)))


def metric_names(expression: Expression) -> list[str]:
    """The metrics it speaks of, each once."""
    return list(dict.fromkeys(one.name for one in measured(expression)))


def _joined(parts: Iterable[Expression], read: Read, *, stops_at: bool) -> bool | None:
    unknown = False
    for part in parts:
        held = truth(part, read)
        if held is stops_at:
            return stops_at
        unknown = unknown or held is None
    return None if unknown else not stops_at


def _value(operand: Operand, read: Read) -> float | None:
    return operand.value if isinstance(operand, Number) else read(operand)
