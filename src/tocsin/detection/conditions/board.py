"""The board's answers, put together in a handful of queries whatever the number of services."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tocsin.detection import signals
from tocsin.detection.conditions.impacts import impact_on, reached_out
from tocsin.detection.conditions.queries import (
    KeptDecision,
    StatusEvent,
    decisions_of,
    lines,
    recent_events,
    states,
)
from tocsin.detection.conditions.schemas import (
    DayOut,
    DecisionOut,
    EventOut,
    GraphOut,
    LinkOut,
    NamedOut,
    NodeOut,
    ServiceDetailOut,
    ServiceOut,
    SourceOut,
    StretchOut,
    UptimeOut,
    UptimesOut,
)
from tocsin.detection.conditions.store import Standing
from tocsin.kernel.errors import NotFound
from tocsin.kernel.intervals import Day, Interval, last_days
from tocsin.kernel.segments import Line, LineKind
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, Service

DAYS = 7
RECENT = timedelta(hours=2)
EMPTY = Line(())


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a stranger sees public services only, and of those not everything."""

    is_stranger: bool

    def sees(self, service: Service) -> bool:
        return not self.is_stranger or service.is_public


def service_page(tx: ReadTx, service_id: str, reader: Reader, zone: ZoneInfo) -> ServiceDetailOut:
    """One service with its neighbours, events, decisions and sources; raises NotFound."""
    service = catalog.service(tx, service_id)
    if not reader.sees(service):
        raise NotFound(f"There is no service “{service_id}”.")
    found = states(tx)
    near_ids = {*service.dependencies, *catalog.dependents_of(tx, service_id)}
    near = {
        key: one for key, one in catalog.services_by_id(tx, near_ids).items() if reader.sees(one)
    }
    days = last_days(DAYS, tx.now, zone)
    recent = Interval(tx.now - RECENT, tx.now)
    own = [service_id]
    confirmed = lines(tx, LineKind.CONFIRMED, window_of(days, tx.now), own)
    raw = lines(tx, LineKind.RAW, recent, own)
    names = {service_id: service.name}
    inside = not reader.is_stranger
    impact = impact_on(tx, service) if inside else None
    return ServiceDetailOut(
        **service_fields(service, found.get(service_id), reader, set(near)),
        recent=stretches_of(raw.get(service_id, EMPTY), recent),
        days=days_of(confirmed.get(service_id, EMPTY), days, tx.now),
        dependencies_detail=_named(near, service.dependencies, found),
        dependents=_named(near, [key for key in near if key not in service.dependencies], found),
        events=[
            event_out(one, names, reader) for one in recent_events(tx, service_ids=own, limit=30)
        ],
        decisions=[decision_out(one) for one in decisions_of(tx, service_id)] if inside else None,
        sources=[_source_out(one) for one in signals.sources_of(tx, own).get(service_id, [])]
        if inside
        else None,
        impact_statement=impact.statement if impact else None,
        impact=reached_out(tx, impact) if impact else [],
    )


class WholeView:
    """A service with everything its page shows, as writes answer it."""

    schema = ServiceDetailOut
    moving = frozenset(
        {
            "checked_at",
            "last_good_at",
            "days",
            "recent",
            "events",
            "decisions",
            "sources",
            "updated_at",
        }
    )

    def show(self, tx: ReadTx, service_id: str) -> ServiceDetailOut:
        """One service for a caller from inside; raises NotFound."""
        return service_page(tx, service_id, Reader(is_stranger=False), ZoneInfo("UTC"))


def uptime(tx: ReadTx, reader: Reader, zone: ZoneInfo) -> UptimesOut:
    """The worst status of each of the last seven days, per service."""
    days = last_days(DAYS, tx.now, zone)
    confirmed = lines(tx, LineKind.CONFIRMED, window_of(days, tx.now))
    return UptimesOut(
        items=[
            UptimeOut(id=one.id, days=days_of(confirmed.get(one.id, EMPTY), days, tx.now))
            for one in catalog.services(tx)
            if reader.sees(one)
        ]
    )


