"""What surrounds the product in these tests: vendors, a Slack webhook and a mail server, all on loopback."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.adapters.email.sink import Letter, MailSink, mail_sink

UPDATED = "2026-01-01T00:00:00.000Z"
VENDORS = {
    "gitfold": ("Git operations", "API requests"),
    "mailgrove": ("Sending", "Receiving"),
}


@dataclass
class Neighbours:
    """`down` names the vendors whose first component is out; `slack` keeps what was posted."""

    base: str = ""
    mail: MailSink = field(default_factory=MailSink)
    slack: list[dict[str, Any]] = field(default_factory=list)
    down: set[str] = field(default_factory=set)

    @property
    def slack_url(self) -> str:
        return f"{self.base}/slack/services/T0/B0/first-light"

    def letters_to(self, recipient: str) -> list[Letter]:
        return [letter for letter in self.mail.letters if letter.recipient == recipient]

    def summary(self, vendor: str) -> dict[str, Any]:
        """The vendor's `/api/v2/summary.json` as it is now."""
        out = vendor in self.down
        components = [
            {
                "id": f"{vendor}-{place}",
                "name": name,
                "status": "major_outage" if out and place == 0 else "operational",
                "position": place,
                "group": False,
                "group_id": None,
            }
            for place, name in enumerate(VENDORS[vendor])
        ]
        return {
            "page": {
                "id": vendor,
                "name": vendor.capitalize(),
                "url": f"{self.base}/{vendor}",
                "updated_at": UPDATED,
            },
            "status": {"indicator": "major" if out else "none", "description": ""},
            "components": components,
            "incidents": [],
            "scheduled_maintenances": [],
        }


def _app(neighbours: Neighbours) -> web.Application:
    async def summary(request: web.Request) -> web.Response:
        vendor = request.match_info["vendor"]
        if vendor not in VENDORS:
            raise web.HTTPNotFound
        return web.json_response(neighbours.summary(vendor))

    async def website(_: web.Request) -> web.Response:
        return web.Response(text="Welcome to the shop.")

    async def slack(request: web.Request) -> web.Response:
        neighbours.slack.append(await request.json())
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_get("/{vendor}/api/v2/summary.json", summary)
    app.router.add_get("/website", website)
    app.router.add_post("/slack/{rest:.*}", slack)
    return app


async def _move_in(neighbours: Neighbours, stack: AsyncExitStack) -> None:
    runner = web.AppRunner(_app(neighbours), access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    neighbours.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    neighbours.mail = await stack.enter_async_context(mail_sink())


@contextmanager
def neighbourhood() -> Iterator[Neighbours]:
    """Everybody around, on a thread of their own."""
    neighbours, stack = Neighbours(), AsyncExitStack()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(_move_in(neighbours, stack), loop).result(10)
        yield neighbours
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
