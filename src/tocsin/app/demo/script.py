"""From the story's tables to dated steps; the same first day gives the same month."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.response import incidents
from tocsin.response.incidents import Impact, IncidentDraft, PendingReason, Phase, Urgency

from .stage import Stage
from .story import FLAPPING, MONDAY, OUTAGES, TICKETS, Outage, Ticket

WHOLE = 30
POLLED = (
    *("keyward", "gitfold", "brightline", "huddleway", "mailgrove"),
    *("website", "checkout", "payroll", "tickets"),
)
_WELL = "All components are operational."
_ORDER = tuple(Severity)
_LONELY = timedelta(hours=1)
_SECOND = timedelta(minutes=3)

Act = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at an instant, in one unit."""

    at: datetime
    act: Act


def script(start: datetime, days: int) -> list[Step]:
    """The last `days` of the story, from `start` on, in order; nothing lies after their end."""
    chance = random.Random(start.date().isoformat())  # noqa: S311 - a story, not a secret
    end = start + timedelta(days=days)
    steps = [*_beginning(start), *_feeds(start, days, chance), *_desk(start, days, chance)]
    return sorted((one for one in steps if one.at < end), key=lambda one: one.at)


def _beginning(start: datetime) -> Iterator[Step]:
    yield Step(start + timedelta(minutes=1), Stage.moves_in)
    for minutes in (2, 5):
        yield Step(start + timedelta(minutes=minutes), _all_well)
    yield Step(start + timedelta(minutes=20), Stage.asks_to_follow)
    yield Step(start + timedelta(minutes=50), Stage.confirms)


def _all_well(stage: Stage) -> None:
    for service in POLLED:
        stage.reads(service, Status.OPERATIONAL, _WELL)


def _feeds(start: datetime, days: int, chance: random.Random) -> Iterator[Step]:
    for number, outage in enumerate(OUTAGES):
        day = outage.day - (WHOLE - days)
        if day >= 0:
            begin = _day(start, day) + timedelta(hours=outage.hour)
            if begin > start + _LONELY:
                yield from _outage(f"outage-{number}", outage, begin)
    for day in range(days):
        noon = _day(start, day) + timedelta(hours=12)
        if noon.weekday() == 0 and noon.isocalendar().week % 2 == 0:
            minutes = 25 + chance.randrange(30)
            late = Outage(
                0, 0, minutes, MONDAY, Status.PARTIAL_OUTAGE, "Sending: letters are queued"
            )
            yield from _outage(f"monday-{day}", late, noon - timedelta(hours=4))
        if noon.weekday() == 6:
            yield from _maintenance(noon - timedelta(hours=8))
        if noon.weekday() == 3:
            yield from _flap(noon + timedelta(hours=3), chance)
    yield from _blind(start + timedelta(days=days) - timedelta(hours=31))


def _reads(
    service: str,
    status: Status = Status.OPERATIONAL,
    detail: str = _WELL,
    *,
    maintenance: bool = False,
) -> Act:
    """The service's source answers: that all is well, unless something else is said."""
    return lambda stage: stage.reads(service, status, detail, maintenance=maintenance)


def _outage(key: str, outage: Outage, begin: datetime) -> Iterator[Step]:
    if outage.service == "papertray":
        reason = f"{outage.detail}; the vendor has no status feed."
        yield Step(begin, lambda s: s.says("desk", "papertray", outage.status, reason))
        return
    bad, well = _reads(outage.service, outage.status, outage.detail), _reads(outage.service)
    end = begin + timedelta(minutes=outage.minutes)
    yield Step(begin, bad)
    yield Step(begin + _SECOND, bad)
    yield Step(end, well)
    yield Step(end + _SECOND, well)
    if outage.told or outage.found:
        yield from _response(key, outage, begin + 2 * _SECOND, end + 3 * _SECOND)


def _response(key: str, outage: Outage, begin: datetime, end: datetime) -> Iterator[Step]:
    who = "night" if begin.hour < 6 else "platform"
    third = (end - begin) / 3

    def take(stage: Stage) -> None:
        stage.adopts(key, outage.service)
        if found := stage.incident(key):
            incidents.acknowledge(stage.by(who), found.id)
            incidents.assign(stage.by(who), found.id, "platform")
            incidents.start(stage.by(who), found.id)

    def learn(stage: Stage) -> None:
        if found := stage.incident(key):
            draft = incidents.CommentDraft(outage.found, mentions=("operations",))
            incidents.comment(stage.by(who), found.id, draft)
            stage.notes(key, who, Phase.IDENTIFIED, outage.found)

    def finish(stage: Stage) -> None:
        found = stage.incident(key)
        if found and found.is_live:
            note = f"{outage.found} Checked by hand after the recovery."
            incidents.resolve(stage.by(who), found.id, note)

    yield Step(begin, take)
    if outage.told:
        yield from _telling(key, outage, who, begin + timedelta(minutes=4), end, outage.told)
    yield Step(begin + third, learn)
    yield Step(end + timedelta(minutes=9), finish)


