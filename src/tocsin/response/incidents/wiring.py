"""What incidents hand to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.agenda import VerbJob
from tocsin.platform.journal import LaterReaction
from tocsin.platform.retention import Keeper
from tocsin.platform.wiring import TableEntry, Wiring
from tocsin.response.incidents import health
from tocsin.response.incidents.ports import Audience, Pages, Ports
from tocsin.response.incidents.reactions import FOLLOWED, follow_alert
from tocsin.response.incidents.retention import facts_of_open_incidents, joined_alerts
from tocsin.response.incidents.timers import close_by_itself
from tocsin.response.incidents.verbs.work import CLOSE

_TEXT = {"personal": "text", "erase": "text blanked, row kept"}


def wire(pages: Pages, audience: Audience) -> Wiring:
    """The room's wiring, over what `compose` fills in."""
    ports = Ports(pages, audience)

    def routes() -> Sequence[Any]:
        from tocsin.response.incidents.api import routes

        return routes(ports)

    return Wiring(
        room="incidents",
        routes=routes,
        reactions=(
            LaterReaction("incidents.follow_alert", FOLLOWED, follow_alert),
            LaterReaction("incidents.follow_findings", health.FOLLOWED, health.follow_findings),
        ),
        handlers=(VerbJob(CLOSE, close_by_itself),),
        tables=(
            TableEntry("incidents", **_TEXT),
            TableEntry("incident_counters", export="no"),
            TableEntry("incident_services"),
            TableEntry("incident_holds"),
            TableEntry("incident_updates", personal="author"),
            TableEntry("incident_update_texts", **_TEXT),
            TableEntry("incident_pages"),
            TableEntry("incident_impacts"),
            TableEntry("incident_comments", **_TEXT),
            TableEntry("incident_notes", **_TEXT),
            TableEntry("incident_alerts"),
            TableEntry("incident_opening_rules"),
        ),
        keeps=(Keeper("journal", facts_of_open_incidents), Keeper("alerts", joined_alerts)),
    )
