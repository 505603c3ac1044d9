"""JMESPath expressions from people: checked when they are saved, bounded when they are run.

A multi-select repeats what it is given once per element, and chained ones multiply; the product
over an expression is bounded, so that no query can grow its answer without end (jmespath.org).
"""

from functools import lru_cache
from math import prod
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from tocsin.adapters.feeds.json_query.keeping import keeping

LONGEST = 500
MOST_COPIES = 100


def checked(expression: str) -> str:
    """The expression itself; raises ValueError with a sentence for its author."""
    try:
        parsed = _compiled(expression)
    except JMESPathError as error:
        raise ValueError(f"this is no JMESPath expression: {_first_line(error)}") from None
    if _copies(parsed.parsed) > MOST_COPIES:
        raise ValueError(f"the expression may copy its input more than {MOST_COPIES} times")
    return expression


def evaluate(expression: str, payload: object) -> object:
    """What the expression finds in a payload; raises ValueError with a sentence.

    Where its lists have gaps stands `NOTHING`.
    """
    try:
        found: object = _keeping(expression).search(payload)
    except (JMESPathError, ValueError, TypeError, RecursionError) as error:
        raise ValueError(f"the query fails: {_first_line(error)}") from None
    return found


@lru_cache(maxsize=256)
def _compiled(expression: str) -> ParsedResult:
    return jmespath.compile(expression)


@lru_cache(maxsize=256)
def _keeping(expression: str) -> ParsedResult:
    return ParsedResult(expression, keeping(_compiled(expression).parsed))


def _copies(node: Any) -> int:
    """How many times an expression may repeat what it is given."""
    children = node.get("children", ())
    own = len(children) if node["type"].startswith("multi_select") else 1
    return max(own, 1) * prod(_copies(child) for child in children if isinstance(child, dict))


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
