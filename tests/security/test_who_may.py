"""Every route, asked by strangers and by every role: nobody gets further than the matrix says."""

from pathlib import Path

import pytest

from tests.security.whole import OPEN, Way, Whole, ways, whole
from tocsin.app.web import build_api
from tocsin.registry.identity import PERMISSIONS, Role

REFUSED = {401, 403}
_KNOWN = ("/api/v1/", "/api/docs", "/api/openapi.json")


def gated(product: Whole) -> list[Way]:
    return [way for way in ways(build_api(product.house)) if way.gate is not OPEN]


async def test_strangers_get_401_wherever_it_is_not_open_to_them(product: Whole):
    wrong = {}
    for way in gated(product):
        answer = await product.stranger.request(way.method, way.at())
        expected = answer.status_code not in REFUSED if way.gate.strangers else False
        if not (expected or answer.status_code == 401):
            wrong[str(way)] = answer.status_code
        if way.gate.strangers and answer.status_code in REFUSED:
            wrong[str(way)] = answer.status_code
    assert wrong == {}


async def test_a_private_dashboard_opens_nothing_but_the_ways_in(tmp_path: Path):
    async with whole(tmp_path, DASHBOARD_PUBLIC=False) as product:
        let_in = set()
        for way in gated(product):
            answer = await product.stranger.request(way.method, way.at())
            if answer.status_code != 401:
                let_in.add(way)
    assert {way for way in let_in if not way.gate.private_too} == set()


async def test_a_made_up_token_opens_nothing(product: Whole):
    forger = product.client("tcs_" + "x" * 40)
    wrong = {}
    for way in gated(product):
        answer = await forger.request(way.method, way.at())
        if answer.status_code != 401:
            wrong[str(way)] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("role", list(Role))
async def test_every_role_passes_the_gates_of_its_permissions_and_no_others(
    product: Whole, role: Role
):
    caller = product.client(await product.token(role))
    wrong = {}
    for way in gated(product):
        if way.gate.permission is None:
            continue
        may = role in PERMISSIONS[way.gate.permission]
        answer = await caller.request(way.method, way.at())
        if (answer.status_code == 403) is may or answer.status_code == 401:
            wrong[str(way)] = answer.status_code
    assert wrong == {}


async def test_viewers_write_nothing(product: Whole):
    viewer = product.client(await product.token("viewer"))
    wrong = {}
    for way in gated(product):
        if way.method == "GET" or way.gate.strangers or way.gate.permission is None:
            continue
        answer = await viewer.request(way.method, way.at(), json={})
        if answer.status_code != 403:
            wrong[str(way)] = answer.status_code
    assert wrong == {}
    assert (await product.owner.get("/api/v1/incidents")).json()["items"] == []


async def test_the_admin_token_is_refused_below_admin_while_it_is_unset(tmp_path: Path):
    async with whole(tmp_path, ADMIN_API_TOKEN=None) as product:
        caller = product.client(await product.token("super_admin"))
        answer = await caller.post("/api/admin/status", json={})
    assert answer.status_code == 401


async def test_the_short_prefix_is_another_name_for_the_long_one(product: Whole):
    api = build_api(product.house)
    assert [way.path for way in ways(api, "/api/") if not way.path.startswith(_KNOWN)] == []
    for way in ways(api):
        if way.method != "GET" or "{" in way.path:
            continue
        short = way.path.replace("/api/v1/", "/api/", 1)
        for somebody in (product.owner, product.stranger):
            long, brief = await somebody.get(way.path), await somebody.get(short)
            assert (brief.status_code, brief.json().keys()) == (
                long.status_code,
                long.json().keys(),
            ), short
