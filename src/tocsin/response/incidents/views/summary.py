"""How everything stands, in one sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tocsin.detection import conditions
from tocsin.kernel.status import Status, worst
from tocsin.platform.database import ReadTx
from tocsin.registry import catalog
from tocsin.response.incidents import queries
from tocsin.response.incidents.queries.public import PublicIncident, open_public_incidents
from tocsin.response.incidents.schemas import (
    CountsOut,
    HitOut,
    IncidentOut,
    PublicIncidentOut,
    SummaryOut,
)
from tocsin.response.incidents.views.lists import briefs

MOST = 100


def summary(tx: ReadTx, is_stranger: bool) -> SummaryOut:
    """The worst status, one sentence, counts and what is being worked on.

    Strangers get public services only, and of incidents the open public faces.
    """
    services = [one for one in catalog.services(tx) if one.is_public or not is_stranger]
    seen = conditions.statuses_of(tx, [one.id for one in services])
    statuses = {one.id: seen.get(one.id, Status.UNKNOWN) for one in services}
    names = {one.id: one.name for one in services}
    faces = open_public_incidents(tx) if is_stranger else []
    return SummaryOut(
        open_incidents=len(faces) if is_stranger else _live_count(tx),
        status=worst(statuses.values()),
        sentence=sentence(names, statuses),
        counts=CountsOut(**Counter(status.value for status in statuses.values())),
        incidents=(
            [_face(one, names, statuses) for one in faces[:MOST]] if is_stranger else _live(tx)
        ),
    )


def sentence(names: Mapping[str, str], statuses: Mapping[str, Status]) -> str:
    """What a person would say if asked how things are."""
    troubled = [name for name, status in statuses.items() if status.is_trouble]
    silent = [name for name, status in statuses.items() if status is Status.UNKNOWN]
    if not statuses:
        return "No services yet."
    if len(troubled) == 1:
        return f"{names[troubled[0]]}: {statuses[troubled[0]].words.lower()}."
    if troubled:
        state = worst(statuses[name] for name in troubled)
        return f"{len(troubled)} services have trouble; the worst is a {state.words.lower()}."
    if len(silent) == len(statuses):
        return "No service has given an answer yet."
    if silent:
        verb = "service gives" if len(silent) == 1 else "services give"
        return f"{len(silent)} {verb} no answer; the others work."
    return "All services work."


def _live(tx: ReadTx) -> list[IncidentOut]:
    return briefs(tx, queries.first_in_line(tx, MOST))


def _live_count(tx: ReadTx) -> int:
    return sum(count for state, count in queries.counts(tx).items() if state.is_live)


def _face(
    one: PublicIncident, names: Mapping[str, str], statuses: Mapping[str, Status]
) -> PublicIncidentOut:
    hit: Sequence[str] = sorted(
        {impact.service_id for impact in one.impacts if impact.ended_at is None}
    )
    return PublicIncidentOut(
        id=one.public_id,
        title=one.title,
        phase=one.phase,
        started_at=one.started_at,
        affected_services=[
            HitOut(id=service, name=names[service], status=statuses[service])
            for service in hit
            if service in names
        ],
    )
