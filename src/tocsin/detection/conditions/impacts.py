"""Impact statements put together: the catalog's graph, what is in trouble, and the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.detection.conditions.queries import in_trouble
from tocsin.detection.conditions.rules.impact import Impact, impact_of, lit
from tocsin.detection.conditions.schemas import ReachedOut
from tocsin.kernel.graph import Graph
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog
from tocsin.registry.catalog import Service

_MOST_REACHED = 200


def impact_on(tx: ReadTx, service: Service) -> Impact | None:
    """What a service's trouble means for what depends on it; None while it is in none."""
    trouble = in_trouble(tx)
    if service.id not in trouble:
        return None
    return Felt.among(catalog.services(tx), trouble).impact(service)


@dataclass(frozen=True, slots=True)
class Felt:
    """The whole graph with what is in trouble, for statements about many services."""

    graph: Graph
    lit: Graph
    trouble: Mapping[str, Status]
    names: Mapping[str, str]

    @classmethod
    def among(cls, services: Sequence[Service], trouble: Mapping[str, Status]) -> "Felt":
        """Built once per answer; without trouble there is nothing to build."""
        edges = ((one.id, up) for one in services for up in one.dependencies) if trouble else ()
        graph = Graph.of(edges)
        return cls(graph, lit(graph, trouble), trouble, {one.id: one.name for one in services})

    def impact(self, service: Service) -> Impact | None:
        """What the trouble of a service means."""
        status = self.trouble.get(service.id, Status.OPERATIONAL)
        return impact_of(service.id, service.category, status, self.graph, self.lit, self.names)

    def statement(self, service: Service) -> str | None:
        """The statement about a service, None while it is well."""
        if service.id not in self.trouble:
            return None
        impact = self.impact(service)
        return impact.statement if impact else None


def reached_out(tx: ReadTx, impact: Impact) -> list[ReachedOut]:
    """What a service's trouble reaches on the wire, the nearest that feel it first."""
    ids = {step for one in impact.reached for step in one.path}
    known = catalog.services_by_id(tx, ids)
    return [
        ReachedOut(
            id=one.service_id,
            name=known[one.service_id].name,
            path=[known[step].name for step in one.path if step in known],
            felt=one.felt,
        )
        for one in impact.reached[:_MOST_REACHED]
        if one.service_id in known
    ]
