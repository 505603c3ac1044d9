"""Identity's part in the house."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tocsin.platform.agenda import Item, VerbJob
from tocsin.platform.database import Database, Lane, Tx
from tocsin.platform.wiring import TableEntry, Wiring

from .model import IdentitySettings
from .verbs import purge

if TYPE_CHECKING:
    from tocsin.platform.web import WebSettings

    from .authority import Gatekeeper

PURGE = "identity.purge"
EVERY = timedelta(hours=1)


def schedule_purge(tx: Tx) -> None:
    """See to it that the purge is on the agenda; renewing it is harmless."""
    tx.schedule(PURGE, "all", tx.now + EVERY, lane=Lane.BULK)


def _purge(tx: Tx, _: Item) -> None:
    tx.schedule(PURGE, "all", tx.now if purge(tx) else tx.now + EVERY, lane=Lane.BULK)


def _routes() -> Sequence[Any]:
    from .api import routes

    return routes()


WIRING = Wiring(
    room="identity",
    routes=_routes,
    handlers=(VerbJob(PURGE, _purge),),
    at_start=(schedule_purge,),
    tables=(
        TableEntry("tenants"),
        TableEntry("users", "e-mail, name, password hash", "until erased", "yes", "the person"),
        TableEntry("memberships", "roles of a person", "until erased", "yes", "the person"),
        TableEntry("invitations", "whom it is for", "7 days", "no", "the person"),
        TableEntry("teams"),
        TableEntry("team_members", "who is in a team", "until erased", "yes", "the person"),
        TableEntry("sessions", "whose it is", "30 days", "no", "the person"),
        TableEntry("api_tokens", "who made it", "kept, revoked or not", "no"),
        TableEntry("setup_links", "none", "kept", "no"),
        TableEntry("log_in_tries", "hashes of addresses", "15 minutes and a purge", "no"),
    ),
)


def gatekeeper(database: Database, settings: IdentitySettings, web: "WebSettings") -> "Gatekeeper":
    """The web's `Authority`; only the web role asks for it, for it stands on the framework."""
    from .authority import Gatekeeper

    return Gatekeeper(database, settings, web)
