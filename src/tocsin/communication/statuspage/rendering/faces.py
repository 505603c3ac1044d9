"""How a state looks to strangers: the five statuses, maintenance, and no data at all."""

from enum import StrEnum

from tocsin.communication.statuspage.rendering.views import (
    ComponentView,
    DayView,
    ImpactView,
    PublicIncidentView,
)
from tocsin.kernel.status import Status, worst


class Face(StrEnum):
    """A shape, a word and a colour; the value names the style and the message (`status.…`)."""

    OPERATIONAL = "operational"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    UNKNOWN = "unknown"
    MAINTENANCE = "maintenance"
    NO_DATA = "no_data"

    @property
    def mark(self) -> str:
        """The short name that styles and shapes go by: "op", "deg", "part", "maj", …"""
        return _MARKS[self]


_MARKS = {
    Face.OPERATIONAL: "op",
    Face.DEGRADED: "deg",
    Face.PARTIAL_OUTAGE: "part",
    Face.MAJOR_OUTAGE: "maj",
    Face.UNKNOWN: "unk",
    Face.MAINTENANCE: "mnt",
    Face.NO_DATA: "none",
}

LEGEND = (
    Face.OPERATIONAL,
    Face.DEGRADED,
    Face.PARTIAL_OUTAGE,
    Face.MAJOR_OUTAGE,
    Face.MAINTENANCE,
    Face.NO_DATA,
)
"""What a bar strip may show, in the order of its legend."""


def face_of(status: Status, *, maintenance: bool = False) -> Face:
    """The face of a state now: trouble shows even in a window, else the window shows."""
    if maintenance and not status.is_trouble:
        return Face.MAINTENANCE
    return Face(status.value)


def component_face(component: ComponentView) -> Face:
    """The face of a component now."""
    return face_of(component.status, maintenance=component.maintenance)


def day_face(day: DayView) -> Face:
    """The face of a day: its trouble, else its maintenance, else hollow where nothing is known."""
    if day.worst is not None and day.worst.is_trouble:
        return Face(day.worst.value)
    if day.maintenance:
        return Face.MAINTENANCE
    if day.worst is None or day.worst is Status.UNKNOWN:
        return Face.NO_DATA
    return Face.OPERATIONAL


def impact_status(impact: ImpactView) -> Status:
    """How a component is hit now: operational again once its newest span has ended."""
    newest = impact.spans[-1]
    return newest.status if newest.ended_at is None else Status.OPERATIONAL


def incident_face(incident: PublicIncidentView) -> Face:
    """The face of an incident: what it still does while open, the worst it ever did afterwards."""
    if incident.is_open:
        return Face(worst(map(impact_status, incident.impacts)).value)
    spans = (span for impact in incident.impacts for span in impact.spans)
    return Face(worst(span.status for span in spans).value)
