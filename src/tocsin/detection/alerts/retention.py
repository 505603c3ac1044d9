"""What alerts still need of other rooms' old rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from tocsin.detection.alerts.model import AlertState
from tocsin.detection.alerts.tables import alerts
from tocsin.kernel.facts import id_of, noun_of, subject_of
from tocsin.platform.database import ReadTx


def named_decisions(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[UUID]:
    """The decisions that alerts name as their why."""
    ids = [row.id for row in rows]
    named = select(alerts.c.decision_id).where(
        alerts.c.tenant_id == tx.tenant, alerts.c.decision_id.in_(ids)
    )
    return set(tx.scalars(named))


def facts_of_open_alerts(tx: ReadTx, rows: Sequence[Row[Any]]) -> set[UUID]:
    """The facts of alerts that are not resolved, and of the services that these are about."""
    threads = {row.thread for row in rows}
    ids = {UUID(id_of(each)) for each in threads if noun_of(each) == "alert"}
    services = {id_of(each) for each in threads if noun_of(each) == "service"}
    found = tx.all(
        select(alerts.c.id, alerts.c.service_id).where(
            alerts.c.tenant_id == tx.tenant,
            alerts.c.state != AlertState.RESOLVED.value,
            alerts.c.id.in_(ids) | alerts.c.service_id.in_(services),
        )
    )
    still_open = {subject_of("alert", row.id) for row in found}
    still_open |= {subject_of("service", row.service_id) for row in found}
    return {row.id for row in rows if row.thread in still_open}
