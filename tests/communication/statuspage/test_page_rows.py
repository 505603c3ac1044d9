"""From rows to files and letters: components, subscriptions, fan-out, rendering."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.detection import ALERTS, CONDITIONS
from tests.support.spine import TENANT, Workshop, workshop
from tocsin.app.ports import ShownOn
from tocsin.communication import statuspage
from tocsin.communication.statuspage import Links, subscriptions
from tocsin.communication.statuspage.fan_out import PORTION
from tocsin.communication.statuspage.subscriptions import Asked
from tocsin.communication.statuspage.wiring import Parts, wire
from tocsin.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.platform.delivery import Claimed, Limits, SendResult
from tocsin.platform.journal import Hint
from tocsin.platform.pagetree import PageTree
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.response import incidents
from tocsin.response.incidents import IncidentDraft, Phase, UpdateDraft
from tocsin.response.incidents.ports import Reach
from tocsin.response.incidents.wiring import wire as wire_incidents

LINKS = Links("a key", "https://example.org")


@dataclass(slots=True)
class MailBox:
    """Takes letters and keeps them."""

    name: str = "mail"
    limits: Limits = field(default_factory=lambda: Limits(at_once=50))
    missing_setting: str | None = None
    letters: list[Claimed] = field(default_factory=list)

    async def send(self, message: Claimed) -> SendResult:
        self.letters.append(message)
        return SendResult("250 taken")

    async def close(self) -> None: ...


class NobodyCounted:
    def audience(self, tx, pages) -> Reach:
        return Reach(tuple(pages))


@dataclass(slots=True)
class Press:
    """A page, its tree, its mail, and the hints it gave."""

    shop: Workshop
    tree: PageTree
    mail: MailBox
    hints: list[Hint]

    def file(self, name: str) -> str:
        current = self.tree.current("main")
        assert current is not None
        return (self.tree.root / "main" / current / name).read_text()

    async def follow(self, address: str) -> str:
        asked = Asked("main", address, "en")
        await self.shop.desk.write(subscriptions.subscribe, asked, LINKS, None)
        await self.shop.settle()
        return self.mail.letters[-1].slots["confirm_url"].rpartition("/")[2]

    async def confirm(self, address: str) -> None:
        token = await self.follow(address)
        who = LINKS.read_confirm(token)
        await self.shop.desk.write(subscriptions.confirm, "main", who)

    async def publish(self, *services: str) -> incidents.Incident:
        draft = IncidentDraft("Pushes fail", Severity.HIGH, affected_services=services)
        opened = await self.shop.desk.write(incidents.open_incident, draft)
        update = UpdateDraft(
            phase=Phase.INVESTIGATING,
            texts={"en": "Pushes **fail** for some.\n\nWe look into it."},
            public=True,
            impacts=dict.fromkeys(services, Status.PARTIAL_OUTAGE),
        )
        await self.shop.desk.write(incidents.post_update, opened.id, update, ShownOn())
        await self.shop.settle()
        return opened


@pytest.fixture
async def press(database_url: str, tmp_path: Path) -> AsyncIterator[Press]:
    mail, tree = MailBox(), PageTree(tmp_path / "pages")
    hints: list[Hint] = []
    parts = Parts(tree, LINKS, lambda: None, hints.append)
    rooms = [
        CONDITIONS,
        ALERTS,
        wire_incidents(ShownOn(), NobodyCounted()),
        wire(parts),
    ]
    async with workshop(database_url, rooms, [mail]) as shop:
        for name in ("github", "slack"):
            draft = ServiceDraft(name, name.title(), Category.ENGINEERING, {"kind": "manual"})
            await shop.desk.write(catalog.declare_service, draft)
        await shop.desk.write(
            statuspage.add_component, "main", statuspage.NewComponent("github", group_name="Code")
        )
        await shop.settle()
        yield Press(shop, tree, mail, hints)


async def test_the_default_page_is_drawn_with_its_components(press):
    assert "Github" in press.file("index.html")
    assert "Slack" not in press.file("index.html")
    assert press.hints[-1].subject == "page:main"


async def test_a_service_stands_on_a_page_once(press):
    with pytest.raises(Conflict, match="already"):
        await press.shop.desk.write(
            statuspage.add_component, "main", statuspage.NewComponent("github")
        )
    with pytest.raises(NotFound):
        await press.shop.desk.write(
            statuspage.add_component, "main", statuspage.NewComponent("nothing")
        )


async def test_a_public_update_is_on_the_page_and_in_every_confirmed_letterbox(press):
    await press.confirm("ann@example.com")
    await press.follow("never.confirmed@example.com")
    press.mail.letters.clear()

    opened = await press.publish("github")

    page = press.file("index.html")
    assert "Pushes fail" in page
    assert "<strong>fail</strong>" in page
    assert opened.reference not in page
    [letter] = press.mail.letters
    assert letter.recipient.address == "ann@example.com"
    assert "Pushes fail for some." in letter.content["text"]
    assert letter.slots["unsubscribe_url"].startswith("https://example.org/status/main/unsub")


async def test_a_long_list_is_told_in_portions_and_nobody_twice(press):
    def many(tx: Tx) -> None:
        for number in range(PORTION + 30):
            asked = Asked("main", f"reader{number}@example.com", "en")
            subscriptions.subscribe(tx, asked, LINKS, None)
            who = statuspage.subscriber_by_address(tx, "main", asked.address)
            assert who is not None
            subscriptions.confirm(tx, "main", who.id)

    await press.shop.desk.write(many)
    await press.shop.settle()
    press.mail.letters.clear()
    await press.publish("github")
    addresses = [letter.recipient.address for letter in press.mail.letters]
    assert len(addresses) == len(set(addresses)) == PORTION + 30


async def test_who_left_hears_nothing_and_may_come_back(press):
    await press.confirm("ann@example.com")
    ann = await press.shop.house.read(statuspage.subscriber_by_address, "main", "ann@example.com")
    await press.shop.desk.write(subscriptions.unsubscribe, "main", ann.id)
    await press.shop.desk.write(subscriptions.unsubscribe, "main", ann.id)
    press.mail.letters.clear()
    await press.publish("github")
    assert press.mail.letters == []

    with pytest.raises(NotFound):  # the link of the first letter
        await press.shop.desk.write(subscriptions.confirm, "main", ann.id)
    press.shop.clock.move(timedelta(minutes=11))
    await press.confirm("ANN@example.com")
    assert len(await press.shop.facts("subscriber.confirmed")) == 2


async def test_asking_again_floods_nobody(press):
    await press.follow("ann@example.com")
    await press.follow("ann@example.com")
    assert len(press.mail.letters) == 1


@pytest.mark.parametrize("address", ["", "ann", "ann@", "@example.com", "ann@host", "a b@x.org"])
async def test_what_cannot_be_an_address_is_refused(press, address):
    with pytest.raises(Invalid, match="e-mail"):
        await press.shop.desk.write(
            subscriptions.subscribe, Asked("main", address, "en"), LINKS, None
        )


async def test_without_mail_nobody_can_subscribe(press):
    with pytest.raises(Unavailable) as refused:
        await press.shop.desk.write(
            subscriptions.subscribe, Asked("main", "ann@example.com", "en"), LINKS, "SMTP_URL"
        )
    assert refused.value.code == "mail_not_configured"


def test_forged_links_open_nothing():
    other = Links("another key", "https://example.org")
    token = other.confirm("main", TENANT).rpartition("/")[2]
    with pytest.raises(NotFound):
        LINKS.read_confirm(token)
    with pytest.raises(NotFound):
        LINKS.read_unsubscribe(LINKS.confirm("main", TENANT).rpartition("/")[2])


async def test_the_page_is_drawn_again_when_its_day_ends(press):
    before = press.tree.current("main")
    await press.shop.pass_time(timedelta(hours=13), step=timedelta(hours=1))
    assert press.tree.current("main") != before
