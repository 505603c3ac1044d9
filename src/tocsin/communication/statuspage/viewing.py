"""From rows to the plain values a page is rendered from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tocsin.communication.statuspage import queries
from tocsin.communication.statuspage.links import Links
from tocsin.communication.statuspage.model import Component, Follows, StatusPage
from tocsin.communication.statuspage.rendering import (
    ComponentView,
    DayView,
    GroupView,
    ImpactSpanView,
    ImpactView,
    PageIdentity,
    PageView,
    PublicIncidentView,
    PublicPhase,
    PublicUpdateView,
)
from tocsin.detection import conditions
from tocsin.kernel.intervals import Day, Interval, last_days
from tocsin.kernel.segments import Line, LineKind, Segment, component_line
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx
from tocsin.platform.texts import to_html
from tocsin.registry import catalog
from tocsin.response import incidents

DAYS = 90
HISTORY = timedelta(days=366)
_NO_LINE = Line(())


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page ready to render, and when time alone changes it next."""

    page: StatusPage
    view: PageView
    next_change_at: datetime


def identity_of(page: StatusPage, links: Links, mail_offered: bool) -> PageIdentity:
    """How a page presents itself."""
    return PageIdentity(
        slug=page.slug,
        name=page.name,
        base_url=links.page(page.slug),
        time_zone=page.time_zone,
        language=page.language,
        help_url=page.help_url,
        mail_offered=mail_offered,
    )


def draw(
    tx: ReadTx,
    page_id: str,
    look: Callable[[StatusPage], PageIdentity],
    weights: Mapping[Status, float],
) -> Drawn:
    """Read everything a page shows; raises NotFound for an archived page.

    `look` tells how a page presents itself, `weights` how much of a second in a state is lost.
    """
    page = queries.page(tx, page_id)
    zone = ZoneInfo(page.time_zone)
    shown = _visible(tx, queries.components(tx, page.id))
    days = last_days(DAYS, tx.now, zone)
    window = Interval(days[0].interval.start, tx.now)
    services = [component.service_id for component, _ in shown]
    lines = _Lines(
        conditions.lines(tx, LineKind.CONFIRMED, window, services),
        incidents.impact_segments(tx, services, window),
        window,
        days,
        weights,
    )
    view = PageView(
        page=look(page),
        groups=_groups(shown, lines, tx.now),
        incidents=_incidents(tx, page, shown),
    )
    return Drawn(page, view, next_change_at=days[-1].interval.end)


@dataclass(frozen=True, slots=True)
class _Lines:
    confirmed: Mapping[str, Line]
    impacts: Mapping[str, Sequence[Segment]]
    window: Interval
    days: Sequence[Day]
    weights: Mapping[Status, float]

    def by_day(self, line: Line, now: datetime) -> tuple[DayView, ...]:
        return tuple(
            DayView.of(day, tally, self.weights) for day, tally in line.by_day(self.days, now)
        )

    def of(self, component: Component) -> Line:
        impacts = self.impacts.get(component.service_id, ())
        return component_line(component.public_id, self._base(component), impacts)

    def _base(self, component: Component) -> Line:
        if component.follows is Follows.SERVICE:
            return self.confirmed.get(component.service_id, _NO_LINE)
        start = max(self.window.start, component.created_at)
        steady = Segment(component.service_id, LineKind.CONFIRMED, start, None, Status.OPERATIONAL)
        return Line((steady,))


Shown = list[tuple[Component, str]]


def _visible(tx: ReadTx, components: Sequence[Component]) -> Shown:
    """Components with their names; what was archived from the catalog is left out."""
    services = catalog.services_by_id(tx, [one.service_id for one in components])
    return [
        (one, one.name or services[one.service_id].name)
        for one in components
        if one.service_id in services
    ]


def _groups(shown: Shown, lines: _Lines, now: datetime) -> tuple[GroupView, ...]:
    grouped: dict[str | None, list[ComponentView]] = {}
    for component, name in shown:
        view = _component(component, name, lines, now)
        grouped.setdefault(component.group_name, []).append(view)
    return tuple(GroupView(name, tuple(views)) for name, views in grouped.items())


def _component(component: Component, name: str, lines: _Lines, now: datetime) -> ComponentView:
    line = lines.of(component)
    current = line.at(now)
    return ComponentView(
        public_id=component.public_id,
        name=name,
        status=current.state if current else Status.UNKNOWN,
        maintenance=current.maintenance if current else False,
        days=lines.by_day(line, now),
    )


def _incidents(tx: ReadTx, page: StatusPage, shown: Shown) -> tuple[PublicIncidentView, ...]:
    components = {component.service_id: (component, name) for component, name in shown}
    found = incidents.public_incidents(tx, page.slug, since=tx.now - HISTORY)
    return tuple(_incident(one, page, components) for one in found)


def _incident(
    incident: incidents.PublicIncident,
    page: StatusPage,
    components: Mapping[str, tuple[Component, str]],
) -> PublicIncidentView:
    return PublicIncidentView(
        public_id=incident.public_id,
        title=incident.title,
        phase=PublicPhase(incident.phase),
        started_at=incident.started_at,
        updates=tuple(
            PublicUpdateView(
                public_id=update.public_id,
                phase=PublicPhase(update.phase),
                html=to_html(update.text(page.language)),
                at=update.at,
            )
            for update in incident.updates
        ),
        impacts=_impacts(incident, components),
        resolved_at=incident.resolved_at,
    )


def _impacts(
    incident: incidents.PublicIncident, components: Mapping[str, tuple[Component, str]]
) -> tuple[ImpactView, ...]:
    spans: dict[str, list[ImpactSpanView]] = {}
    for impact in incident.impacts:
        if impact.service_id in components:
            span = ImpactSpanView(impact.status, impact.started_at, impact.ended_at)
            spans.setdefault(impact.service_id, []).append(span)
    return tuple(
        ImpactView(components[service][0].public_id, components[service][1], tuple(ordered))
        for service, ordered in spans.items()
    )
