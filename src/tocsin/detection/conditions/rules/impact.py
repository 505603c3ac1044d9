"""Who feels it when a service is in trouble, and along which path: statements for people.

A statement is made of a template by category and status, and of what the dependency graph says:
dependents that are in trouble themselves feel it already, the others may.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tocsin.kernel.graph import Graph
from tocsin.kernel.status import Status
from tocsin.registry.catalog import Category

MOST_NAMES = 3

EFFECTS: Mapping[Category, tuple[str, str, str]] = {
    Category.IDENTITY: (
        "Signing in may be slow or need a second try",
        "Some people cannot sign in",
        "Nobody can sign in",
    ),
    Category.PRODUCTIVITY: (
        "Everyday work is slower than usual",
        "Some everyday tools do not work",
        "Everyday tools do not work",
    ),
    Category.COLLABORATION: (
        "Messages and meetings may be slow",
        "Some messages and meetings fail",
        "Messages and meetings fail",
    ),
    Category.ENGINEERING: (
        "Building and shipping software is slower than usual",
        "Some builds and deployments fail",
        "Software cannot be built or shipped",
    ),
    Category.HR: (
        "HR tools are slow",
        "Some HR tasks cannot be done",
        "HR tasks cannot be done",
    ),
    Category.FINANCE: (
        "Payments and bookings are slow",
        "Some payments and bookings fail",
        "Payments and bookings fail",
    ),
    Category.SALES: (
        "Sales tools are slow",
        "Some orders and offers cannot be made",
        "Orders and offers cannot be made",
    ),
    Category.MARKETING: (
        "Campaigns and sites may be slow",
        "Some campaigns and sites do not work",
        "Campaigns and sites do not work",
    ),
    Category.NETWORKING: (
        "Connections may be slow or drop",
        "Some connections fail",
        "Connections fail",
    ),
    Category.SUPPORT: (
        "Tickets are handled more slowly than usual",
        "Some tickets cannot be opened or answered",
        "Tickets cannot be opened or answered",
    ),
}
"""What people notice, by category: when degraded, in a partial and in a major outage."""

_PLACES = {Status.DEGRADED: 0, Status.PARTIAL_OUTAGE: 1, Status.MAJOR_OUTAGE: 2}


@dataclass(frozen=True, slots=True)
class Reached:
    """A service that depends on one in trouble; `path` leads from that one to it, both included."""

    service_id: str
    path: tuple[str, ...]
    felt: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that a service's trouble reaches, those that feel it first, and the statement."""

    reached: tuple[Reached, ...]
    statement: str


def lit(graph: Graph, trouble: Collection[str]) -> Graph:
    """The edges between services that are in trouble at both ends."""
    return Graph.of(
        (node, above) for node in trouble for above in graph.above.get(node, ()) if above in trouble
    )


def impact_of(
    service_id: str,
    category: Category,
    status: Status,
    graph: Graph,
    among: Graph,
    names: Mapping[str, str],
) -> Impact | None:
    """What a service's trouble means; None for a service that is in none.

    `among` is the part of the graph that `lit` gives.
    """
    if not status.is_trouble:
        return None
    felt = among.paths_below(service_id)
    every = graph.paths_below(service_id)
    reached = [Reached(one, felt.get(one, path), one in felt) for one, path in every.items()]
    reached.sort(key=lambda one: (not one.felt, len(one.path), names.get(one.service_id, "")))
    effect = EFFECTS[category][_PLACES[status]]
    return Impact(tuple(reached), f"{effect}. {_sentence(reached, names)}")


def _sentence(reached: Sequence[Reached], names: Mapping[str, str]) -> str:
    felt = [one for one in reached if one.felt]
    others = [one for one in reached if not one.felt]
    if not reached:
        return "Nothing else here depends on it."
    if not felt:
        return f"{_listed(others, names)} may feel it."
    if not others:
        return f"Felt by {_listed(felt, names)}."
    return f"Felt by {_listed(felt, names)}; {_listed(others, names)} may follow."


def _listed(reached: Sequence[Reached], names: Mapping[str, str]) -> str:
    shown = [_named(one, names) for one in reached[:MOST_NAMES]]
    more = len(reached) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _named(one: Reached, names: Mapping[str, str]) -> str:
    name = names.get(one.service_id, one.service_id)
    if len(one.path) < 3:
        return name
    through = names.get(one.path[-2], one.path[-2])
    return f"{name} (through {through})"