def graph(tx: ReadTx, reader: Reader) -> GraphOut:
    """Services and what they depend on."""
    services = {one.id: one for one in catalog.services(tx) if reader.sees(one)}
    found = states(tx)
    return GraphOut(
        nodes=[
            NodeOut(
                id=one.id,
                name=one.name,
                category=one.category,
                tier=one.tier,
                status=_status(found.get(one.id)),
            )
            for one in services.values()
        ],
        links=[
            LinkOut(source=one.id, target=target)
            for one in services.values()
            for target in one.dependencies
            if target in services
        ],
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose changes are asked for; None asks for all."""

    service: str | None = None
    category: Category | None = None

    def includes(self, service: Service) -> bool:
        """Whether this service's changes are among them."""
        return self.service in (None, service.id) and self.category in (None, service.category)


def timeline(
    tx: ReadTx, reader: Reader, asked: Asked, before: Any, limit: int
) -> tuple[list[StatusEvent], Mapping[str, str]]:
    """Status events of the services asked for that the reader may see, newest first, and names."""
    names = {
        one.id: one.name for one in catalog.services(tx) if reader.sees(one) and asked.includes(one)
    }
    return recent_events(tx, service_ids=names, before=before, limit=limit), names


def decision_out(kept: KeptDecision) -> DecisionOut:
    """A decision on the wire."""
    decision, evidence = kept.decision, kept.decision.evidence
    return DecisionOut(
        id=kept.id.hex,
        at=decision.at,
        verdict=decision.verdict,
        sentence=decision.reason,
        status=decision.after,
        observed=decision.observed,
        target=decision.target,
        since=decision.since,
        polls_seen=evidence.polls if evidence else None,
        polls_needed=evidence.polls_needed if evidence else None,
        seconds_seen=evidence.age_seconds if evidence else None,
        seconds_needed=evidence.age_needed if evidence else None,
        episode=decision.episode,
        by_hand=decision.source == "person",
    )


def service_fields(
    service: Service, state: Standing | None, reader: Reader, known: Collection[str]
) -> dict[str, Any]:
    """What a reader is told of a service itself, by the names of `ServiceOut`."""
    inside = not reader.is_stranger
    return {
        "id": service.id,
        "name": service.name,
        "category": service.category,
        "tier": service.tier,
        "status": _status(state),
        "status_since": state.status_since if state else None,
        "confirmed_status": state.confirmed if state else Status.UNKNOWN,
        "detail": state.detail if state and inside else None,
        "description": service.description if inside else None,
        "maintenance": state.maintenance if state else False,
        "flapping": state is not None and state.flapping_since is not None,
        "flapping_since": state.flapping_since if state else None,
        "flap_changes": state.flap_changes if state else 0,
        "poller_health": state.poller_health if state else _no_sample_health(service),
        "last_good_status": state.last_good_status if state else None,
        "last_good_at": state.last_good_at if state else None,
        "checked_at": state.checked_at if state else None,
        "source": dict(service.source) if inside else None,
        "dependencies": [one for one in service.dependencies if inside or one in known],
        "visibility": service.visibility,
        "owner_team": service.owner_team if inside else None,
        "managed_by": service.managed_by if inside else None,
        "set_by_hand": state.by_hand if state else False,
        "updated_at": max(service.updated_at, state.updated_at) if state else service.updated_at,
        "version": service.version,
    }


def _no_sample_health(service: Service) -> str:
    return "manual" if service.source.get("kind") == "manual" else "ok"


def window_of(days: Sequence[Day], now: datetime) -> Interval:
    return Interval(days[0].interval.start, now)


def _status(state: Standing | None) -> Status:
    return state.status if state else Status.UNKNOWN


def worst_first(item: ServiceOut) -> tuple[int, int, str]:
    return (-item.status.rank, item.tier, item.name.casefold())


def days_of(line: Line, days: Sequence[Day], now: datetime) -> list[DayOut]:
    return [
        DayOut(
            date=day.date,
            status=tally.worst_known,
            maintenance=bool(tally.maintenance),
        )
        for day, tally in line.by_day(days, now)
    ]


def stretches_of(line: Line, window: Interval) -> list[StretchOut]:
    return [
        StretchOut(start=max(segment.start, window.start), end=segment.end, status=segment.state)
        for segment in line
    ]


def _named(
    near: Mapping[str, Service], ids: Sequence[str], found: Mapping[str, Standing]
) -> list[NamedOut]:
    return [
        NamedOut(id=key, name=near[key].name, status=_status(found.get(key)))
        for key in ids
        if key in near
    ]


def event_out(event: StatusEvent, names: Mapping[str, str], reader: Reader) -> EventOut:
    """A status event on the wire."""
    return EventOut(
        id=event.id.hex,
        at=event.at,
        service_id=event.service_id,
        service_name=names.get(event.service_id, event.service_id),
        before=event.before,
        after=event.after,
        detail=None if reader.is_stranger else event.detail,
        by_hand=event.by_hand,
    )


def _source_out(source: signals.Source) -> SourceOut:
    return SourceOut(
        id=source.id.hex,
        name=source.name,
        kind=source.kind,
        url=source.url,
        components=list(source.components),
        status=source.state.status,
        detail=source.state.detail,
        poller_health=source.state.health,
        last_polled_at=source.state.last_polled_at,
        last_error=source.state.last_error,
        moved_to=source.state.moved_to,
        vanished=list(source.state.vanished),
        unnamed=list(source.state.unnamed),
        response_ms=source.state.response_ms,
        declared=source.declared,
        version=source.version,
    )
