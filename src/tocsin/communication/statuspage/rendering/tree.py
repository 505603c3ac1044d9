"""A page's whole tree: every file strangers can read, from one value and one moment."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tocsin.communication.statuspage.rendering import feeds, links
from tocsin.communication.statuspage.rendering.bundle import Bundle
from tocsin.communication.statuspage.rendering.changes import fingerprint
from tocsin.communication.statuspage.rendering.faces import Face, component_face, impact_status
from tocsin.communication.statuspage.rendering.html import Pen
from tocsin.communication.statuspage.rendering.json import page_json
from tocsin.communication.statuspage.rendering.notices import Notice, render_notice
from tocsin.communication.statuspage.rendering.overall import Overall, overall
from tocsin.communication.statuspage.rendering.past import Month, months, newest_first, past_week
from tocsin.communication.statuspage.rendering.views import (
    PageView,
    PublicIncidentView,
    RenderedFile,
)

RECENT_MONTHS = 3
SPARED_NAMES = 12


def render_page(
    view: PageView, *, now: datetime, bundle: Bundle | None = None
) -> dict[str, RenderedFile]:
    """Every file of the page by its path inside the tree, the same bytes for the same arguments.

    `now` is an aware instant; days are cut in the page's zone. `next_change_at` says when the
    answer would change by the clock alone.
    """
    digest = fingerprint(view, now)
    pen = Pen.of(view.page, now, digest, bundle)
    state = overall(view, pen.voice, now)
    return {
        links.INDEX: _index(view, pen, state),
        links.DATA: page_json(view, state, pen.links, digest, now),
        links.RSS: feeds.rss(view, pen.voice, pen.links, now),
        links.ATOM: feeds.atom(view, pen.voice, pen.links, now),
        links.ICON: pen.icon(state.face),
        links.NOT_FOUND: render_notice(view.page, Notice.NOT_FOUND, now=now, bundle=bundle),
        **dict(_history(view, pen)),
        **dict(_incidents(view, pen)),
        **dict(pen.bundle.files),
    }


def _index(view: PageView, pen: Pen, state: Overall) -> RenderedFile:
    opened = tuple(one for one in newest_first(view.incidents) if one.is_open)
    windows = [window for window in view.maintenance if window.ends_at > pen.now]
    calm = not opened and state.face in (Face.OPERATIONAL, Face.NO_DATA)
    return pen.draw(
        "index.html.j2",
        here="index",
        state=state,
        announcement=" ".join([state.headline, *(_news(one, pen) for one in opened[:1])]),
        open_incidents=opened,
        maintenance=sorted(windows, key=lambda window: window.starts_at),
        groups=view.groups,
        has_components=bool(view.components),
        has_incidents=bool(view.incidents),
        is_calm=calm,
        week=past_week(view.incidents, pen.now, pen.voice.zone),
    )


def _news(incident: PublicIncidentView, pen: Pen) -> str:
    """The incident's newest step in words: "Identified: Some card payments fail"."""
    phase = pen.voice.say(f"phase.{incident.phase.value}")
    return pen.voice.say("feed.entry", phase=phase, title=incident.title)


def _history(view: PageView, pen: Pen) -> Iterator[tuple[str, RenderedFile]]:
    all_months = months(view.incidents, pen.voice.zone)
    yield (
        links.HISTORY,
        pen.draw(
            "history.html.j2",
            here="history",
            title=pen.voice.say("history.title"),
            is_month=False,
            months=all_months[:RECENT_MONTHS],
            earlier=all_months[RECENT_MONTHS:],
        ),
    )
    for index, month in enumerate(all_months):
        yield links.month_file(month.key), _month(all_months, index, pen)


def _month(all_months: Sequence[Month], index: int, pen: Pen) -> RenderedFile:
    month = all_months[index]
    return pen.draw(
        "history.html.j2",
        here="history",
        title=pen.voice.month(month.first),
        is_month=True,
        months=[month],
        newer=all_months[index - 1] if index else None,
        older=all_months[index + 1] if index + 1 < len(all_months) else None,
        earlier=[],
    )


def _incidents(view: PageView, pen: Pen) -> Iterator[tuple[str, RenderedFile]]:
    for incident in view.incidents:
        yield (
            links.incident_file(incident.public_id),
            pen.draw(
                "incident.html.j2",
                here="incident",
                incident=incident,
                announcement=_news(incident, pen),
                hit=_hit(incident),
                spared=_spared(view, incident),
            ),
        )


def _hit(incident: PublicIncidentView) -> list[str]:
    """The names of what an open incident still affects."""
    if not incident.is_open:
        return []
    return [impact.name for impact in incident.impacts if impact_status(impact).is_trouble]


def _spared(view: PageView, incident: PublicIncidentView) -> tuple[str, ...]:
    """The names of what an open incident leaves alone, if they are few enough to say."""
    if not incident.impacts or not incident.is_open:
        return ()
    hit = {impact.component_id for impact in incident.impacts}
    spared = tuple(
        component.name
        for component in view.components
        if component.public_id not in hit and component_face(component) is Face.OPERATIONAL
    )
    return spared if len(spared) <= SPARED_NAMES else ()
