"""Whom signals listen to: the catalog."""

from tocsin.kernel.facts import Entry, id_of
from tocsin.platform.database import Tx
from tocsin.platform.journal import LaterReaction
from tocsin.registry.catalog import events as catalog

from . import verbs
from .verbs import Signals


def follow_catalog(room: Signals) -> LaterReaction:
    """A service came, changed its source, went or came back: its sources follow."""

    def follow(tx: Tx, entry: Entry) -> None:
        if entry.kind == catalog.EDITED and "source" not in entry.payload["fields"]:
            return
        verbs.follow_service(tx, room, id_of(entry.subject))

    return LaterReaction("signals.follow_service", catalog.OF_SERVICES, follow)
