"""Reads of incidents: the rows, lists of them, and what was said of them."""

from tocsin.response.incidents.queries.incidents import (
    NOBODY,
    IncidentFilter,
    alerts_of,
    counts,
    hold,
    incident,
    incident_of_alert,
    incidents,
    incidents_by_id,
    live_incident_on,
    live_incidents_on,
    pages_of,
    services_of,
)
from tocsin.response.incidents.queries.said import (
    KeptUpdate,
    comment_bodies,
    kept_updates,
    notes,
    update_text,
    updates_of,
)

__all__ = [
    "NOBODY",
    "IncidentFilter",
    "KeptUpdate",
    "alerts_of",
    "comment_bodies",
    "counts",
    "hold",
    "incident",
    "incident_of_alert",
    "incidents",
    "incidents_by_id",
    "kept_updates",
    "live_incident_on",
    "live_incidents_on",
    "notes",
    "pages_of",
    "services_of",
    "update_text",
    "updates_of",
]
