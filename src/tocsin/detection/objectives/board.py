"""The figures of many services, put together in a handful of queries whatever their number."""

import json
from collections.abc import Collection, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from pydantic_core import to_json

from tocsin.detection import conditions
from tocsin.detection.conditions import Reader
from tocsin.kernel.errors import NotFound
from tocsin.kernel.intervals import Interval, last_days
from tocsin.kernel.segments import Line, LineKind
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog
from tocsin.registry.catalog import Service

from . import queries, rules, wire
from .model import Breach, Objective, ObjectiveSettings
from .pasts import Pasts
from .schemas import ObjectiveOut, SloDetailOut

MONTH = timedelta(days=30)


class Figures:
    """The reads of this room, over what the installation promises and what was read before.

    Lists are JSON that is written here, in the reader's thread and without models: checking the
    figures of 2,000 services took longer than counting their time.
    """

    def __init__(self, settings: ObjectiveSettings) -> None:
        self.settings = settings
        self._pasts = Pasts(settings.weights)

    def sla(self, tx: ReadTx, reader: Reader) -> bytes:
        """Each service's availability over 24 hours, 7 and 30 days, as JSON of `SlasOut`."""
        services = _services(tx, reader)
        pasts = self._pasts.of(tx, tx.now - MONTH, [one.id for one in services])
        promises = queries.objectives(tx, self.settings)
        items = [
            wire.sla_out(one, self._promise(promises, one.id), pasts[one.id].stretches)
            for one in services
        ]
        return to_json({"items": items})

    def history(
        self,
        tx: ReadTx,
        reader: Reader,
        count: int,
        zone: ZoneInfo,
        service_id: str | None = None,
    ) -> bytes:
        """Daily availability over so many days, of one service or all, as JSON of `HistoriesOut`.

        Raises NotFound for a service that the reader may not know.
        """
        days = last_days(count, tx.now, zone)
        services = [_seen(tx, reader, service_id)] if service_id else _services(tx, reader)
        pasts = self._pasts.of(tx, days[0].interval.start, [one.id for one in services])
        heads = [f'{{"date":"{day.date.isoformat()}","uptime_percent":' for day in days]
        items = [
            f'{{"id":{json.dumps(one.id)},"days":[{pasts[one.id].days(heads, days)}]}}'
            for one in services
        ]
        return f'{{"items":[{",".join(items)}]}}'.encode()

    def slo(self, tx: ReadTx, reader: Reader) -> bytes:
        """Each service's error budget and burn, the emptiest budget first, as JSON of `SlosOut`."""
        services = _services(tx, reader)
        pasts = self._pasts.of(tx, tx.now - self.settings.window, [one.id for one in services])
        promises = queries.objectives(tx, self.settings)
        burning = self._burning(tx)
        items = []
        for one in services:
            promise = self._promise(promises, one.id)
            found = rules.outlook(promise, self.settings, pasts[one.id].stretches)
            items.append(wire.slo_out(one, found, burning.get(one.id, []), self.settings, tx.now))
        items.sort(key=wire.emptiest_first)
        told = {
            "items": items,
            "alerting": self.settings.is_alerting,
            "check_interval_seconds": int(self.settings.check_interval.total_seconds()),
        }
        return to_json(told)

    def detail(self, tx: ReadTx, reader: Reader, service_id: str, zone: ZoneInfo) -> SloDetailOut:
        """One service's month: what is left day by day, and where it went; raises NotFound."""
        service = _seen(tx, reader, service_id)
        window = Interval(tx.now - self.settings.window, tx.now)
        read = conditions.lines(tx, LineKind.CONFIRMED, window, [service_id])
        line = read.get(service_id, Line())
        stretches = rules.Stretches.of(line, tx.now, self.settings.weights)
        promise = queries.objective(tx, self.settings, service_id)
        found = rules.outlook(promise, self.settings, stretches)
        days = last_days(self.settings.window.days + 1, tx.now, zone)
        points = rules.budget_points(stretches, window, days, found.budget)
        losses = rules.losses(line, window, self.settings.weights)
        burning = self._burning(tx, [service_id]).get(service_id, [])
        return wire.detail_out(
            wire.slo_out(service, found, burning, self.settings, tx.now),
            found,
            self.settings,
            points=points,
            losses=losses,
            sla=wire.sla_out(service, promise, stretches),
        )

    def objective(self, tx: ReadTx, service_id: str) -> ObjectiveOut:
        """What a service promises; raises NotFound."""
        catalog.service(tx, service_id)
        return wire.objective_out(queries.objective(tx, self.settings, service_id), self.settings)

    def _promise(self, promises: Mapping[str, Objective], service_id: str) -> Objective:
        return promises.get(service_id) or Objective(service_id, self.settings.target_percent)

    def _burning(self, tx: ReadTx, ids: Collection[str] | None = None) -> dict[str, list[Breach]]:
        """What burns, by service; nothing while nobody watches."""
        burning: dict[str, list[Breach]] = {}
        if self.settings.is_alerting:
            for breach in queries.open_breaches(tx, ids):
                burning.setdefault(breach.service_id, []).append(breach)
        return burning


def _services(tx: ReadTx, reader: Reader) -> list[Service]:
    return [one for one in catalog.services(tx) if reader.sees(one)]


def _seen(tx: ReadTx, reader: Reader, service_id: str) -> Service:
    service = catalog.service(tx, service_id)
    if not reader.sees(service):
        raise NotFound(f"There is no service “{service_id}”.")
    return service
