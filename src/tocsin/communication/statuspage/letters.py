"""What subscribers get to read."""

from typing import Any
from uuid import UUID

from tocsin.communication.statuspage.model import StatusPage
from tocsin.platform.letters import Button, letter
from tocsin.platform.texts import to_plain
from tocsin.response.incidents import PublicIncident

PHASES = {
    "investigating": "Investigating",
    "identified": "Identified",
    "monitoring": "Monitoring",
    "resolved": "Resolved",
}


def confirmation(page: StatusPage, language: str) -> dict[str, Any]:
    """The letter that asks whether the address is theirs. Slot: `confirm_url`."""
    return letter(
        subject=f"Confirm: news about {page.name}",
        headline=f"Do you want to hear from {page.name}?",
        paragraphs=[
            "Somebody, probably you, asked for letters about incidents at this address.",
            "You get one when something breaks, when we know why, and when it is fixed.",
        ],
        button=Button("Yes, write to me", "{{confirm_url}}"),
        footer_lines=[
            "The link is good for seven days. If it was not you, do nothing: we will not write again."
        ],
        lang=language,
    )


def update_letter(
    page: StatusPage, incident: PublicIncident, update_id: UUID, language: str, page_url: str
) -> dict[str, Any]:
    """The letter about one public update. Slot: `unsubscribe_url`."""
    update = next(one for one in incident.updates if one.id == update_id)
    phase = PHASES[update.phase]
    return letter(
        subject=f"{phase}: {incident.title}",
        headline=incident.title,
        paragraphs=[f"{phase}.", *to_plain(update.text(language)).split("\n\n")],
        button=Button("See the incident", f"{page_url}/incidents/{incident.public_id}"),
        footer_lines=[
            f"You follow {page.name}.",
            "To stop these letters: {{unsubscribe_url}}",
        ],
        lang=language,
    )
