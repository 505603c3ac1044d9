"""Walks over "depends on" edges: what lies above a node, what lies below, and the way there."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Graph:
    """Directed edges in both directions; cycles are allowed."""

    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, edges: Iterable[tuple[str, str]]) -> "Graph":
        """The graph of edges (node, what it depends on)."""
        above: dict[str, list[str]] = {}
        below: dict[str, list[str]] = {}
        for node, upstream in sorted(set(edges)):
            above.setdefault(node, []).append(upstream)
            below.setdefault(upstream, []).append(node)
        return cls(
            {node: tuple(ends) for node, ends in above.items()},
            {node: tuple(ends) for node, ends in below.items()},
        )

    def roots_above(self, node: str) -> tuple[str, ...]:
        """The furthest upstream nodes that the node depends on, itself excluded, sorted.

        A node of a circle that nothing stands above is no root.
        """
        found = self._paths(node, self.above)
        return tuple(sorted(one for one in found if one != node and not self.above.get(one)))

    def paths_below(self, node: str) -> dict[str, tuple[str, ...]]:
        """Every node that depends on this one, nearest first, with the shortest way from it.

        The way begins with the node itself and ends with the one it leads to.
        """
        found = self._paths(node, self.below)
        del found[node]
        return found

    @staticmethod
    def _paths(start: str, edges: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        paths: dict[str, tuple[str, ...]] = {start: (start,)}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for following in edges.get(here, ()):
                if following not in paths:
                    paths[following] = (*paths[here], following)
                    waiting.append(following)
        return paths
