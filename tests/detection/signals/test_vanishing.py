"""Components that vanish, move or change their id, told end to end by a page of several requests."""

from typing import Any

import pytest
from aiohttp import web

from tests.detection.signals.conftest import Post
from tocsin.kernel.status import Status

EDGE = {"id": "g-edge", "name": "Edge"}
CORE = {"id": "g-core", "name": "Core"}


def part(identity: str, name: str, status: str, group: dict[str, str] | None) -> dict[str, Any]:
    return {"id": identity, "name": name, "status": status, "group": group}


def shows(post: Post, *parts: dict[str, Any]) -> None:
    """Let the vendor's page list exactly these."""

    def answer(asked: web.Request) -> web.Response:
        if asked.path == "/summary.json":
            return web.json_response({"page": {"name": "Example", "status": "UP"}})
        if asked.path == "/v3/components.json":
            return web.json_response({"components": list(parts)})
        return web.Response(status=404)

    post.vendor.mood = answer


def said(post: Post) -> Status:
    """What the last poll said of the service."""
    return post.samples.last.status


async def watching(post: Post, *components: str) -> None:
    source: dict[str, Any] = {
        "kind": "instatus",
        "url": post.vendor.url(),
        "components": list(components),
    }
    await post.declare(**source)
    await post.first_rounds()


UP = [
    part("1", "API", "OPERATIONAL", EDGE),
    part("2", "API", "OPERATIONAL", CORE),
    part("3", "Web", "OPERATIONAL", None),
]


async def test_a_component_that_vanishes_is_told_and_never_green(post: Post):
    shows(post, *UP)
    await watching(post, "1", "3")
    assert said(post) is Status.OPERATIONAL
    shows(post, UP[1], UP[2])
    await post.polls(3)
    assert said(post) is Status.UNKNOWN
    assert post.samples.last.detail == "Edge / API: no longer listed"
    assert (await post.source()).state.vanished == ("1",)
    assert await post.kinds_of_facts() == ["signal.components_vanished"]
    viewer = await post.door.as_role("viewer")
    [shown] = (await viewer.get("/monitors?service_id=vendor")).json()["items"]
    assert (shown["missing_components"], shown["status"]) == (["1"], "unknown")
    shows(post, *UP)
    await post.polls()
    assert said(post) is Status.OPERATIONAL
    assert (await post.source()).state.vanished == ()


async def test_a_component_that_comes_back_under_another_id_is_known_by_group_and_name(post: Post):
    shows(post, *UP)
    await watching(post, "1")
    renumbered = part("99", " api", "MAJOROUTAGE", {"id": "g-new", "name": "Edge"})
    shows(post, part("2", "API", "OPERATIONAL", CORE), renumbered)
    await post.polls(2)
    assert said(post) is Status.MAJOR_OUTAGE
    assert (await post.source()).state.vanished == ()
    assert await post.kinds_of_facts() == []


@pytest.mark.parametrize(
    "instead",
    [part("99", "API", "OPERATIONAL", CORE), part("99", "API (new)", "OPERATIONAL", EDGE)],
    ids=["the same name in another group", "another name in the same group"],
)
async def test_what_only_resembles_it_is_not_taken_for_it(post: Post, instead: dict[str, Any]):
    shows(post, *UP)
    await watching(post, "1")
    shows(post, instead, UP[2])
    await post.polls(2)
    assert said(post) is Status.UNKNOWN
    assert await post.kinds_of_facts() == ["signal.components_vanished"]


async def test_a_list_that_is_not_there_any_more_is_poller_health_and_not_green(post: Post):
    shows(post, *UP)
    await watching(post, "1")
    post.vendor.mood = lambda asked: (
        web.json_response({"page": {"name": "Example", "status": "UP"}})
        if asked.path == "/summary.json"
        else web.Response(status=404)
    )
    await post.polls(4)
    assert (post.samples.last.status, post.samples.last.health) == (Status.UNKNOWN, "broken")
    assert await post.kinds_of_facts() == ["signal.poller_broke"]


async def test_a_state_that_nobody_knows_is_unknown_and_told(post: Post):
    shows(post, *UP)
    await watching(post, "1")
    shows(post, part("1", "API", "BANANAS", EDGE))
    await post.polls(3)
    assert said(post) is Status.UNKNOWN
    assert post.samples.last.detail == "Edge / API: its state “bananas” says nothing to us"
    assert (await post.source()).state.vanished == ("1",)
    assert (await post.source()).state.known_names == {"1": "Edge / API"}
    assert await post.kinds_of_facts() == ["signal.components_vanished"]


async def test_a_part_that_nobody_picked_is_told_by_its_name_all_the_same(post: Post):
    shows(post, *UP)
    await watching(post)
    shows(post, UP[0], UP[1], part("3", "Web", "", None))
    await post.polls(2)
    assert said(post) is Status.UNKNOWN
    assert (await post.source()).state.known_names == {"3": "Web"}
    shows(post, *UP)
    await post.polls()
    assert said(post) is Status.OPERATIONAL
    assert (await post.source()).state.vanished == ()
