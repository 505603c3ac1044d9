"""What incidents still need of the journal."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from tocsin.kernel.facts import id_of, noun_of, subject_of
from tocsin.platform.database import ReadTx
from tocsin.response.incidents.model import State
from tocsin.response.incidents.tables import incident_alerts, incidents

_OVER = (State.CLOSED.value, State.CANCELLED.value)


def facts_of_open_incidents(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[UUID]:
    """The facts of incidents that are not over; a resolved one may be opened again, so it is not."""
    threads = {row.thread for row in rows}
    ids = {UUID(id_of(each)) for each in threads if noun_of(each) == "incident"}
    found = tx.scalars(
        select(incidents.c.id).where(
            incidents.c.tenant_id == tx.tenant,
            incidents.c.id.in_(ids),
            incidents.c.state.not_in(_OVER),
        )
    )
    still_open = {subject_of("incident", each) for each in found}
    return {row.id for row in rows if row.thread in still_open}


def joined_alerts(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[UUID]:
    """The alerts that incidents name as what they were opened for, or joined by."""
    ids = [row.id for row in rows]
    named = select(incident_alerts.c.alert_id).where(
        incident_alerts.c.tenant_id == tx.tenant, incident_alerts.c.alert_id.in_(ids)
    )
    return set(tx.scalars(named))
