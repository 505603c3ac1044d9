"""Results of the last minute, in memory until they are written as one row a tenant."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import structlog

from tocsin.detection.signals.model import CheckResult
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, Database, Lane

from . import bundle, packing
from .store import keep_bundle

log = structlog.get_logger("tocsin.checks")

_MOST_WAITING = 60


@dataclass(frozen=True, slots=True)
class Packed:
    """One tenant's results of one hour, ready to be written."""

    tenant: UUID
    hour: int
    data: bytes


class ResultBuffer:
    """Takes results one by one and writes them together; what cannot be written waits, up to an
    hour of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._results: defaultdict[tuple[UUID, int], defaultdict[UUID, list[CheckResult]]]
        self._results = defaultdict(lambda: defaultdict(list))
        self._waiting: list[Packed] = []

    def note(self, tenant: UUID, source_id: UUID, result: CheckResult) -> None:
        """Take one result."""
        self._results[tenant, packing.hour_of(result.at)][source_id].append(result)

    async def flush(self) -> None:
        """Write what came since the last time; raises what the database raises."""
        self._pack()
        while self._waiting:
            first = self._waiting[0]
            context = Context(first.tenant, SYSTEM)
            await self._database.write_in(Lane.BULK, context, keep_bundle, first.hour, first.data)
            self._waiting.pop(0)

    def _pack(self) -> None:
        results, self._results = self._results, defaultdict(lambda: defaultdict(list))
        for (tenant, hour), by_source in results.items():
            blocks = {
                source: packing.pack(sorted(found, key=lambda one: one.at), hour)
                for source, found in by_source.items()
            }
            self._waiting.append(Packed(tenant, hour, bundle.pack(blocks)))
        lost = len(self._waiting) - _MOST_WAITING
        if lost > 0:
            log.error("checks.results_lost", bundles=lost)
            del self._waiting[:lost]
