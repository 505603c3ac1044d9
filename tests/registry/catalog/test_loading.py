"""The registry file and the catalog: the file wins, and what leaves it is archived."""

from pathlib import Path

import pytest
from sqlalchemy import insert

from tests.support.spine import Workshop
from tocsin.kernel.errors import Conflict
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ManagedBy, ServiceChange, ServiceDraft, queries
from tocsin.registry.catalog.events import OF_SERVICES
from tocsin.registry.catalog.tables import service_dependencies

MAIL = ServiceDraft("mail", "Mail", Category.PRODUCTIVITY, {"kind": "manual"})


def write(file: Path, **services: str) -> None:
    rows = "".join(
        f"- {{id: {name}, category: hr, source: {{kind: manual}}, {fields}}}\n"
        for name, fields in services.items()
    )
    file.write_text(f"services:\n{rows}" if rows else "services: []\n")


def remove(file: Path) -> None:
    file.unlink()


def spoil(file: Path) -> None:
    file.write_text(
        "services:\n- id: shop\n  name: Shop\n  category: nonsense\n"
        "  source: {kind: manual}\n  tier: 7\n"
    )


async def reload(house: Workshop) -> None:
    await house.house.write(catalog.request_reload)
    await house.settle()


async def ids(house: Workshop) -> list[str]:
    return [one.id for one in await house.desk.read(catalog.services)]


async def test_the_file_is_read_when_a_worker_starts(house: Workshop, registry: Path):
    write(registry, mail="name: Mail", shop="name: Shop, dependencies: [mail], tier: 1")
    await house.settle()
    shop = await house.desk.read(catalog.service, "shop")
    assert (shop.managed_by, shop.tier, shop.dependencies) == (ManagedBy.FILE, 1, ("mail",))
    [fact] = await house.facts("registry.loaded")
    assert fact.payload == {"declared": 2, "edited": 0, "archived": 0, "unchanged": 0}


async def test_reading_the_same_file_again_changes_nothing(house: Workshop, registry: Path):
    write(registry, mail="name: Mail", shop="name: Shop, dependencies: [mail]")
    await house.settle()
    before = await house.desk.read(catalog.services)
    await reload(house)
    assert await house.desk.read(catalog.services) == before
    assert len(await house.facts("registry.loaded", *OF_SERVICES)) == 3


async def test_what_changes_in_the_file_changes_in_the_catalog(house: Workshop, registry: Path):
    write(registry, mail="name: Mail", shop="name: Shop")
    await house.settle()
    write(registry, mail="name: Letters", shop="name: Shop", till="name: Till")
    await reload(house)
    assert (await house.desk.read(catalog.service, "mail")).name == "Letters"
    [*_, fact] = await house.facts("registry.loaded")
    assert fact.payload == {"declared": 1, "edited": 1, "archived": 0, "unchanged": 1}


async def test_an_entry_that_leaves_the_file_is_archived_and_may_return(
    house: Workshop, registry: Path
):
    write(registry, mail="name: Mail", shop="name: Shop")
    await house.settle()
    write(registry, shop="name: Shop")
    await reload(house)
    assert await ids(house) == ["shop"]
    write(registry, shop="name: Shop", mail="name: Mail")
    await reload(house)
    assert await ids(house) == ["mail", "shop"]
    assert [entry.kind for entry in await house.facts(*OF_SERVICES)] == [
        *("service.declared", "service.declared", "service.archived", "service.restored"),
    ]


async def test_an_empty_list_archives_all_of_the_files_services_and_no_others(
    house: Workshop, registry: Path
):
    write(registry, **{f"s-{number}": f"name: S{number}" for number in range(120)})
    await house.settle()
    await house.desk.write(catalog.declare_service, MAIL)
    write(registry)
    await reload(house)
    assert await ids(house) == ["mail"]


async def test_without_a_file_everything_stays(house: Workshop, registry: Path):
    write(registry, mail="name: Mail")
    await house.settle()
    remove(registry)
    await reload(house)
    assert await ids(house) == ["mail"]


async def test_a_malformed_file_changes_nothing_and_its_lines_are_on_record(
    house: Workshop, registry: Path
):
    write(registry, mail="name: Mail")
    await house.settle()
    spoil(registry)
    await reload(house)
    assert await ids(house) == ["mail"]
    [fact] = await house.facts("registry.refused")
    assert fact.payload == {"errors": 2, "lines": [4, 6]}
    reading = await house.desk.read(queries.registry_reading)
    assert reading is not None
    assert [mistake.line for mistake in reading.mistakes] == [4, 6]


async def test_what_is_wrong_with_the_file_is_said_at_the_terminal(
    house: Workshop, registry: Path, said: list[str]
):
    write(registry, mail="name: Mail")
    await house.settle()
    spoil(registry)
    await reload(house)
    [words] = said
    assert words.startswith("  The registry file was refused; the services stay as they were:\n")
    assert f"{registry.name}, line 4" in words


async def test_a_file_refused_again_for_the_same_is_no_news_and_a_mended_one_is(
    house: Workshop, registry: Path
):
    write(registry, mail="name: Mail")
    await house.settle()
    spoil(registry)
    await reload(house)
    await reload(house)
    assert len(await house.facts("registry.refused")) == 1
    write(registry, mail="name: Mail")
    await reload(house)
    assert len(await house.facts("registry.loaded")) == 2


