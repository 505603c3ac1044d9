"""A journey: the whole house in one process, vendors and readers around it, one clock for all.

Nothing sleeps: the clock jumps to whatever is due next, and the test does the work that waits there.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from httpx import ASGITransport, AsyncClient, Response
from pydantic import SecretStr
from sqlalchemy import func, select

from tests.adapters.email.sink import Letter, MailSink, mail_sink
from tests.adapters.webhook.sink import HttpSink, Posted, http_sink
from tocsin.adapters.slack import SlackChannel, Tempo
from tocsin.app.compose import House, compose
from tocsin.app.dispatcher import Dispatcher
from tocsin.app.schema import ensure_schema
from tocsin.app.secret_key import secret_key
from tocsin.app.web import build_app
from tocsin.detection.signals import Checker
from tocsin.kernel.clock import ManualClock
from tocsin.platform.agenda import AgendaRunner, agenda_items
from tocsin.platform.database import Lane, ReadTx, across_tenants
from tocsin.platform.delivery import DeliveryRunner
from tocsin.platform.delivery.tables import deliveries
from tocsin.platform.secrets import Secrets
from tocsin.platform.settings import Settings
from tocsin.registry import identity

PUBLIC_URL = "https://status.example.org"
EMAIL = "operator@example.org"
PASSWORD = "correct horse battery staple"
FEED = "/api/v2/summary.json"
CHAT = "/services/T0/B0/secret"
HOOK = "/hook"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that reached the vendor: when by the journey's clock, and the body it stood for."""

    at: datetime
    path: str
    body: bytes
    status: int


@dataclass
class Vendor:
    """A vendor's server: `page` is what its feed serves, `site` what everything else does."""

    clock: ManualClock
    url: str = ""
    page: bytes = b"{}"
    feed_status: int = 200
    location: str | None = None
    site: str = "Welcome"
    site_status: int = 200
    asked: list[Asked] = field(default_factory=list)

    def shows(self, page: bytes) -> None:
        """Serve this feed from now on, as a vendor does that is well."""
        self.page, self.feed_status, self.location = page, 200, None

    def redirects(self, location: str) -> None:
        """Send whoever asks for the feed elsewhere."""
        self.feed_status, self.location = 302, location

    def polls(self) -> list[Asked]:
        """The requests for the feed, the oldest first."""
        return [one for one in self.asked if one.path == FEED]

    async def handle(self, request: web.Request) -> web.Response:
        if request.path != FEED:
            self._note(request, b"", self.site_status)
            return web.Response(status=self.site_status, text=self.site)
        if self.location is not None:
            self._note(request, b"", self.feed_status)
            return web.Response(status=self.feed_status, headers={"Location": self.location})
        tag = f'"{hashlib.sha256(self.page).hexdigest()[:16]}"'
        status = 304 if request.headers.get("If-None-Match") == tag else self.feed_status
        self._note(request, self.page, status)
        body = b"" if status == 304 else self.page
        return web.Response(status=status, body=body, headers={"ETag": tag})

    def _note(self, request: web.Request, body: bytes, status: int) -> None:
        self.asked.append(Asked(self.clock.now(), request.path, body, status))


@asynccontextmanager
async def vendor_server(clock: ManualClock) -> AsyncIterator[Vendor]:
    """A vendor on a free port of this machine."""
    vendor = Vendor(clock)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", vendor.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    vendor.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield vendor
    finally:
        await runner.cleanup()


