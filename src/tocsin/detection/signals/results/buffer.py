"""Results of the last minute, in memory until they are written as one row a tenant."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import structlog

from tocsin.detection.signals.model import CheckResult
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, Database, Lane
from tocsin.platform.turns import give_way

from . import bundle, packing
from .store import keep_bundle

log = structlog.get_logger("tocsin.checks")

_MOST_WAITING = 60
_AT_ONCE = 200
"""Sources packed before others get their turn: ten milliseconds of the loop."""


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
        self._packing: defaultdict[tuple[UUID, int], dict[UUID, bytes]] = defaultdict(dict)
        self._waiting: list[Packed] = []

    def note(self, tenant: UUID, source_id: UUID, result: CheckResult) -> None:
        """Take one result."""
        self._results[tenant, packing.hour_of(result.at)][source_id].append(result)

    async def flush(self) -> None:
        """Write what came since the last time; raises what the database raises."""
        await self._pack()
        while self._waiting:
            first = self._waiting[0]
            context = Context(first.tenant, SYSTEM)
            await self._database.write_in(Lane.BULK, context, keep_bundle, first.hour, first.data)
            self._waiting.pop(0)

    async def _pack(self) -> None:
        """Pack what is there, and let others have their turns; given up half-way, it goes on there."""
        for place in list(self._results):
            by_source, blocks = self._results[place], self._packing[place]
            for number, source in enumerate(list(by_source), 1):
                if source not in blocks:
                    found = sorted(by_source.pop(source), key=lambda one: one.at)
                    blocks[source] = packing.pack(found, place[1])
                if number % _AT_ONCE == 0:
                    await give_way()
            self._waiting.append(Packed(*place, bundle.pack(blocks)))
            del self._packing[place]
            if not by_source:
                del self._results[place]
        lost = len(self._waiting) - _MOST_WAITING
        if lost > 0:
            log.error("checks.results_lost", bundles=lost)
            del self._waiting[:lost]
