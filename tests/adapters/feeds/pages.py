"""Small status pages, written for these tests."""

from typing import Any


def component(identity: str, status: str = "operational", **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "name": more.pop("name", identity.title()),
        "status": status,
        "group": False,
        "group_id": None,
        "updated_at": "2026-11-20T10:00:00.000Z",
    } | more


def group(identity: str, name: str, status: str = "operational") -> dict[str, Any]:
    return component(identity, status, name=name, group=True)


def incident(identity: str, impact: str, *touching: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "name": f"Trouble {identity}",
        "impact": impact,
        "status": "investigating",
        "shortlink": f"https://stspg.example/{identity}",
        "started_at": "2026-11-20T10:00:00.000Z",
        "updated_at": "2026-11-20T10:00:00.000Z",
        "incident_updates": [],
        "components": [component(one) for one in touching],
    } | more


def maintenance(identity: str, status: str, *touching: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "name": f"Work {identity}",
        "impact": "maintenance",
        "status": status,
        "scheduled_for": "2026-11-20T22:00:00.000Z",
        "scheduled_until": "2026-11-20T23:30:00.000Z",
        "components": [component(one) for one in touching],
    } | more


def summary(
    components: list[dict[str, Any]] | None,
    incidents: list[dict[str, Any]] | None = None,
    maintenances: list[dict[str, Any]] | None = None,
    indicator: str = "none",
) -> dict[str, Any]:
    return {
        "page": {
            "id": "p",
            "name": "Example",
            "url": "https://status.example.com",
            "updated_at": "2026-11-20T10:00:00.000Z",
        },
        "components": components,
        "incidents": incidents,
        "scheduled_maintenances": maintenances,
        "status": {"indicator": indicator, "description": "whatever"},
    }
