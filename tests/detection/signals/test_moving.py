"""A page that moves to another host is poller health, with its new address and *Use this*."""

import pytest

from tests.detection.signals.conftest import Post
from tests.detection.signals.vendor import host_of
from tocsin.detection.signals import MonitorDraft, add_monitor
from tocsin.detection.signals.verbs import adopt_address
from tocsin.kernel.errors import Conflict
from tocsin.kernel.status import Status
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceDraft


async def test_a_redirect_to_another_host_is_told_once_with_the_new_address(post: Post):
    await post.declare()
    post.vendor.moves_to("status.new.example")
    await post.polls(6)
    source = await post.source()
    assert source.state.moved_to == post.vendor.url("status.new.example")
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "broken")
    assert {host_of(str(request.url)) for request in post.vendor.asked} == {"status.vendor.example"}
    [fact] = await post.house.facts("signal.source_moved")
    assert fact.payload["host"] == "status.new.example"


async def test_use_this_takes_the_new_address_for_the_service_too(post: Post):
    await post.declare()
    post.vendor.moves_to("status.new.example")
    await post.polls(4)
    source = await post.source()
    await post.house.desk.write(adopt_address, post.room, source.id)
    await post.house.settle()
    adopted = await post.source()
    assert adopted.url == post.vendor.url("status.new.example")
    assert (adopted.id, adopted.state.moved_to) == (source.id, None)
    assert (post.samples.last.status, post.samples.last.health) == (Status.OPERATIONAL, "ok")
    service = await post.house.desk.read(catalog.service, "vendor")
    assert (service.source["url"], service.version) == (adopted.url, 2)
    assert adopted.version == source.version + 1


async def test_use_this_works_for_an_added_source(post: Post):
    await post.declare(kind="manual")
    config = post.room.kinds.check({"kind": "statuspage", "url": post.vendor.url()})
    draft = MonitorDraft("vendor", None, config)
    added = await post.house.desk.write(add_monitor, post.room, draft)
    post.vendor.moves_to("status.new.example")
    await post.polls(3)
    await post.house.desk.write(adopt_address, post.room, added.id)
    await post.house.settle()
    assert post.samples.last.status is Status.OPERATIONAL
    assert (await post.house.desk.read(catalog.service, "vendor")).version == 1


async def test_use_this_needs_a_move(post: Post):
    await post.declare()
    with pytest.raises(Conflict) as refused:
        await post.house.desk.write(adopt_address, post.room, (await post.source()).id)
    assert refused.value.code == "not_moved"


async def test_the_file_must_name_the_new_address_of_its_services(post: Post):
    checked = post.room.kinds.check({"kind": "statuspage", "url": post.vendor.url()})
    entry = ServiceDraft("vendor", "Vendor", Category.ENGINEERING, checked)
    await post.house.house.write(catalog.load_registry, [entry])
    await post.house.settle()
    post.vendor.moves_to("status.new.example")
    await post.polls(3)
    with pytest.raises(Conflict, match=r"write http://status\.new\.example:\d+ there") as refused:
        await post.house.desk.write(adopt_address, post.room, (await post.source()).id)
    assert refused.value.code == "managed_by_file"


async def test_a_page_that_returns_has_not_moved(post: Post):
    await post.declare()
    post.vendor.moves_to("status.new.example")
    await post.polls(4)
    post.vendor.mood = None
    await post.polls(2)
    assert (await post.source()).state.moved_to is None
    assert post.samples.last.status is Status.OPERATIONAL
