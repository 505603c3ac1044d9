"""From the parser's tree to an expression: units, kinds of values and limits are checked here."""

import math
import re
from typing import Any

from .expression import (
    Aggregate,
    Comparison,
    Every,
    Expression,
    Function,
    Metric,
    Not,
    Number,
    Operand,
    Some,
)
from .mistakes import mistake
from .units import DURATION, OWN_KINDS, SHARE, UNITS, WORDS, WRITTEN

Node = Any
"""A `lark.Tree`; its types leave open what a rule of the grammar fixes: which child is which."""

Token = Any
"""A `lark.Token`: a text with its place."""

MOST_DEPTH = 20
LONGEST_SECONDS = 86_400

_QUANTITY = re.compile(r"([+-]?[\d.]+)\s*(.*)", re.DOTALL)
_FAILURES = (Function.AVG, Function.COUNT)


def build(text: str, node: Node) -> Expression:
    """The expression; raises Mistake. It goes from the top down, so depth ends where it must."""
    return _Builder(text).expression(node, 0)


class _Builder:
    def __init__(self, text: str) -> None:
        self._text = text

    def expression(self, node: Node, depth: int) -> Expression:
        if depth > MOST_DEPTH:
            raise mistake(
                self._text, _start(node), f"the condition is over {MOST_DEPTH} levels deep"
            )
        parts = [child for child in node.children if _is_tree(child)]
        if node.data == "comparison":
            return self._comparison(node)
        if node.data == "grouped":
            return self.expression(parts[0], depth + 1)
        if node.data == "negated":
            return Not(self.expression(parts[0], depth + 1))
        made = tuple(self.expression(part, depth) for part in parts)
        return Some(made) if node.data == "some" else Every(made)

    def _comparison(self, node: Node) -> Comparison:
        left_node, sign, right_node = node.children
        left, right = self._operand(left_node), self._operand(right_node)
        if isinstance(left, Number) and isinstance(right, Number):
            raise mistake(
                self._text, _start(node), "compare a metric with a number; expected a metric"
            )
        self._require_kind(left, right, right_node)
        self._require_kind(right, left, left_node)
        return Comparison(left, "==" if sign == "=" else str(sign), right)

    def _operand(self, node: Node) -> Operand:
        first = node.children[0]
        if node.data == "number":
            return self._number(first)
        if node.data == "metric":
            return Metric(str(first))
        return self._aggregate(*node.children)

    def _number(self, token: Token) -> Number:
        digits, unit = _QUANTITY.fullmatch(token).groups()  # type: ignore[union-attr] # QUANTITY's own shape
        kind, factor = self._unit(token, unit)
        value = float(digits) * factor
        if math.isinf(value):
            raise mistake(self._text, token.start_pos, "the number is too large", len(token))
        return Number(value, re.sub(r"\s+", " ", token), kind)

    def _unit(self, token: Token, unit: str) -> tuple[str, float]:
        if not unit:
            return "", 1
        found = UNITS.get(unit.lower())
        if found is None:
            offset = token.start_pos + len(token) - len(unit)
            words = f"expected a unit ({WRITTEN}) instead of “{unit}”"
            raise mistake(self._text, offset, words, len(unit))
        return found

    def _aggregate(self, function: Token, name: Token, window: Token) -> Aggregate:
        which = Function(function.lower())
        length = self._number(window)
        if length.unit != DURATION:
            words = f"expected a time such as 5m instead of “{window}”"
            raise mistake(self._text, window.start_pos, words, len(window))
        if not 1 <= length.value / 1000 <= LONGEST_SECONDS:
            words = "expected a time between 1s and 24h"
            raise mistake(self._text, window.start_pos, words, len(window))
        if name == "error_rate" and which not in _FAILURES:
            words = f"{which} of error_rate says nothing; write avg(error_rate, {window})"
            raise mistake(self._text, function.start_pos, words, len(function))
        return Aggregate(which, str(name), length.value / 1000, str(window))

    def _require_kind(self, measured: Operand, limit: Operand, node: Node) -> None:
        """A metric of our own has one kind of value: a percentage of milliseconds is a slip."""
        if isinstance(measured, Number) or not isinstance(limit, Number):
            return
        kind = _kind_of(measured)
        token: Token = node.children[0]
        if kind is None:
            return
        if limit.unit not in ("", kind):
            words = f"expected {WORDS[kind]} for {measured} instead of “{limit}”"
            raise mistake(self._text, token.start_pos, words, len(token))
        if kind == SHARE and not limit.unit and limit.value > 1:
            words = f"{measured} is a share; write {limit}% instead of “{limit}”"
            raise mistake(self._text, token.start_pos, words, len(token))


def _kind_of(measured: Metric | Aggregate) -> str | None:
    """What its values are: a duration, a share, a size, plain; None for pushed metrics."""
    if isinstance(measured, Aggregate):
        if measured.function is Function.COUNT:
            return ""
        if measured.function is Function.RATE:
            return None
    return OWN_KINDS.get(measured.name)


def _start(node: Node) -> int:
    return int(node.meta.start_pos)


def _is_tree(child: object) -> bool:
    return hasattr(child, "children")
