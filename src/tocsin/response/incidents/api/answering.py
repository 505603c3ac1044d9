"""How writes answer: with the whole incident as its page shows it, made in the same transaction."""

from collections.abc import Callable
from typing import Any

from tocsin.platform.database import Tx
from tocsin.platform.web import Caller
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.schemas import IncidentDetailOut
from tocsin.response.incidents.views import detail


async def write_and_show(
    caller: Caller, ports: Ports, verb: Callable[..., Incident], *args: Any, **kwargs: Any
) -> Any:
    """Run a verb that gives an incident and answer with its page, once per Idempotency-Key."""

    def unit(tx: Tx) -> IncidentDetailOut:
        return detail(tx, verb(tx, *args, **kwargs), ports)

    return await caller.write(unit, answer=_as_made)


def _as_made(shown: IncidentDetailOut) -> IncidentDetailOut:
    return shown