async def test_a_dependency_that_nobody_has_refuses_the_file(house: Workshop, registry: Path):
    write(registry, mail="name: Mail, dependencies: [people-made]")
    await house.settle()
    assert await ids(house) == []
    await house.desk.write(
        catalog.declare_service, ServiceDraft("people-made", "P", Category.HR, {"kind": "manual"})
    )
    await reload(house)
    assert (await house.desk.read(catalog.service, "mail")).dependencies == ("people-made",)


async def test_services_of_the_file_are_read_only_elsewhere(house: Workshop, registry: Path):
    write(registry, mail="name: Mail")
    await house.settle()
    for verb, *arguments in (
        (catalog.edit_service, "mail", ServiceChange(name="Letters")),
        (catalog.archive_service, "mail"),
        (catalog.declare_service, MAIL),
    ):
        with pytest.raises(Conflict) as refused:
            await house.desk.write(verb, *arguments)
        assert refused.value.code == "managed_by_file"
    same = ServiceChange(name="Mail")
    assert (await house.desk.write(catalog.edit_service, "mail", same)).version == 1


async def test_the_file_wins_a_conflict_over_an_id(house: Workshop, registry: Path):
    await house.desk.write(catalog.declare_service, MAIL)
    write(registry, mail="name: Letters")
    await reload(house)
    taken = await house.desk.read(catalog.service, "mail")
    assert (taken.name, taken.managed_by, taken.version) == ("Letters", ManagedBy.FILE, 2)
    [fact] = await house.facts("service.edited")
    assert fact.payload["fields"] == ["category", "managed_by", "name"]


async def test_people_may_take_over_what_left_the_file(house: Workshop, registry: Path):
    write(registry, mail="name: Mail")
    await house.settle()
    write(registry)
    await reload(house)
    back = await house.desk.write(catalog.declare_service, MAIL)
    assert back.managed_by is ManagedBy.PEOPLE
    await reload(house)
    assert await ids(house) == ["mail"]


async def test_services_that_need_others_of_later_portions_are_loaded(
    house: Workshop, registry: Path
):
    number = 130
    write(
        registry,
        **{
            f"s-{n}": f"name: S{n}, dependencies: [{f's-{n + 60}' if n + 60 < number else ''}]"
            for n in range(number)
        },
    )
    await house.settle()
    services = await house.desk.read(catalog.services)
    assert len(services) == number
    assert {one.dependencies for one in services} == {(), *((f"s-{n}",) for n in range(60, number))}


async def test_a_file_that_closes_a_cycle_is_refused_with_line_and_way(
    house: Workshop, registry: Path, said: list[str]
):
    write(registry, mail="name: Mail")
    await house.settle()
    write(
        registry,
        mail="name: Mail, dependencies: [shop]",
        shop="name: Shop, dependencies: [till]",
        till="name: Till, dependencies: [mail]",
    )
    await reload(house)
    assert await ids(house) == ["mail"]
    [fact] = await house.facts("registry.refused")
    assert fact.payload == {"lines": [2], "errors": 1}
    assert (
        "line 2, services.0.dependencies.0: services would need each other in a cycle:"
        " mail → shop → till → mail"
    ) in said[-1]


async def test_a_file_may_not_close_a_cycle_through_services_of_people(
    house: Workshop, registry: Path
):
    write(registry, mail="name: Mail")
    await house.settle()
    shop = ServiceDraft("shop", "Shop", Category.HR, {"kind": "manual"}, dependencies=("mail",))
    await house.desk.write(catalog.declare_service, shop)
    write(registry, mail="name: Mail, dependencies: [shop]")
    await reload(house)
    assert len(await house.facts("registry.refused")) == 1
    write(registry, mail="name: Mail, dependencies: [shop]", shop="name: Shop")
    await reload(house)
    assert (await house.desk.read(catalog.service, "mail")).dependencies == ("shop",)


async def test_a_cycle_that_was_loaded_before_is_loaded_again_and_none_is_added(
    house: Workshop, registry: Path
):
    write(registry, mail="name: Mail", shop="name: Shop, dependencies: [mail]", till="name: Till")
    await house.settle()
    edge = {"service_id": "mail", "depends_on": "shop"}
    await house.desk.write(
        lambda tx: tx.execute(insert(service_dependencies).values(tenant_id=tx.tenant, **edge))
    )
    old = {"mail": "name: Post, dependencies: [shop]", "shop": "name: Shop, dependencies: [mail]"}
    write(registry, **old, till="name: Till, dependencies: [mail]")
    await reload(house)
    assert (await house.desk.read(catalog.service, "mail")).name == "Post"
    assert (await house.desk.read(catalog.service, "till")).dependencies == ("mail",)
    old["mail"] = "name: Post, dependencies: [shop, till]"
    write(registry, **old, till="name: Till, dependencies: [mail]")
    await reload(house)
    assert (await house.desk.read(catalog.service, "mail")).dependencies == ("shop",)


async def test_one_unit_may_load_a_small_registry(house: Workshop):
    loaded = await house.house.write(catalog.load_registry, [MAIL])
    assert loaded.declared == ("mail",)
    assert (await house.house.write(catalog.load_registry, [MAIL])).unchanged == 1
    assert (await house.house.write(catalog.load_registry, [])).archived == ("mail",)
