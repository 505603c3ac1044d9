"""One alert per episode: raised once, changed as it goes, acknowledged by people."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from tests.support.detection import ALERTS
from tests.support.spine import START, Workshop, workshop
from tocsin.detection import alerts
from tocsin.kernel.errors import IllegalTransition, NotFound
from tocsin.kernel.facts import Fact, subject_of
from tocsin.kernel.status import Status
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Workshop]:
    async with workshop(database_url, [ALERTS]) as shop:
        draft = ServiceDraft("github", "GitHub", Category.ENGINEERING, {"kind": "manual"}, tier=1)
        await shop.desk.write(catalog.declare_service, draft)
        yield shop


async def tell(house: Workshop, kind: str, status: Status, episode: int = 1) -> None:
    payload = {
        "status": status.value,
        "episode": episode,
        "since": START.isoformat(),
        "decision": uuid4().hex,
    }
    fact = Fact(f"condition.{kind}", subject_of("service", "github"), payload)
    await house.house.write(lambda tx: tx.record(fact))
    await house.settle()


async def test_a_worsening_changes_the_episodes_alert(house):
    await tell(house, "confirmed", Status.DEGRADED)
    await tell(house, "confirmed", Status.MAJOR_OUTAGE)
    await tell(house, "improved", Status.PARTIAL_OUTAGE)
    (one,) = await house.house.read(alerts.alerts_of, "github")
    assert (one.status, one.worst) == (Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE)
    changes = await house.facts("alert.changed")
    assert [fact.payload["sends"] for fact in changes] == [True, False]


async def test_the_next_episode_is_another_alert(house):
    await tell(house, "confirmed", Status.DEGRADED)
    await tell(house, "recovered", Status.OPERATIONAL)
    await tell(house, "confirmed", Status.DEGRADED, episode=2)
    found = await house.house.read(alerts.alerts_of, "github")
    assert [(one.episode, one.is_open) for one in found] == [(2, True), (1, False)]


async def test_a_late_recovery_of_an_older_episode_ends_nothing(house):
    await tell(house, "confirmed", Status.DEGRADED, episode=2)
    await tell(house, "recovered", Status.OPERATIONAL, episode=1)
    (one,) = await house.house.read(alerts.alerts_of, "github")
    assert one.is_open


async def test_acknowledging_twice_is_one_fact(house):
    await tell(house, "confirmed", Status.DEGRADED)
    (one,) = await house.house.read(alerts.alerts_of, "github")
    first = await house.desk.write(alerts.acknowledge, one.id)
    again = await house.desk.write(alerts.acknowledge, one.id)
    assert first.acknowledged_at == again.acknowledged_at is not None
    assert len(await house.facts("alert.acknowledged")) == 1


async def test_what_is_resolved_or_unknown_cannot_be_acknowledged(house):
    await tell(house, "confirmed", Status.DEGRADED)
    await tell(house, "recovered", Status.OPERATIONAL)
    (one,) = await house.house.read(alerts.alerts_of, "github")
    with pytest.raises(IllegalTransition, match="resolved"):
        await house.desk.write(alerts.acknowledge, one.id)
    with pytest.raises(NotFound):
        await house.desk.write(alerts.acknowledge, uuid4())
