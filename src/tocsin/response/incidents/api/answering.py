"""How verbs answer: with the whole incident as its page shows it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.web import Caller
from tocsin.response.incidents import queries
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.schemas import IncidentDetailOut
from tocsin.response.incidents.views import detail


async def write_and_show(
    caller: Caller, ports: Ports, verb: Callable[..., Incident], *args: Any
) -> Any:
    """Run a verb and answer with the incident's page.

    An answer that an Idempotency-Key may ask for again is made and stored by the unit itself; any
    other is read afterwards, so that the writer is free for the next in line.
    """
    if "idempotency-key" in caller.connection.headers:
        return await caller.write(_shown_by(verb, ports), *args, answer=_as_made)
    written = await caller.write(verb, *args)
    shown = await caller.read(_page_of, written.id, ports)
    caller.tag(shown.version)
    return shown


def _shown_by(verb: Callable[..., Incident], ports: Ports) -> Callable[..., IncidentDetailOut]:
    def unit(tx: Tx, *args: Any) -> IncidentDetailOut:
        return detail(tx, verb(tx, *args), ports)

    return unit


def _page_of(tx: ReadTx, incident: UUID, ports: Ports) -> IncidentDetailOut:
    return detail(tx, queries.incident(tx, incident), ports)


def _as_made(shown: IncidentDetailOut) -> IncidentDetailOut:
    return shown
