"""The agenda: every wait is a row, every due row is done by one, and no wake-up is lost."""

from .model import Done, EdgeJob, Handler, Item, Retry, VerbJob
from .runner import AgendaRunner
from .store import AgendaStore, backlog, dead_items, see_to
from .tables import agenda_items

__all__ = [
    "AgendaRunner",
    "AgendaStore",
    "Done",
    "EdgeJob",
    "Handler",
    "Item",
    "Retry",
    "VerbJob",
    "agenda_items",
    "backlog",
    "dead_items",
    "see_to",
]
