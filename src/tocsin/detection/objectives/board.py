"""The figures of many services, put together in a handful of queries whatever their number."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

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
from .schemas import ObjectiveOut, SlasOut, SloDetailOut, SlosOut

MONTH = timedelta(days=30)
EMPTY = Line()


@dataclass(frozen=True, slots=True)
class Figures:
    """The reads of this room, over what the installation promises."""

    settings: ObjectiveSettings

    def sla(self, tx: ReadTx, reader: Reader) -> SlasOut:
        """Each service's availability over 24 hours, 7 and 30 days."""
        services = _services(tx, reader)
        read = self._read(tx, MONTH)
        promises = queries.objectives(tx, self.settings)
        return SlasOut(
            items=[
                wire.sla_out(one, self._promise(promises, one.id), self._of(tx, read, one.id))
                for one in services
            ]
        )

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

        Written here, in the reader's thread, and by joining: 2,000 services over 90 days are
        180,000 figures, of which models would make several times the work.
        """
        days = last_days(count, tx.now, zone)
        services = [_seen(tx, reader, service_id)] if service_id else _services(tx, reader)
        ids = [service_id] if service_id else None
        read = self._read(tx, tx.now - days[0].interval.start, ids)
        heads = [f'{{"date":"{day.date.isoformat()}","uptime_percent":' for day in days]
        items = [
            _history(one.id, heads, rules.daily_percent(self._of(tx, read, one.id), days))
            for one in services
        ]
        return f'{{"items":[{",".join(items)}]}}'.encode()

    def slo(self, tx: ReadTx, reader: Reader) -> SlosOut:
        """Each service's error budget and burn, the emptiest budget first."""
        services = _services(tx, reader)
        read = self._read(tx, self.settings.window)
        promises = queries.objectives(tx, self.settings)
        burning = self._burning(tx)
        items = []
        for one in services:
            promise = self._promise(promises, one.id)
            found = rules.outlook(promise, self.settings, self._of(tx, read, one.id))
            items.append(wire.slo_out(one, found, burning.get(one.id, []), self.settings, tx.now))
        items.sort(key=wire.emptiest_first)
        return SlosOut(
            items=items,
            alerting=self.settings.is_alerting,
            check_interval_seconds=int(self.settings.check_interval.total_seconds()),
        )

    def detail(self, tx: ReadTx, reader: Reader, service_id: str, zone: ZoneInfo) -> SloDetailOut:
        """One service's month: what is left day by day, and where it went; raises NotFound."""
        service = _seen(tx, reader, service_id)
        window = Interval(tx.now - self.settings.window, tx.now)
        line = self._read(tx, self.settings.window, [service_id]).get(service_id, EMPTY)
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

    def _read(
        self, tx: ReadTx, back: timedelta, ids: Sequence[str] | None = None
    ) -> Mapping[str, Line]:
        window = Interval(tx.now - back, tx.now)
        return conditions.lines(tx, LineKind.CONFIRMED, window, ids)

    def _of(self, tx: ReadTx, read: Mapping[str, Line], service_id: str) -> rules.Stretches:
        return rules.Stretches.of(read.get(service_id, EMPTY), tx.now, self.settings.weights)

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


def _history(service_id: str, heads: Sequence[str], percents: Sequence[float | None]) -> str:
    days = [
        f"{head}null}}" if percent is None else f"{head}{percent}}}"
        for head, percent in zip(heads, percents, strict=True)
    ]
    return f'{{"id":{json.dumps(service_id)},"days":[{",".join(days)}]}}'
