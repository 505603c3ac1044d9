"""A simulated vendor: real status pages on loopback that go through trouble and out of it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

CALM_SECONDS = 75
ACT_SECONDS = 60
UPDATED = "2026-01-01T00:00:00.000Z"

_ACTS: tuple[tuple[str, str, str], ...] = (
    ("investigating", "major_outage", "Requests to the API fail"),
    ("identified", "partial_outage", "Requests to the API fail"),
    ("monitoring", "degraded_performance", "Requests to the API fail"),
)

COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "brightline": ("Edge network", "DNS", "Dashboard"),
    "gitfold": ("Git operations", "API requests", "Webhooks", "Pages"),
    "mailgrove": ("Sending", "Receiving", "Event log"),
    "huddleway": ("Messages", "Calls"),
    "keyward": ("Sign-in", "Directory sync"),
}
TROUBLED = ("gitfold", "API requests")


@dataclass(frozen=True, slots=True)
class Vendor:
    """All the demo's vendors; `began` is when the play starts over from calm."""

    began: datetime

    def summary(self, name: str, base: str, now: datetime) -> dict[str, Any]:
        """One vendor's `/api/v2/summary.json` at this moment."""
        act = self._act(now) if name == TROUBLED[0] else None
        components = [
            self._component(name, number, title, act)
            for number, title in enumerate(COMPONENTS[name])
        ]
        return {
            "page": {"id": name, "name": name.capitalize(), "url": base, "updated_at": UPDATED},
            "status": {"indicator": "major" if act else "none", "description": ""},
            "components": components,
            "incidents": [self._incident(name, act)] if act else [],
            "scheduled_maintenances": [],
        }

    def _act(self, now: datetime) -> tuple[str, str, str] | None:
        into = (now - self.began).total_seconds() % (CALM_SECONDS + ACT_SECONDS * len(_ACTS))
        if into < CALM_SECONDS:
            return None
        return _ACTS[int((into - CALM_SECONDS) // ACT_SECONDS)]

    def _component(
        self, vendor: str, number: int, title: str, act: tuple[str, str, str] | None
    ) -> dict[str, Any]:
        hit = act is not None and title == TROUBLED[1]
        return {
            "id": f"{vendor}-{number}",
            "name": title,
            "status": act[1] if act is not None and hit else "operational",
            "position": number,
            "group": False,
            "group_id": None,
        }

    def _incident(self, vendor: str, act: tuple[str, str, str]) -> dict[str, Any]:
        number = COMPONENTS[vendor].index(TROUBLED[1])
        return {
            "id": "simulated",
            "name": act[2],
            "status": act[0],
            "impact": "major",
            "started_at": UPDATED,
            "components": [{"id": f"{vendor}-{number}", "name": TROUBLED[1]}],
            "incident_updates": [],
        }


async def serve_vendor() -> tuple[web.AppRunner, str]:
    """Serve every vendor on a free loopback port; returns the runner and its base address."""
    vendor = Vendor(datetime.now(UTC))

    async def summary(request: web.Request) -> web.Response:
        name = request.match_info["vendor"]
        if name not in COMPONENTS:
            raise web.HTTPNotFound
        base = f"{request.scheme}://{request.host}/{name}"
        return web.json_response(vendor.summary(name, base, datetime.now(UTC)))

    async def website(_: web.Request) -> web.Response:
        return web.Response(text="All good here.")

    app = web.Application()
    app.router.add_get("/{vendor}/api/v2/summary.json", summary)
    app.router.add_get("/website", website)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    return runner, f"http://127.0.0.1:{port}"
