"""Pure search for cycles: services that would need each other, directly or around corners.

New dependencies may not close a cycle; one that stands from before is tolerated, here and by
everybody who walks the graph, so that no catalog is locked out.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Edge = tuple[str, str]
"""A service and what it depends on."""

_MOST_NAMED = 12


def cycle(edge: Edge, edges: Iterable[Edge]) -> tuple[str, ...] | None:
    """The shortest cycle that an edge closes: its service, what it needs, and so on to itself."""
    start, first = edge
    graph = _graph(edges)
    came_from: dict[str, str] = {first: start}
    waiting = deque([first])
    while waiting:
        at = waiting.popleft()
        if at == start:
            return _walked_back(start, came_from)
        for name in graph.get(at, ()):
            if name not in came_from:
                came_from[name] = at
                waiting.append(name)
    return None


def cycles(new: Sequence[Edge], edges: Collection[Edge]) -> list[tuple[Edge, tuple[str, ...]]]:
    """For each knot of services that need each other, the first of the `new` edges in it and the
    cycle that it closes; `edges` are all there will be, the new ones among them."""
    knot_of = {name: number for number, knot in enumerate(_knots(_graph(edges))) for name in knot}
    found: dict[int, Edge] = {}
    for edge in new:
        service, needed = edge
        if (knot := knot_of.get(service)) is not None and knot == knot_of.get(needed):
            found.setdefault(knot, edge)
    return [(edge, closed) for edge in found.values() if (closed := cycle(edge, edges))]


def sentence(closed: Sequence[str]) -> str:
    """The cycle in words; a very long one is cut in its middle."""
    named = list(closed)
    if len(named) > _MOST_NAMED:
        half = _MOST_NAMED // 2
        named = [*named[:half], "…", *named[-half:]]
    return f"services would need each other in a cycle: {' → '.join(named)}"


def _walked_back(start: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    path = [start]
    while (at := came_from[path[-1]]) != start:
        path.append(at)
    return (start, *reversed(path))


def _graph(edges: Iterable[Edge]) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = defaultdict(list)
    for service, needed in edges:
        graph[service].append(needed)
    return dict(graph)


def _knots(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Strongly connected components (Tarjan, 1972), without recursion: chains may be long."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in graph:
        walk = [(root, iter(graph[root]))] if root not in number else []
        while walk:
            at, rest = walk[-1]
            if at not in number:
                number[at] = low[at] = len(number)
                stack.append(at)
                on_stack.add(at)
            for name in rest:
                if name not in number:
                    walk.append((name, iter(graph.get(name, ()))))
                    break
                if name in on_stack:
                    low[at] = min(low[at], number[name])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[at])
                if low[at] == number[at]:
                    yield _taken_off(stack, on_stack, at)


def _taken_off(stack: list[str], on_stack: set[str], root: str) -> list[str]:
    knot: list[str] = []
    while not knot or knot[-1] != root:
        knot.append(stack.pop())
    on_stack.difference_update(knot)
    return knot
