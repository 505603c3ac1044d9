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
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.response.incidents import verbs
from tocsin.response.incidents.queries.opening import opening_rule
from tocsin.response.incidents.rules import OpeningRule, SeverityRule, Trouble, classify

PARTIAL = Status.PARTIAL_OUTAGE
NONE: dict[str, str | None] = {"major_outage": None, "partial_outage": None, "degraded": None}
PATH = "/settings/opening-rule"


def tiers(**given: dict[str, str | None]) -> dict[str, Any]:
    return {f"tier_{number}": {**NONE, **given.get(f"tier_{number}", {})} for number in (1, 2, 3)}


MAJOR = Status.MAJOR_OUTAGE
RULE = {"status_at_least": "partial_outage", "severity": "high", "min_dependents": 2}


async def test_only_a_major_outage_of_tier_1_opens_one_at_first(responder: AsyncClient):
    shown = (await responder.get(PATH)).json()
    assert shown["tiers"] == tiers(tier_1={"major_outage": "critical"})
    assert (shown["version"], shown["updated_at"], shown["rules"]) == (0, None, [])


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


ORDERED = OpeningRule(
    {(1, MAJOR): Severity.CRITICAL},
    rules=(
        SeverityRule(PARTIAL, None, tiers=(3,)),
        SeverityRule(PARTIAL, Severity.CRITICAL, min_dependents=3),
        SeverityRule(Status.DEGRADED, Severity.LOW, (1, 2), categories=(Category.HR,)),
    ),
)


@pytest.mark.parametrize(
    ("trouble", "severity", "reason"),
    [
        (Trouble(MAJOR, 3, 12), None, "no incident: rule 1, major outage of a tier 3 service"),
        (
            Trouble(MAJOR, 1, 12),
            Severity.CRITICAL,
            "critical: rule 2, major outage of a tier 1 service with 12 dependents",
        ),
        (
            Trouble(Status.DEGRADED, 2, 12, Category.HR),
            Severity.LOW,
            "low: rule 3, degraded of a tier 2 service in hr",
        ),
        (
            Trouble(MAJOR, 1, 2),
            Severity.CRITICAL,
            "critical: table, major outage of a tier 1 service",
        ),
        (Trouble(PARTIAL, 1, 2), None, "Partial outage of a tier 1 service opens no incident."),
        (Trouble(Status.UNKNOWN, 1, 50), None, "Unknown of a tier 1 service opens no incident."),
    ],
)
def test_the_first_rule_that_fits_decides_before_the_table(
    trouble: Trouble, severity: Severity | None, reason: str
):
    found = classify(trouble, ORDERED)
    assert (found.severity, found.reason) == (severity, reason)


async def test_ordered_rules_are_kept_beside_the_table(door: Front):
    admin = await door.as_role("admin")
    put = await admin.put(PATH, json={"tiers": tiers(), "rules": [RULE]})
    full = {**RULE, "tiers": [], "categories": []}
    assert (put.json()["rules"], put.json()["version"]) == ([full], 1)
    again = await admin.put(PATH, json={"tiers": tiers()})
    assert (again.json()["rules"], again.json()["version"]) == ([full], 1)
    assert (await admin.put(PATH, json=again.json())).json()["version"] == 1
    fewer = await admin.put(PATH, json={"tiers": tiers(), "rules": []})
    assert (fewer.json()["rules"], fewer.json()["version"]) == ([], 2)
    facts = await door.house.house.read(
        lambda tx: recent_entries(tx, subject="setting:opening-rule")
    )
    assert facts[-1].payload["after"]["rules"] == [full]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status_at_least": "operational"}, "rules[0].status_at_least"),
        ({"tiers": [4]}, "rules[0].tiers[0]"),
        ({"min_dependents": 0}, "rules[0].min_dependents"),
        ({"categories": ["toys"]}, "rules[0].categories[0]"),
    ],
)
async def test_a_wrong_rule_is_named(door: Front, change: dict[str, Any], field: str):
    admin = await door.as_role("admin")
    answer = await admin.put(PATH, json={"tiers": tiers(), "rules": [{**RULE, **change}]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_dependents_decide_and_the_incident_says_so(desk: Desk):
    for name in ("first", "second"):
        draft = ServiceDraft(
            name, name, Category.HR, {"kind": "manual"}, tier=3, dependencies=("zoom",)
        )
        await desk.shop.house.write(catalog.declare_service, draft)
    ordered = (SeverityRule(PARTIAL, Severity.HIGH, min_dependents=2),)
    await desk.shop.desk.write(verbs.set_opening_rule, {}, None, ordered)
    await desk.confirms("zoom", PARTIAL)
    await desk.confirms("slack", PARTIAL)
    [opened] = await desk.all()
    reason = "high: rule 1, partial outage of a tier 2 service with 2 dependents"
    assert (opened.severity, opened.severity_reason) == (Severity.HIGH, reason)
    edit = verbs.Change({"severity": Severity.LOW})
    await desk.run(verbs.edit, opened, edit)
    assert (await desk.again(opened)).severity_reason is None


async def test_a_rule_may_say_that_none_is_opened(desk: Desk):
    ordered = (SeverityRule(Status.DEGRADED, None, tiers=(1,)),)
    table = {(1, MAJOR): Severity.CRITICAL}
    await desk.shop.desk.write(verbs.set_opening_rule, table, None, ordered)
    await desk.confirms("github", MAJOR)
    assert await desk.all() == []
    [kept] = await desk.kept("incident.not_opened")
    assert kept.payload["number"] == 1
