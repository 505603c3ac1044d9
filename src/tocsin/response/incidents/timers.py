"""What time does to incidents: a resolved one closes by itself."""

from uuid import UUID

from tocsin.kernel.errors import NotFound
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.agenda import Item
from tocsin.platform.database import Tx
from tocsin.response.incidents import lifecycle
from tocsin.response.incidents.verbs import steps
from tocsin.response.incidents.verbs.work import begin


def close_by_itself(tx: Tx, item: Item) -> None:
    """Close an incident whose time has come; one that was reopened or archived stays as it is."""
    try:
        work = begin(tx.acting(actor=SYSTEM), UUID(hex=item.payload["incident"]))
    except NotFound:
        return
    if lifecycle.closes_itself(work.incident, tx.now):
        steps.close(work)
        work.finish()
