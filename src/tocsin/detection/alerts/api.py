"""Routes of alerts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query

from tocsin.detection import alerts, conditions
from tocsin.detection.alerts.model import Alert, AlertState
from tocsin.detection.alerts.schemas import AlertDetailOut, AlertOut, TellingOut, WhyOut, WhysOut
from tocsin.platform.database import ReadTx
from tocsin.platform.web import Caller, CursorParam, Page, api_router, page_out, requires
from tocsin.registry import catalog, identity

router = api_router(tag="Alerts")


@router.get("/alerts")
async def list_alerts(
    caller: Annotated[Caller, requires("alerts.read")],
    cursor: CursorParam,
    state: AlertState | None = None,
    service: Annotated[str | None, Query(max_length=63)] = None,
) -> Page[AlertOut]:
    """Alerts, newest first."""
    found, names = await caller.read(
        _listed, state, service, cursor.after(datetime, UUID), cursor.fetch
    )
    return page_out(
        found, cursor, lambda one: alert_out(one, names), lambda one: (one.raised_at, one.id)
    )


@router.get("/alerts/{alert_id}")
async def show_alert(
    caller: Annotated[Caller, requires("alerts.read")], alert_id: UUID
) -> AlertDetailOut:
    """One alert, with its why."""
    return await caller.read(_detail, alert_id)


@router.post("/alerts/{alert_id}/acknowledge")
async def acknowledge_alert(
    caller: Annotated[Caller, requires("alerts.acknowledge")], alert_id: UUID
) -> AlertDetailOut:
    """Take an alert; repeating is fine."""
    await caller.write(alerts.acknowledge, alert_id)
    return await caller.read(_detail, alert_id)


@router.get("/services/{service_id}/decisions")
async def why(
    caller: Annotated[Caller, requires("alerts.read")],
    service_id: str,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> WhysOut:
    """Why there was an alert, or none: every decision about a service, newest first."""
    return await caller.read(_why, service_id, limit)


def _why(tx: ReadTx, service_id: str, limit: int) -> WhysOut:
    catalog.service(tx, service_id)
    seen = [
        WhyOut(
            id=kept.id.hex,
            at=kept.decision.at,
            about="condition",
            verdict=kept.decision.verdict,
            sentence=kept.decision.reason,
            decision=conditions.decision_out(kept),
        )
        for kept in conditions.decisions_of(tx, service_id, limit=limit)
    ]
    told = [
        WhyOut(
            id=one.id.hex,
            at=one.at,
            about="alert",
            verdict=one.verdict,
            sentence=one.reason,
            alert_id=one.alert_id.hex,
        )
        for one in alerts.decisions_about(tx, service_id=service_id, limit=limit)
    ]
    newest = sorted((*told, *seen), key=lambda one: one.at, reverse=True)
    return WhysOut(items=newest[:limit])


def _listed(
    tx: ReadTx,
    state: AlertState | None,
    service: str | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> tuple[list[Alert], dict[str, str]]:
    found = alerts.alerts(tx, state=state, service_id=service, before=before, limit=limit)
    return found, _names(tx, found)


def _names(tx: ReadTx, found: list[Alert]) -> dict[str, str]:
    return identity.actor_label(tx, [one.acknowledged_by for one in found if one.acknowledged_by])


def alert_out(one: Alert, names: dict[str, str]) -> AlertOut:
    """An alert on the wire."""
    return AlertOut(**_values(one, names))


def _values(one: Alert, names: dict[str, str]) -> dict[str, object]:
    actor = str(one.acknowledged_by) if one.acknowledged_by else None
    return {
        "id": one.id.hex,
        "service_id": one.service_id,
        "service_name": one.service_name,
        "tier": one.tier,
        "episode": one.episode,
        "status": one.status,
        "worst": one.worst,
        "state": one.state,
        "since": one.since,
        "raised_at": one.raised_at,
        "changed_at": one.changed_at,
        "acknowledged_at": one.acknowledged_at,
        "acknowledged_by": names.get(actor, actor) if actor else None,
        "resolved_at": one.resolved_at,
        "kind": one.kind,
        "title": one.title,
        "severity": one.severity,
        "flapping": one.flapping,
        "told_at": one.told_at,
        "held_by": one.held_by,
        "held_reason": one.held_reason,
        "upstream_id": one.upstream_id,
    }


def _detail(tx: ReadTx, alert_id: UUID) -> AlertDetailOut:
    one = alerts.alert(tx, alert_id)
    kept = conditions.decision(tx, one.decision_id)
    story = [
        conditions.decision_out(each)
        for each in conditions.decisions_of(tx, one.service_id, limit=50)
        if each.decision.episode == one.episode
    ]
    return AlertDetailOut(
        **_values(one, _names(tx, [one])),
        decision=conditions.decision_out(kept) if kept else None,
        decisions=story,
        tellings=[_telling(each) for each in alerts.decisions_about(tx, alert_id=one.id)],
    )


def _telling(one: alerts.AlertDecision) -> TellingOut:
    return TellingOut(
        id=one.id.hex,
        alert_id=one.alert_id.hex,
        at=one.at,
        verdict=one.verdict,
        sentence=one.reason,
    )
