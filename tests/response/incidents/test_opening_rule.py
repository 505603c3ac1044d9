"""The table that says which confirmed trouble opens an incident, over HTTP and at work."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.response.incidents.desk import Desk
from tests.support.front import Front
from tocsin.kernel.errors import LostRace
from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.journal import recent_entries
from tocsin.response.incidents import verbs
from tocsin.response.incidents.queries.opening import opening_rule

PARTIAL = Status.PARTIAL_OUTAGE
NONE: dict[str, str | None] = {"major_outage": None, "partial_outage": None, "degraded": None}
PATH = "/settings/opening-rule"


def tiers(**given: dict[str, str | None]) -> dict[str, Any]:
    return {f"tier_{number}": {**NONE, **given.get(f"tier_{number}", {})} for number in (1, 2, 3)}


async def test_only_a_major_outage_of_tier_1_opens_one_at_first(responder: AsyncClient):
    shown = (await responder.get(PATH)).json()
    assert shown["tiers"] == tiers(tier_1={"major_outage": "critical"})
    assert (shown["version"], shown["updated_at"]) == (0, None)


async def test_an_admin_replaces_the_table(door: Front):
    admin = await door.as_role("admin")
    wanted = tiers(tier_1={"major_outage": "critical", "partial_outage": "high"})
    put = await admin.put(PATH, json={"tiers": wanted})
    assert put.status_code == 200, put.text
    assert (put.json()["tiers"], put.json()["version"]) == (wanted, 1)
    assert (await admin.put(PATH, json=put.json())).json()["version"] == 1
    [fact] = await door.house.house.read(
        lambda tx: recent_entries(tx, subject="setting:opening-rule")
    )
    assert fact.kind == "incident.opening_rule_changed"
    assert fact.payload["after"]["1.partial_outage"] == "high"


async def test_others_read_it_and_wrong_values_are_named(door: Front, responder: AsyncClient):
    assert (await responder.put(PATH, json={"tiers": tiers()})).status_code == 403
    admin = await door.as_role("admin")
    wrong = await admin.put(PATH, json={"tiers": tiers(tier_2={"degraded": "huge"})})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "tiers.tier_2.degraded"
    newer = await admin.put(PATH, json={"tiers": tiers(), "version": 7})
    assert newer.json()["errors"][0]["field"] == "version"


async def test_the_table_decides_from_then_on(desk: Desk):
    await desk.confirms("github", PARTIAL)
    assert await desk.all() == []
    table = {(1, PARTIAL): Severity.MEDIUM}
    await desk.shop.desk.write(verbs.set_opening_rule, table)
    await desk.confirms("slack", PARTIAL)
    [opened] = await desk.all()
    assert (opened.affected_services, opened.severity) == (("slack",), Severity.MEDIUM)


async def test_trouble_that_opens_none_keeps_why(desk: Desk):
    await desk.confirms("zoom", Status.MAJOR_OUTAGE)
    [kept] = await desk.kept("incident.not_opened")
    assert dict(kept.payload) == {
        "rule": "default",
        "service_id": "zoom",
        "tier": 2,
        "status": "major_outage",
    }


async def test_of_two_changes_from_one_version_one_is_lost(desk: Desk):
    await desk.shop.desk.write(verbs.set_opening_rule, {}, 0)
    with pytest.raises(LostRace):
        await desk.shop.desk.write(verbs.set_opening_rule, {(1, PARTIAL): Severity.LOW}, 0)
    rule = await desk.shop.desk.read(opening_rule)
    assert (dict(rule.table), rule.version) == ({}, 1)
