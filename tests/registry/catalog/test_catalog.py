"""Services are declared, edited, archived and come back, with facts and versions."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import insert

from tests.support.spine import TENANT, Workshop
from tocsin.kernel.errors import Conflict, Invalid, LostRace, NotFound
from tocsin.kernel.facts import SYSTEM, Visibility
from tocsin.kernel.ids import new_id
from tocsin.platform.database import Context, Desk
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ManagedBy, ServiceChange, ServiceDraft
from tocsin.registry.catalog.events import OF_SERVICES
from tocsin.registry.catalog.tables import service_dependencies
from tocsin.registry.identity.tables import tenants

MAIL = ServiceDraft("mail", "Mail", Category.PRODUCTIVITY, {"kind": "manual"})
SHOP = ServiceDraft(
    "shop",
    "Our shop",
    Category.SALES,
    {"kind": "web", "url": "https://shop.example"},
    tier=1,
    visibility=Visibility.INTERNAL,
    owner_team="shop-team",
    dependencies=("mail",),
)


async def kinds_of_facts(house: Workshop) -> list[str]:
    return [entry.kind for entry in await house.facts(*OF_SERVICES)]


async def test_a_declared_service_is_in_the_catalog(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    made = await house.desk.write(catalog.declare_service, SHOP)
    assert (made.version, made.managed_by, made.tier) == (1, ManagedBy.PEOPLE, 1)
    assert await house.desk.read(catalog.service, "shop") == made
    assert [one.id for one in await house.desk.read(catalog.services)] == ["mail", "shop"]
    assert made.dependencies == ("mail",)
    assert await house.desk.read(catalog.dependents_of, "mail") == ["shop"]


async def test_facts_of_internal_services_stay_inside(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.declare_service, SHOP)
    mail, shop = await house.facts(*OF_SERVICES)
    assert (mail.subject, mail.visibility) == ("service:mail", Visibility.PUBLIC)
    assert (shop.subject, shop.visibility) == ("service:shop", Visibility.INTERNAL)
    assert shop.payload == {"category": "sales", "tier": 1}


async def test_hiding_a_service_is_the_last_thing_strangers_hear_of_it(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    hide = ServiceChange(visibility=Visibility.INTERNAL)
    await house.desk.write(catalog.edit_service, "mail", hide)
    await house.desk.write(catalog.edit_service, "mail", ServiceChange(tier=3))
    visibilities = [entry.visibility for entry in await house.facts("service.edited")]
    assert visibilities == [Visibility.PUBLIC, Visibility.INTERNAL]


async def test_an_edit_is_a_new_version_and_a_fact_with_the_names_of_its_fields(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    change = ServiceChange(name="Letters", tier=1, owner_team="post")
    edited = await house.desk.write(catalog.edit_service, "mail", change, 1)
    assert (edited.name, edited.tier, edited.owner_team, edited.version) == (
        "Letters",
        1,
        "post",
        2,
    )
    [fact] = await house.facts("service.edited")
    assert fact.payload == {"fields": ["name", "owner_team", "tier"], "version": 2}


async def test_an_edit_that_changes_nothing_is_no_version_and_no_fact(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    same = ServiceChange(name="Mail", tier=2, dependencies=(), source={"kind": "manual"})
    assert (await house.desk.write(catalog.edit_service, "mail", same)).version == 1
    assert await kinds_of_facts(house) == ["service.declared"]


async def test_a_field_can_be_emptied(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.declare_service, SHOP)
    change = ServiceChange(owner_team=None, dependencies=())
    edited = await house.desk.write(catalog.edit_service, "shop", change)
    assert (edited.owner_team, edited.dependencies) == (None, ())


async def test_who_edits_an_old_version_loses_the_race(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.edit_service, "mail", ServiceChange(tier=1), 1)
    with pytest.raises(LostRace):
        await house.desk.write(catalog.edit_service, "mail", ServiceChange(tier=3), 1)
    with pytest.raises(LostRace):
        await house.desk.write(catalog.archive_service, "mail", 1)


async def test_a_bad_id_is_refused(house: Workshop):
    for bad in ("", "Mail", "a b", "ü", "a" * 64, "uptime", "graph", "reload"):
        with pytest.raises(Invalid) as refused:
            await house.desk.write(catalog.declare_service, replace(MAIL, id=bad))
        assert refused.value.errors[0].field == "id", bad


async def test_an_id_is_given_once(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    with pytest.raises(Conflict) as refused:
        await house.desk.write(catalog.declare_service, MAIL)
    assert refused.value.code == "already_exists"


async def test_two_who_declare_the_same_at_once_make_one(house: Workshop):
    outcomes = await asyncio.gather(
        *(house.desk.write(catalog.declare_service, MAIL) for _ in range(8)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, catalog.Service) for one in outcomes) == 1
    assert sum(isinstance(one, Conflict) for one in outcomes) == 7
    assert await kinds_of_facts(house) == ["service.declared"]


async def test_edits_at_once_lose_none(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    changes = [ServiceChange(tier=tier) for tier in (1, 2, 3, 1, 3)]
    changes += [ServiceChange(name=f"Mail {number}") for number in range(5)]
    await asyncio.gather(
        *(house.desk.write(catalog.edit_service, "mail", change) for change in changes)
    )
    facts = await house.facts("service.edited")
    service = await house.desk.read(catalog.service, "mail")
    assert service.version == 1 + len(facts)
    assert sorted(fact.payload["version"] for fact in facts) == list(range(2, service.version + 1))


async def test_unknown_dependencies_are_named_by_their_place(house: Workshop):
    with pytest.raises(Invalid) as refused:
        await house.desk.write(
            catalog.declare_service, replace(SHOP, dependencies=("shop", "ghost"))
        )
    assert [(each.field, each.message) for each in refused.value.errors] == [
        ("dependencies.0", "a service cannot depend on itself"),
        ("dependencies.1", "there is no service “ghost”"),
    ]


async def test_a_dependency_that_closes_a_cycle_is_refused_with_its_way(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.declare_service, SHOP)
    till = replace(SHOP, id="till", dependencies=("mail", "shop"))
    await house.desk.write(catalog.declare_service, till)
    with pytest.raises(Invalid) as refused:
        await house.desk.write(catalog.edit_service, "mail", ServiceChange(dependencies=("till",)))
    assert refused.value.code == "dependency_cycle"
    assert [(each.field, each.message) for each in refused.value.errors] == [
        ("dependencies.0", "services would need each other in a cycle: mail → till → mail")
    ]
    with pytest.raises(Invalid, match="mail → shop → mail"):
        await house.desk.write(catalog.edit_service, "mail", ServiceChange(dependencies=("shop",)))
    assert (await house.desk.read(catalog.service, "mail")).dependencies == ()


async def test_a_service_that_comes_back_closes_no_cycle_either(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.declare_service, SHOP)
    await house.desk.write(catalog.archive_service, "mail")
    with pytest.raises(Invalid, match="mail → shop → mail"):
        await house.desk.write(catalog.declare_service, replace(MAIL, dependencies=("shop",)))
    assert (await house.desk.write(catalog.declare_service, MAIL)).dependencies == ()


async def test_a_cycle_from_before_stays_and_can_be_left(house: Workshop):
    await stand_in_a_cycle(house)
    named = ServiceChange(name="Post", dependencies=("shop",))
    kept = await house.desk.write(catalog.edit_service, "mail", named)
    assert (kept.name, kept.dependencies) == ("Post", ("shop",))
    await house.desk.write(catalog.declare_service, replace(MAIL, id="till"))
    more = ServiceChange(dependencies=("shop", "till"))
    assert (await house.desk.write(catalog.edit_service, "mail", more)).dependencies == (
        "shop",
        "till",
    )
    free = ServiceChange(dependencies=("till",))
    assert (await house.desk.write(catalog.edit_service, "mail", free)).dependencies == ("till",)
    with pytest.raises(Invalid, match="mail → shop → mail"):
        await house.desk.write(catalog.edit_service, "mail", ServiceChange(dependencies=("shop",)))


@pytest.mark.parametrize("length", [2, 3, 6])
async def test_of_those_who_close_a_cycle_at_once_one_is_refused(house: Workshop, length: int):
    names = [f"s-{number}" for number in range(length)]
    for name in names:
        await house.desk.write(catalog.declare_service, replace(MAIL, id=name))
    edits = [
        house.desk.write(
            catalog.edit_service, name, ServiceChange(dependencies=(names[(n + 1) % length],))
        )
        for n, name in enumerate(names)
    ]
    done = await asyncio.gather(*edits, return_exceptions=True)
    refused = [one for one in done if isinstance(one, BaseException)]
    assert [getattr(one, "code", one) for one in refused] == ["dependency_cycle"]


async def stand_in_a_cycle(house: Workshop) -> None:
    """Mail and shop need each other, as a database from before may hold them."""
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.declare_service, SHOP)
    edge = {"service_id": "mail", "depends_on": "shop"}
    await house.desk.write(
        lambda tx: tx.execute(insert(service_dependencies).values(tenant_id=tx.tenant, **edge))
    )


async def test_an_archived_service_is_hidden_everywhere(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.declare_service, SHOP)
    await house.desk.write(catalog.archive_service, "mail")
    with pytest.raises(NotFound):
        await house.desk.read(catalog.service, "mail")
    assert [one.id for one in await house.desk.read(catalog.services)] == ["shop"]
    assert (await house.desk.read(catalog.service, "shop")).dependencies == ()
    with pytest.raises(Invalid):
        await house.desk.read(catalog.require_services, ["shop", "mail"])
    with pytest.raises(NotFound):
        await house.desk.write(catalog.archive_service, "mail")


async def test_an_archived_service_comes_back_under_its_id_as_described(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    await house.desk.write(catalog.declare_service, SHOP)
    await house.desk.write(catalog.archive_service, "mail")
    back = await house.desk.write(catalog.declare_service, replace(MAIL, name="Post"))
    assert (back.name, back.version, back.archived_at) == ("Post", 3, None)
    assert (await house.desk.read(catalog.service, "shop")).dependencies == ("mail",)
    assert (await kinds_of_facts(house))[-1] == "service.restored"


async def test_another_tenant_has_a_catalog_of_its_own(house: Workshop):
    await house.desk.write(catalog.declare_service, MAIL)
    other = Context(new_id(), SYSTEM)
    row = {"id": other.tenant, "slug": "other", "name": "Other", "created_at": house.clock.now()}
    await house.house.write(lambda tx: tx.execute(insert(tenants).values(row)))
    assert other.tenant != TENANT
    desk = Desk(house.database, other)
    with pytest.raises(NotFound):
        await desk.read(catalog.service, "mail")
    assert (await desk.write(catalog.declare_service, MAIL)).version == 1
    await desk.write(catalog.archive_service, "mail")
    assert (await house.desk.read(catalog.service, "mail")).version == 1