def _telling(
    key: str, outage: Outage, who: str, begin: datetime, end: datetime, title: str
) -> Iterator[Step]:
    third = (end - begin) / 3

    def tell(phase: Phase, text: str, status: Status, first: str | None = None) -> Act:
        def act(stage: Stage) -> None:
            if stage.incident(key):
                stage.publishes(key, who, phase, text, {outage.service: status}, first)

        return act

    texts = {
        Phase.INVESTIGATING: f"{title} at the moment. We are looking into it and write again within the hour.",
        Phase.IDENTIFIED: "We know the cause and work on it together with our supplier.",
        Phase.MONITORING: "It works again. We keep watching until we are sure that it stays so.",
        Phase.RESOLVED: "Everything has been working normally since. Thank you for your patience.",
    }
    hit = outage.status
    yield Step(begin, tell(Phase.INVESTIGATING, texts[Phase.INVESTIGATING], hit, title))
    yield Step(begin + 2 * third, tell(Phase.IDENTIFIED, texts[Phase.IDENTIFIED], hit))
    yield Step(end, tell(Phase.MONITORING, texts[Phase.MONITORING], Status.DEGRADED))
    done = end + timedelta(minutes=8)
    yield Step(done, tell(Phase.RESOLVED, texts[Phase.RESOLVED], Status.OPERATIONAL))


def _maintenance(begin: datetime) -> Iterator[Step]:
    work = "Scheduled maintenance of the edge network."
    yield Step(begin, _reads("brightline", detail=work, maintenance=True))
    yield Step(begin + timedelta(hours=2), _reads("brightline"))


def _flap(begin: datetime, chance: random.Random) -> Iterator[Step]:
    at = begin
    for _ in range(5):
        for status in (Status.DEGRADED, Status.OPERATIONAL):
            detail = "Messages: delayed delivery" if status.is_trouble else _WELL
            yield Step(at, _reads(FLAPPING, status, detail))
            at += timedelta(minutes=2 + chance.randrange(9))
    yield Step(at, _reads(FLAPPING))


def _blind(begin: datetime) -> Iterator[Step]:
    """A poller that breaks and is repaired the day after."""
    for tries in range(6):
        yield Step(begin + tries * _SECOND, lambda s: s.fails("mailgrove"))
    for tries in range(2):
        at = begin + timedelta(hours=15) + tries * _SECOND
        yield Step(at, _reads("mailgrove"))


def _desk(start: datetime, days: int, chance: random.Random) -> Iterator[Step]:
    """What people enter: mostly in working hours, little at weekends."""
    number = 0
    order: list[Ticket] = []
    for day in range(days):
        today = _day(start, day)
        for _ in range(chance.choice((0, 0, 1) if today.weekday() > 4 else (1, 2, 2, 3))):
            order = order or chance.sample(TICKETS, len(TICKETS))
            at = today + timedelta(hours=7, minutes=chance.randrange(600))
            ticket = order.pop()
            number += 1
            if at > start + _LONELY:
                yield from _ticket(f"ticket-{number}", ticket, at, chance)
    # whoever looks in the morning finds something new, something in work and something that waits
    end = start + timedelta(days=days)
    for back, ticket, stop in ((5, TICKETS[7], 0), (9, TICKETS[11], 2), (26, TICKETS[8], 3)):
        at = end - timedelta(hours=back)
        yield from list(_ticket(f"now-{back}", ticket, at, chance, waits=True))[: stop + 1]


def _ticket(
    key: str, ticket: Ticket, at: datetime, chance: random.Random, *, waits: bool = False
) -> Iterator[Step]:
    who = chance.choice(("day", "desk", "platform"))
    impact, urgency = chance.choice(tuple(Impact)), chance.choice(tuple(Urgency))
    draft = IncidentDraft(
        ticket.title,
        ticket.severity,
        impact=impact if ticket.severity is not Severity.CRITICAL else Impact.HIGH,
        urgency=urgency if ticket.severity is not Severity.CRITICAL else Urgency.HIGH,
        affected_services=(ticket.service,),
        started_at=at - timedelta(minutes=chance.randrange(2, 40)),
    )
    minutes = iter(sorted(chance.sample(range(6, 60 + 90 * (1 + _ORDER.index(draft.severity))), 5)))

    def on(verb: Act) -> Step:
        return Step(at + timedelta(minutes=next(minutes)), verb)

    yield Step(at, lambda s: s.opens(key, "desk", draft))
    yield on(lambda s: _on(s, key, lambda i: incidents.acknowledge(s.by(who), i)))
    if not waits and chance.random() < 0.1:
        reason = "A duplicate; the trouble is being worked on already."
        yield on(lambda s: _on(s, key, lambda i: incidents.cancel(s.by("lead"), i, reason)))
        return
    yield on(lambda s: _take_up(s, key, who, ticket))
    held = waits or chance.random() < 0.2
    if held:
        why = PendingReason.VENDOR if waits else chance.choice(tuple(PendingReason))
        yield on(lambda s: _on(s, key, lambda i: incidents.hold(s.by(who), i, why)))
        yield on(lambda s: _on(s, key, lambda i: incidents.resume(s.by(who), i)))
    over = on(lambda s: _on(s, key, lambda i: incidents.resolve(s.by(who), i, ticket.ended)))
    yield over
    if chance.random() < 0.4:
        later = over.at + timedelta(hours=chance.randrange(2, 40))
        yield Step(later, lambda s: _on(s, key, lambda i: incidents.close(s.by("lead"), i)))


def _take_up(stage: Stage, key: str, who: str, ticket: Ticket) -> None:
    found = stage.incident(key)
    assert found is not None
    incidents.assign(stage.by(who), found.id, "service-desk")
    incidents.start(stage.by(who), found.id)
    incidents.comment(stage.by(who), found.id, incidents.CommentDraft(ticket.found))


def _on(stage: Stage, key: str, verb: Callable[[UUID], object]) -> None:
    found = stage.incident(key)
    assert found is not None
    verb(found.id)


def _day(start: datetime, day: int) -> datetime:
    return start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=day)
