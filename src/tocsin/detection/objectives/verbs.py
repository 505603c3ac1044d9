"""What happens to objectives: people set them, the burn job begins and ends breaches."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from tocsin.detection import conditions
from tocsin.kernel.errors import LostRace
from tocsin.kernel.ids import new_id
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import Line, LineKind
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.registry.catalog import Service

from . import events, queries, rules, store
from .events import BurnEnd
from .model import Breach, BurnSeverity, Evaluation, Objective, ObjectiveSettings, Outlook
from .tables import service_objectives

LOOKS_BACK = timedelta(days=3)
"""The longest window: what was in no trouble since then cannot burn."""


def set_objective(
    tx: Tx,
    settings: ObjectiveSettings,
    service_id: str,
    target: float | None,
    expected_version: int | None = None,
) -> Objective:
    """Give a service a target of its own, in percent, or (None) the installation's again.

    The same once more is no new version. Raises NotFound, and LostRace for another version.
    """
    service = catalog.hold_service(tx, service_id)
    tx.lock(service_objectives, service_id, column="service_id")
    before = queries.objective(tx, settings, service_id)
    if expected_version is not None and expected_version != before.version:
        raise LostRace(f"The objective of {service.name} is at version {before.version}.")
    own = before.target_percent if before.is_own else None
    if target == own:
        return before
    store.keep_target(tx, before, target)
    tx.record(events.objective_set(service_id, target, own))
    return queries.objective(tx, settings, service_id)


def watch_portion(tx: Tx, settings: ObjectiveSettings, after: str, most: int) -> str | None:
    """Judge the burn of the next services by id; the last id when there may be more, else None.

    Only services that lost time within the longest window, or burn already, are looked at.
    """
    lossy = [state for state, weight in settings.weights.items() if weight]
    troubled = conditions.services_in_states(tx, lossy, tx.now - LOOKS_BACK, after, most)
    ids = sorted({*troubled, *queries.burning_services(tx, after, most)})[:most]
    if not ids:
        return None
    _watch(tx, settings, ids)
    return ids[-1] if len(ids) == most else None


def end_all_breaches(tx: Tx, most: int) -> bool:
    """End the burns of so many services, as nobody watches any more; whether there may be more."""
    ids = queries.burning_services(tx, "", most)
    if ids:
        _end_all(tx, queries.open_breaches(tx, ids), BurnEnd.SWITCHED_OFF)
    return len(ids) == most


def _watch(tx: Tx, settings: ObjectiveSettings, ids: Sequence[str]) -> None:
    services = catalog.services_by_id(tx, ids)
    window = Interval(tx.now - settings.window, tx.now)
    lines = conditions.lines(tx, LineKind.CONFIRMED, window, ids)
    promises = queries.objectives(tx, settings, ids)
    burning: dict[str, list[Breach]] = {}
    for breach in queries.open_breaches(tx, ids):
        burning.setdefault(breach.service_id, []).append(breach)
    for service_id in ids:
        open_ones = burning.get(service_id, [])
        service = services.get(service_id)
        if service is None:
            _end_all(tx, open_ones, BurnEnd.ARCHIVED)
            continue
        promise = promises.get(service_id) or Objective(service_id, settings.target_percent)
        read = rules.Stretches.of(lines.get(service_id, Line()), tx.now, settings.weights)
        _judge(tx, service, rules.outlook(promise, settings, read), open_ones)


def _judge(tx: Tx, service: Service, outlook: Outlook, burning: Sequence[Breach]) -> None:
    """Begin, keep and end the breaches of a service, the most urgent pair first."""
    now_open = {breach.pair: breach for breach in burning}
    touched = []
    for found in outlook.evaluations:
        breach = now_open.get(found.pair.name)
        if breach is None and found.is_over:
            begun = _begin(tx, service, found, outlook, now_open.values())
            now_open[begun.pair] = begun
        elif breach is not None and found.touches:
            touched.append(breach.id)
        elif breach is not None and tx.now - breach.touched_at >= found.pair.short:
            del now_open[breach.pair]
            left = outlook.budget.left_percent
            _end(tx, breach, BurnEnd.CALM, _severities(now_open.values()), left)
    store.touch_breaches(tx, touched)


def _severities(breaches: Iterable[Breach]) -> set[BurnSeverity]:
    return {breach.severity for breach in breaches}


def _begin(
    tx: Tx, service: Service, found: Evaluation, outlook: Outlook, others: Iterable[Breach]
) -> Breach:
    breach = Breach(
        id=new_id(),
        service_id=service.id,
        pair=found.pair.name,
        severity=found.pair.severity,
        tier=service.tier,
        threshold=found.pair.threshold,
        burn_long=found.burn_long or 0.0,
        burn_short=found.burn_short or 0.0,
        began_at=tx.now,
        touched_at=tx.now,
    )
    if store.open_breach(tx, breach):
        is_news = rules.beginning_is_news(breach.severity, _severities(others))
        tx.record(events.burn_began(breach, outlook, is_news))
    return breach


def _end_all(tx: Tx, burning: Sequence[Breach], how: BurnEnd) -> None:
    for index, breach in enumerate(burning):
        mine = (one for one in burning[index + 1 :] if one.service_id == breach.service_id)
        _end(tx, breach, how, _severities(mine))


def _end(
    tx: Tx,
    breach: Breach,
    how: BurnEnd,
    others: Collection[BurnSeverity],
    budget_left: float | None = None,
) -> None:
    if store.end_breach(tx, breach) is not None:
        is_news = rules.end_is_news(breach.severity, others)
        tx.record(events.burn_ended(breach, tx.now, how, budget_left, is_news))