@dataclass(slots=True)
class Journey:
    """The house, the world around it, and the people: `stranger`, and `operator` once logged in."""

    house: House
    clock: ManualClock
    agenda: AgendaRunner
    senders: DeliveryRunner
    checker: Checker
    vendor: Vendor
    mail: MailSink
    sink: HttpSink
    stranger: AsyncClient
    operator: AsyncClient

    @property
    def letters(self) -> list[Letter]:
        return self.mail.letters

    async def settle(self) -> None:
        """Do all work and send all messages that are due now."""
        while True:
            due = await self.house.platform.database.read(self.house.context, _due_now)
            done = await self.agenda.run_due(due.lanes) if due.lanes else 0
            done += await self.senders.run_due() if due.messages else 0
            done += await self.checker.run_due()
            if not done:
                return

    async def pass_time(self, by: timedelta, each: Callable[[], Any] | None = None) -> None:
        """Let time pass: stop wherever something is due, do it, then `await each()`."""
        await self.until(self.clock.now() + by, each)

    async def until(self, end: datetime, each: Callable[[], Any] | None = None) -> None:
        """Let time pass up to an instant."""
        while self.clock.now() < end:
            due = await self.house.platform.database.read(self.house.context, _next_due)
            known = [one for one in (due, self.checker.next_due()) if one is not None]
            self.clock.move_to(min([end, *known]))
            await self.settle()
            if each is not None:
                await each()

    async def set_up(self) -> None:
        """Follow the link that the start printed; the operator is logged in afterwards."""
        link = await self.house.platform.database.write(
            self.house.context, identity.setup_link, self.house.identity_settings
        )
        assert link is not None
        token = link.partition("token=")[2]
        body = {"token": token, "email": EMAIL, "name": "Robin", "password": PASSWORD}
        await self._welcome(await self.operator.post("/api/v1/setup", json=body))

    async def log_in(self) -> None:
        """Log the operator in anew, as in a fresh browser."""
        self.operator.cookies.clear()
        self.operator.headers.pop("X-CSRF-Token", None)
        body = {"email": EMAIL, "password": PASSWORD}
        await self._welcome(await self.operator.post("/api/v1/auth/login", json=body))

    async def _welcome(self, answer: Response) -> None:
        assert answer.status_code == 200, answer.text
        self.operator.headers["X-CSRF-Token"] = answer.json()["csrf_token"]

    async def get(self, path: str) -> Any:
        """What the operator reads at a path of the API."""
        answer = await self.operator.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        """What the operator does through the API, and what it answers; then all of it is done."""
        answer = await self.operator.post(f"/api/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        await self.settle()
        return answer.json()

    async def service(self, slug: str = "vendor") -> Any:
        return await self.get(f"/services/{slug}")

    async def alerts(self) -> list[Any]:
        """All alerts, the oldest first."""
        return sorted((await self.get("/alerts"))["items"], key=lambda one: one["raised_at"])

    async def incidents(self) -> list[Any]:
        """All incidents, the oldest first."""
        found = (await self.get("/incidents?limit=200"))["items"]
        return sorted(found, key=lambda one: one["opened_at"])

    async def kinds(self, reference: str) -> list[str]:
        """What an incident's timeline tells, the oldest first."""
        told = (await self.get(f"/incidents/{reference}/timeline"))["items"]
        return [entry["kind"] for entry in told]

    async def page(self) -> Any:
        """The status page as programs read it."""
        answer = await self.stranger.get("/status/main/page.json")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def page_text(self) -> str:
        """The status page as people read it."""
        answer = await self.stranger.get("/status/main")
        assert answer.status_code == 200, answer.text
        return answer.text

    def said_in_slack(self) -> list[str]:
        """The messages that arrived in the chat."""
        return [one.json["text"] for one in self.sink.posted if one.path == CHAT]

    def said_to_programs(self) -> list[Posted]:
        """What arrived at the webhook of `hook`."""
        return [one for one in self.sink.posted if one.path == HOOK]

    async def hook(self) -> str:
        """Add a webhook that hears what webhooks usually hear; return its secret."""
        made = await self.post("/webhooks", {"url": f"{self.sink.url}{HOOK}"}, status=201)
        return str(made["secret"])


@dataclass(frozen=True, slots=True)
class Due:
    """What there is to do."""

    lanes: tuple[Lane, ...]
    messages: bool


def _due_now(tx: ReadTx) -> Due:
    """What is due by now, so that only that is done."""
    item, message = agenda_items.c, deliveries.c
    lanes = select(item.lane).where(item.died_at.is_(None), item.ready_at <= tx.now).distinct()
    waiting = select(func.count()).where(message.state == "pending", message.ready_at <= tx.now)
    found = tx.scalars(across_tenants(lanes))
    return Due(
        tuple(lane for lane in Lane if lane in found), bool(tx.scalar(across_tenants(waiting)))
    )


def _next_due(tx: ReadTx) -> datetime | None:
    """When something becomes due next."""
    item, message = agenda_items.c, deliveries.c
    work = select(func.min(item.ready_at)).where(item.died_at.is_(None), item.ready_at > tx.now)
    sending = select(func.min(message.ready_at)).where(
        message.state == "pending", message.ready_at > tx.now
    )
    found = [tx.scalar(across_tenants(work)), tx.scalar(across_tenants(sending))]
    return min((each for each in found if each is not None), default=None)


@asynccontextmanager
async def journey(
    url: str,
    folder: Path,
    start: datetime,
    services: Callable[[Vendor], list[dict[str, Any]]],
    *,
    page: bytes = b"{}",
    rehearse: bool = False,
    **values: Any,
) -> AsyncIterator[Journey]:
    """Set out: the registry holds `services`, the vendor serves `page`, `values` are settings."""
    clock = ManualClock(start)
    async with vendor_server(clock) as vendor, mail_sink() as mail, http_sink() as sink:
        vendor.shows(page)
        registry = folder / "services.yaml"
        registry.write_text(json.dumps({"services": services(vendor)}))  # JSON is YAML
        settings = Settings(
            _env_file=None,
            PUBLIC_URL=PUBLIC_URL,
            DATA_DIR=folder / "data",
            DATABASE_URL=SecretStr(url),
            SERVICES_FILE=registry,
            SMTP_URL=SecretStr(mail.url),
            MAIL_FROM="Status <status@example.org>",
            SLACK_WEBHOOK_URL=SecretStr(f"{sink.url}{CHAT}"),
            **values,
        )
        ensure_schema(settings.database_url)
        house = compose(settings, clock, rehearse=rehearse)
        quick = SlackChannel(house.client, Secrets(secret_key(settings)), tempo=Tempo(seconds=0))
        house.channels["slack"] = quick
        try:
            async with _running(house, clock, vendor, mail, sink) as running:
                await running.settle()
                yield running
        finally:
            house.platform.database.close()


@asynccontextmanager
async def _running(
    house: House, clock: ManualClock, vendor: Vendor, mail: MailSink, sink: HttpSink
) -> AsyncIterator[Journey]:
    await house.client.start()
    context = await house.prepare()
    await house.wake_rooms()
    database = house.platform.database
    agenda = AgendaRunner(database, house.platform.handlers, context)
    senders = DeliveryRunner(database, list(house.channels.values()), context)
    checker = Checker(house.signals, database)
    app = build_app(house)
    async with _browser(app) as stranger, _browser(app) as operator:
        try:
            yield Journey(
                house, clock, agenda, senders, checker, vendor, mail, sink, stranger, operator
            )
        finally:
            await senders.stop()
            await house.client.stop()


def _browser(app: Dispatcher) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app), base_url=PUBLIC_URL)
