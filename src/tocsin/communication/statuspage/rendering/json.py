"""The page's state for its own small script and for whoever likes JSON better than HTML."""

import json
from datetime import datetime

from tocsin.communication.statuspage.rendering.bars import uptime_hundredths
from tocsin.communication.statuspage.rendering.faces import component_face
from tocsin.communication.statuspage.rendering.html import instant
from tocsin.communication.statuspage.rendering.links import Links
from tocsin.communication.statuspage.rendering.overall import Overall
from tocsin.communication.statuspage.rendering.past import newest_first
from tocsin.communication.statuspage.rendering.views import (
    ComponentView,
    PageView,
    PublicIncidentView,
    RenderedFile,
)

JSON = "application/json; charset=utf-8"


def page_json(
    view: PageView, state: Overall, links: Links, digest: str, now: datetime
) -> RenderedFile:
    """`page.json`: fingerprint, state, components and open incidents; instants RFC 3339 UTC."""
    document = {
        "digest": digest,
        "rendered_at": instant(now),
        "page": {
            "slug": view.page.slug,
            "name": view.page.name,
            "url": links.absolute(links.index),
            "time_zone": view.page.time_zone,
        },
        "status": state.face.value,
        "headline": state.headline,
        "detail": state.detail,
        "components": [
            _component(component, group.name)
            for group in view.groups
            for component in group.components
        ],
        "incidents": [
            _incident(incident, links)
            for incident in newest_first(view.incidents)
            if incident.is_open
        ],
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return RenderedFile(body.encode(), JSON)


def _component(component: ComponentView, group: str | None) -> dict[str, object]:
    hundredths = uptime_hundredths(component.days)
    return {
        "id": component.public_id,
        "name": component.name,
        "group": group,
        "status": component_face(component).value,
        "uptime_percent": None if hundredths is None else hundredths / 100,
        "days": len(component.days),
    }


def _incident(incident: PublicIncidentView, links: Links) -> dict[str, object]:
    return {
        "id": incident.public_id,
        "title": incident.title,
        "phase": incident.phase.value,
        "started_at": instant(incident.started_at),
        "updated_at": instant(incident.updates[0].at),
        "url": links.absolute(links.incident(incident.public_id)),
        "components": [impact.component_id for impact in incident.impacts],
    }
