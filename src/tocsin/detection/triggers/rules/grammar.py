"""The condition language: `response_time > 30000 OR status_code >= 500`, read by an LALR grammar.

NOT binds tighter than AND, AND tighter than OR; words may be written in any case, metric names may
not. Limits: 500 characters, 20 levels of parentheses and NOT, 50 comparisons.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from .expression import OWN_METRICS, Expression, Function, comparisons, metric_names
from .mistakes import Mistake, expected, mistake, nearest
from .tree import build

if TYPE_CHECKING:
    from lark import Lark, Token, Tree, UnexpectedToken

MOST_CHARACTERS = 500
MOST_TERMS = 50

_INSTEAD = {"≥": ">=", "≤": "<=", "≠": "!=", "&": "AND", "|": "OR", "!": "NOT"}

_TRUTHS = {"true": "1", "false": "0"}
"""What else would be a metric that nobody pushes, and never known."""

_GRAMMAR = r"""
?start: some
?some: every (OR every)*
?every: opposite (AND opposite)*
?opposite: NOT opposite -> negated
         | "(" some ")" -> grouped
         | comparison
comparison: operand SIGN operand
?operand: QUANTITY -> number
        | NAME -> metric
        | FUNCTION "(" NAME "," QUANTITY ")" -> aggregate

AND.3: /and\b/i
OR.3: /or\b/i
NOT.3: /not\b/i
FUNCTION.2: /(avg|min|max|p50|p90|p95|p99|count|rate)(?=\s*\()/i
NAME: /[A-Za-z_][A-Za-z0-9_]*([.:\/-][A-Za-z0-9_]+)*/
QUANTITY: /[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)(\s*(%|(?!(and|or|not)\b)[A-Za-z]+))?/i
SIGN: />=|<=|==|!=|>|<|=/
%import common.WS
%ignore WS
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was understood."""

    text: str
    expression: Expression

    @property
    def names(self) -> list[str]:
        """The metrics it speaks of, each once."""
        return metric_names(self.expression)


@lru_cache(maxsize=1_000)
def read_condition(text: str) -> Condition:
    """Read a condition; raises Mistake, which names the character."""
    if len(text) > MOST_CHARACTERS:
        words = (
            f"a condition has at most {MOST_CHARACTERS} characters; the first one too many stands"
        )
        raise mistake(text, MOST_CHARACTERS, words, len(text) - MOST_CHARACTERS)
    expression = build(text, _parsed(text))
    terms = sum(1 for _ in comparisons(expression))
    if terms > MOST_TERMS:
        words = f"a condition has at most {MOST_TERMS} comparisons, this one {terms}, counted from the first"
        raise mistake(text, 0, words, len(text))
    return Condition(text, expression)


def require_known(condition: Condition, pushed: Collection[str]) -> None:
    """Refuse a name that looks like a slip for a metric that is there; raises Mistake.

    A name like no other passes, for it may be pushed later.
    """
    known = {*OWN_METRICS, *pushed}
    for name in condition.names:
        near = None if name in known else _TRUTHS.get(name.lower()) or nearest(name, known)
        if near is not None:
            found = re.search(rf"(?<![\w.:/-]){re.escape(name)}(?![\w.:/-])", condition.text)
            offset = found.start() if found else 0
            words = f"there is no metric “{name}”; did you mean “{near}”? It stands"
            raise mistake(condition.text, offset, words, len(name))


def _parsed(text: str) -> "Tree[Token]":
    from lark import UnexpectedCharacters, UnexpectedToken

    try:
        return _lark().parse(text)
    except UnexpectedToken as wrong:
        raise _out_of_place(text, wrong) from None
    except UnexpectedCharacters as wrong:
        offset: Any = wrong.pos_in_stream
        raise _foreign(text, offset) from None


@cache
def _lark() -> "Lark":
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="basic", propagate_positions=True)


def _out_of_place(text: str, wrong: "UnexpectedToken") -> Mistake:
    token = wrong.token
    is_end = token.type == "$END"
    offset = len(text.rstrip()) if is_end else token.start_pos or 0
    before = list(_lark().lex(text[:offset]))
    last = before[-1] if before else None
    if token.type == "LPAR" and last is not None and last.type == "NAME":
        words = f"there is no function “{last}” (there are {', '.join(Function)})"
        return mistake(text, last.start_pos or 0, words, len(last))
    return mistake(text, offset, expected(wrong.accepts, last), 0 if is_end else len(token))


def _foreign(text: str, offset: int) -> Mistake:
    seen = text[offset]
    instead = _INSTEAD.get(seen)
    words = f"“{seen}” means nothing here" + (f"; write {instead}" if instead else "")
    return mistake(text, offset, f"{words}. It stands")
