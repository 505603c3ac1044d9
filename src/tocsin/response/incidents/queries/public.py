"""Incidents as strangers may know them: their public updates and impacts, and nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select

from tocsin.kernel.errors import NotFound
from tocsin.kernel.intervals import Interval
from tocsin.kernel.segments import LineKind, Segment, SegmentSource
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.response.incidents.model import Incident, Phase
from tocsin.response.incidents.queries.incidents import incident, incidents_by_id
from tocsin.response.incidents.queries.said import KeptUpdate, kept_updates, said
from tocsin.response.incidents.rules import impact_segments as segments_of_updates
from tocsin.response.incidents.tables import incident_impacts, incident_pages
from tocsin.response.incidents.tables import incidents as _i

_m = incident_impacts
MOST = 500


@dataclass(frozen=True, slots=True)
class PublicUpdate:
    """A public update; `texts` by language."""

    id: UUID
    public_id: str
    phase: Phase
    at: datetime
    texts: dict[str, str]

    def text(self, language: str) -> str:
        """What it says in a language, else in English, else in any."""
        return said(self.texts, language)


@dataclass(frozen=True, slots=True)
class PublicImpact:
    """A service that was hit in public, from when to when; `ended_at` None while it lasts."""

    service_id: str
    status: Status
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicIncident:
    """The public face of an incident; updates are newest first, impacts in order of time."""

    id: UUID
    public_id: str
    title: str
    phase: Phase
    started_at: datetime
    resolved_at: datetime | None
    pages: tuple[str, ...]
    updates: tuple[PublicUpdate, ...]
    impacts: tuple[PublicImpact, ...]


def public_incident(tx: ReadTx, incident_id: UUID) -> PublicIncident:
    """The public face of one incident; raises NotFound where it has none."""
    found = incident(tx, incident_id)
    told = [kept for kept in kept_updates(tx, [incident_id]) if kept.update.public]
    if not told:
        raise NotFound("There is no such incident.")
    return _face(tx, found, told)


def public_incidents(tx: ReadTx, page_slug: str, since: datetime) -> list[PublicIncident]:
    """What a page shows: open incidents and those that ended after `since`, the newest first.

    Of each only the updates that were told on this page.
    """
    shown = select(incident_pages.c.incident_id).where(
        incident_pages.c.tenant_id == tx.tenant, incident_pages.c.page == page_slug
    )
    return _faces(tx, _recent(tx, since, shown), page_slug)


def open_public_incidents(tx: ReadTx) -> list[PublicIncident]:
    """All incidents whose public face is open, on whatever page, the newest first."""
    return _faces(tx, _recent(tx, tx.now, None), None)


def impact_segments(
    tx: ReadTx, service_ids: Collection[str], window: Interval
) -> dict[str, list[Segment]]:
    """How services were hit in public up to and at the end of a window, in order of time."""
    rows = tx.all(
        select(_m)
        .join(_i, _i.c.id == _m.c.incident_id)
        .where(
            _m.c.tenant_id == tx.tenant,
            _i.c.tenant_id == tx.tenant,
            _i.c.archived_at.is_(None),
            _m.c.service_id.in_(sorted(set(service_ids))),
            _m.c.started_at <= window.end,
            or_(_m.c.ended_at.is_(None), _m.c.ended_at > window.start),
        )
        .order_by(_m.c.service_id, _m.c.started_at)
    )
    found: dict[str, list[Segment]] = {}
    for row in rows:
        found.setdefault(row.service_id, []).append(
            Segment(
                row.service_id,
                LineKind.COMPONENT,
                row.started_at,
                row.ended_at,
                Status(row.status),
                source=SegmentSource.IMPACT,
                cause=row.incident_id.hex,
            )
        )
    return found


def _recent(tx: ReadTx, since: datetime, shown: Select[tuple[UUID]] | None) -> list[UUID]:
    query = (
        select(_i.c.id)
        .where(
            _i.c.tenant_id == tx.tenant,
            _i.c.archived_at.is_(None),
            _i.c.phase != Phase.NONE.value,
            or_(_i.c.phase != Phase.RESOLVED.value, _i.c.public_changed_at > since),
        )
        .order_by(_i.c.public_since.desc(), _i.c.id.desc())
        .limit(MOST)
    )
    return list(tx.scalars(query if shown is None else query.where(_i.c.id.in_(shown))))


def _faces(tx: ReadTx, ids: Sequence[UUID], page: str | None) -> list[PublicIncident]:
    found = incidents_by_id(tx, ids)
    told: dict[UUID, list[KeptUpdate]] = {}
    for kept in kept_updates(tx, ids):
        if kept.update.public and (page is None or page in kept.update.pages):
            told.setdefault(kept.incident_id, []).append(kept)
    return [_face(tx, found[one], told[one]) for one in ids if one in told]


def _face(tx: ReadTx, found: Incident, told: Sequence[KeptUpdate]) -> PublicIncident:
    newest = told[-1].update
    pages = {page for kept in told for page in kept.update.pages}
    segments = segments_of_updates([kept.update for kept in told], tx.now)
    return PublicIncident(
        id=found.id,
        public_id=found.public_id or "",
        title=found.public_title or found.title,
        phase=newest.phase,
        started_at=told[0].update.at,
        resolved_at=newest.at if newest.phase is Phase.RESOLVED else None,
        pages=tuple(sorted(pages)),
        updates=tuple(_update(kept) for kept in reversed(told)),
        impacts=tuple(PublicImpact(one.subject, one.state, one.start, one.end) for one in segments),
    )


def _update(kept: KeptUpdate) -> PublicUpdate:
    update = kept.update
    return PublicUpdate(
        update.id, kept.public_id or "", update.phase, update.at, dict(update.texts)
    )
