"""Queries that keep count: what a projection finds nothing for leaves a mark instead of a gap.

JMESPath drops what is null or missing from every list it projects (jmespath.org, specification,
“List wildcard expressions”), so a value that disappears would leave its list unnoticed. Here each
projection that the answer is made of hands on `Nothing` in its place. Arguments of functions,
conditions of filters and what goes through a pipe into anything but a projection are left as they
are: there a gap is what the author counts on.
"""

from typing import Any, Final

PROJECTIONS = frozenset({"projection", "value_projection", "filter_projection"})

Node = Any
"""A node of the parsed expression; jmespath publishes no type for it."""


class Nothing:
    """What stands where a value is missing; no query finds anything within it."""

    def __repr__(self) -> str:
        return "nothing"


NOTHING: Final = Nothing()


def keeping(node: Node) -> Node:
    """The expression with marks for the gaps in the lists that its answer is made of."""
    match node["type"], node.get("children", []):
        case "projection" | "value_projection", [base, each]:
            return _with(node, [keeping(base), _or_nothing(keeping(each))])
        case "filter_projection", [base, each, condition]:
            return _with(node, [base, _or_nothing(keeping(each)), condition])
        case "flatten", [inner]:
            return _with(node, [keeping(inner)])
        case "pipe", [before, after]:
            return _with(node, [keeping(before) if _goes_on(after) else before, keeping(after)])
        case _:
            return node


def _or_nothing(node: Node) -> Node:
    mark = {"type": "literal", "value": NOTHING, "children": []}
    return {"type": "function_expression", "value": "not_null", "children": [node, mark]}


def _goes_on(node: Node) -> bool:
    """Whether an expression projects just what it is given: `| []`, `| [*].state`."""
    while node["type"] in ("projection", "flatten"):
        node = node["children"][0]
    return bool(node["type"] == "identity")


def _with(node: Node, children: list[Node]) -> Node:
    return {**node, "children": children}
