"""A booth of channels over real tables, whose ways out are postboxes; facts arrive by hand."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from tests.platform.delivery.postbox import Postbox, rows
from tests.support.detection import ALERTS
from tests.support.front import Front, front
from tests.support.spine import TENANT, Workshop
from tocsin.communication import stakeholders
from tocsin.communication.stakeholders import Channel, ChannelKind, Receives, StakeholderSettings
from tocsin.communication.stakeholders.verbs import ChannelDraft, add_channel
from tocsin.communication.stakeholders.wiring import wire
from tocsin.detection.conditions.model import Decision, Verdict
from tocsin.detection.conditions.tables import condition_decisions
from tocsin.kernel.facts import Entry, Fact, subject_of
from tocsin.kernel.ids import new_id
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.delivery import Claimed, Delivery
from tocsin.platform.delivery.wiring import WIRING as DELIVERIES
from tocsin.platform.history.wiring import WIRING as HISTORY
from tocsin.platform.secrets import Destination, Secrets, open_destination
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.response import incidents
from tocsin.response.incidents import Incident, IncidentDraft, Phase, UpdateDraft
from tocsin.response.incidents.ports import Reach
from tocsin.response.incidents.wiring import wire as wire_incidents

PUBLIC_URL = "https://status.example.org"
SLACK_URL = "https://hooks.example.org/services/T0/B0/token"
POLLER_URL = "https://pollers.example.org/services/T0/B1/token"
SECRETS = Secrets("the secret key of the tests")
REASON = "GitHub reports a major outage in 3 polls in a row <!channel> & more."
SERVICES = {"github": 1, "zoom": 3}


class NoPages:
    """Status pages are another room's story."""

    def default_pages(self, tx: ReadTx, service_ids: Collection[str]) -> list[str]:
        return ["main"]

    def unknown_pages(self, tx: ReadTx, slugs: Collection[str]) -> list[str]:
        return []

    def audience(self, tx: ReadTx, pages: Collection[str]) -> Reach:
        return Reach(tuple(pages))


PAGES = NoPages()


@dataclass(slots=True)
class Booth:
    """The words of these stories."""

    front: Front
    settings: StakeholderSettings
    boxes: dict[str, Postbox] = field(default_factory=dict)

    @property
    def shop(self) -> Workshop:
        return self.front.house

    async def add(self, kind: ChannelKind, place: str, *receives: Receives, **more: Any) -> Channel:
        if kind is ChannelKind.WEBHOOK:
            more.setdefault("signing_secret", "whsec_c2VjcmV0")
        draft = ChannelDraft(kind, place, receives=receives or None, **more)
        return await self.shop.desk.write(add_channel, draft, SECRETS)

    async def channels(self) -> list[Channel]:
        return await self.shop.desk.read(stakeholders.channels, self.settings)

    async def record(self, fact: Fact) -> Entry:
        entry = await self.shop.house.write(lambda tx: tx.record(fact))
        await self.shop.settle()
        return entry

    async def confirms(self, service: str, status: Status, episode: int = 1) -> None:
        """Conditions confirmed a worsening, for a reason that they keep."""
        await self._condition("condition.confirmed", service, status, episode)

    async def improves(self, service: str, status: Status, episode: int = 1) -> None:
        await self._condition("condition.improved", service, status, episode)

    async def recovers(self, service: str, episode: int = 1) -> None:
        await self._condition("condition.recovered", service, Status.OPERATIONAL, episode)

    async def poller(self, kind: str, service: str = "github") -> None:
        payload = {"source": new_id().hex, "kind": "statuspage", "failures": 3}
        await self.record(Fact(f"signal.poller_{kind}", subject_of("service", service), payload))

    async def loses(self, components: int, service: str = "github") -> None:
        payload = {"source": new_id().hex, "kind": "statuspage", "components": components}
        fact = Fact("signal.components_vanished", subject_of("service", service), payload)
        await self.record(fact)

    async def opens(self, *services: str) -> Incident:
        draft = IncidentDraft("Pushes fail", Severity.HIGH, affected_services=services)
        opened = await self.shop.desk.write(incidents.open_incident, draft)
        await self.shop.settle()
        return opened

    async def says(self, found: Incident, text: str, **more: Any) -> None:
        values = {"phase": Phase.INVESTIGATING, "texts": {"en": text}, "public": True, **more}
        write = self.shop.desk.write
        await write(incidents.post_update, found.id, UpdateDraft(**values), PAGES, None)
        await self.shop.settle()

    async def sent(self) -> list[Delivery]:
        return await rows(self.shop)

    def taken(self, kind: str) -> list[Claimed]:
        """What the sender of a kind was given, in order."""
        return self.boxes[kind].sent

    def leads_to(self, message: Claimed) -> Destination:
        return open_destination(SECRETS, message.recipient.sealed)

    async def _condition(self, kind: str, service: str, status: Status, episode: int) -> None:
        decision = new_id()
        await self.shop.house.write(_keep, decision, service, status)
        payload = {
            "status": status.value,
            "previous": "operational",
            "since": self.shop.clock.now().isoformat(),
            "episode": episode,
            "decision": decision.hex,
        }
        await self.record(Fact(kind, subject_of("service", service), payload))


def _keep(tx: Tx, decision: UUID, service: str, status: Status) -> None:
    up = Status.OPERATIONAL
    kept = Decision(Verdict.CONFIRMED, tx.now, status, up, status, status, REASON)
    tx.execute(
        insert(condition_decisions).values(
            id=decision,
            tenant_id=TENANT,
            service_id=service,
            at=tx.now,
            verdict=kept.verdict.value,
            episode=1,
            decision=kept.to_json(),
        )
    )


@asynccontextmanager
async def open_booth(url: str, **named: Any) -> AsyncIterator[Booth]:
    """A booth with two services; `named` are the Slack webhooks of the environment."""
    settings = StakeholderSettings(public_url=PUBLIC_URL, **named)
    boxes = {kind.value: Postbox(kind.value) for kind in ChannelKind}
    wirings = [
        ALERTS,
        wire_incidents(PAGES, PAGES),
        wire(settings, SECRETS),
        DELIVERIES,
        HISTORY,
    ]
    async with front(url, wirings, channels=list(boxes.values())) as found:
        for service, tier in SERVICES.items():
            name = {"github": "GitHub"}.get(service, service.title())
            draft = ServiceDraft(service, name, Category.ENGINEERING, {"kind": "manual"}, tier=tier)
            await found.house.house.write(catalog.declare_service, draft)
        await found.house.settle()
        yield Booth(found, settings, boxes)
