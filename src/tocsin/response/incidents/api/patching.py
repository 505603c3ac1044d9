"""PATCH and PUT: what may be sent along, what must be as it was read, and what is then done."""

from datetime import datetime
from typing import Any

from tocsin.kernel.errors import FieldError, Invalid, LostRace
from tocsin.kernel.lifecycle import Refusal, Unchanged
from tocsin.platform.database import Tx
from tocsin.response.incidents import lifecycle, queries, verbs
from tocsin.response.incidents.bodies import IncidentPatch
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.ports import Ports
from tocsin.response.incidents.views import detail

_MOVES_BY_ITSELF = frozenset(
    {"updates", "audience", "allowed", "refused", "opened_by", "prepared_resolution", "alerts"}
)


def patched(
    tx: Tx,
    ref: str,
    body: IncidentPatch,
    verb: str | None,
    expected_version: int | None,
    ports: Ports,
) -> Incident:
    """Change an incident as the body says; `verb` is the one the caller was admitted for.

    Raises LostRace for another version than the header or the body expects, Invalid for a
    read-only field that is not as it was read.
    """
    found = queries.hold(tx, ref)
    for expected in (expected_version, body.version):
        if expected is not None and expected != found.version:
            raise LostRace(f"{found.reference} is at version {found.version}; read it again.")
    if _meant(found, body) != verb:
        raise LostRace(f"{found.reference} is {found.state} meanwhile; read it again.")
    _require_unchanged(tx, found, body.read_only(), ports)
    return verbs.edit(tx, ref, body.change())


def _meant(found: Incident, body: IncidentPatch) -> str | None:
    if body.wanted is None:
        return None
    verb = lifecycle.verb_for(found.state, body.wanted)
    return None if isinstance(verb, Refusal | Unchanged) else verb.value


def _require_unchanged(tx: Tx, found: Incident, sent: dict[str, Any], ports: Ports) -> None:
    if not sent:
        return
    shown = detail(tx, found, ports).model_dump(mode="json")
    faults = [
        FieldError(name, fault)
        for name, value in sent.items()
        if (fault := _fault(name, value, shown))
    ]
    if faults:
        raise Invalid(f"{faults[0].field}: {faults[0].message}", errors=faults)


def _fault(name: str, value: Any, shown: dict[str, Any]) -> str | None:
    if name not in shown:
        return "unknown field"
    if name in _MOVES_BY_ITSELF or _same(value, shown[name]):
        return None
    return "is read-only; send it as it was read, or leave it out"


def _same(sent: Any, shown: Any) -> bool:
    if sent == shown:
        return True
    if not (isinstance(sent, str) and isinstance(shown, str)):
        return False
    try:
        return datetime.fromisoformat(sent) == datetime.fromisoformat(shown)
    except (ValueError, TypeError):
        return False
