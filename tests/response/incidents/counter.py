"""Opening incidents over HTTP, as the tests of the API do it."""

from typing import Any

from httpx import AsyncClient

OPENING = {"title": "Pushes fail", "severity": "high", "affected_services": ["github"]}


async def opened(client: AsyncClient, **more: Any) -> dict[str, Any]:
    answer = await client.post("/incidents", json={**OPENING, **more})
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown
