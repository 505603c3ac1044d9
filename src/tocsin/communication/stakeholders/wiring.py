"""What stakeholders hand to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.journal import LaterReaction
from tocsin.platform.secrets import Secrets
from tocsin.platform.wiring import TableEntry, Wiring

from .environment import StakeholderSettings
from .model import EVENTS
from .reactions import Teller


def wire(settings: StakeholderSettings, secrets: Secrets) -> Wiring:
    """The room's wiring for one installation."""

    def routes() -> Sequence[Any]:
        from .api import routes

        return routes(settings, secrets)

    return Wiring(
        room="stakeholders",
        routes=routes,
        reactions=(LaterReaction("stakeholders.tell", EVENTS, Teller(settings, secrets)),),
        tables=(
            TableEntry(
                "channels",
                personal="address",
                export="without secrets",
                erase="secrets blanked when removed, row kept",
            ),
        ),
    )
