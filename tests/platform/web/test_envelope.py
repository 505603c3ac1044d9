"""Around every answer: ids, guards for browsers, tags that save bytes."""

from tests.platform.web.conftest import router
from tests.support.front import Front, front
from tocsin.platform.web import WebSettings


async def test_every_answer_names_its_request(door: Front):
    client = door.client()
    first, second = [await client.get("/bells") for _ in range(2)]
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    kept = await client.get("/bells", headers={"X-Request-ID": "from-the-proxy"})
    assert kept.headers["X-Request-ID"] == "from-the-proxy"
    forged = await client.get("/bells", headers={"X-Request-ID": "a b\tc"})
    assert forged.headers["X-Request-ID"] != "a b\tc"


async def test_browsers_are_told_to_be_careful(door: Front):
    for path in ("/bells", "/nowhere", "/bells/x/broken"):
        headers = (await door.client().get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_an_unchanged_answer_costs_a_304(door: Front):
    client = door.client()
    first = await client.get("/bells")
    again = await client.get("/bells", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    other = await client.get("/bells", headers={"If-None-Match": '"another"'})
    assert other.status_code == 200


async def test_a_tag_carries_the_version_for_if_match(door: Front):
    client = door.client()
    tag = (await client.get("/bells/a/tagged")).headers["ETag"]
    assert tag.startswith('"5.')
    for sent, expected in [(tag, "5"), ('"7"', "7"), ("*", "None"), ('"?"', "-1"), ("5", "-1")]:
        answer = await client.get("/bells/a/tagged", headers={"If-Match": sent})
        assert answer.json()["expected"] == expected


async def test_a_private_dashboard_is_closed_to_strangers_but_not_its_log_in(sqlite_url: str):
    settings = WebSettings(dashboard_public=False)
    async with front(sqlite_url, routers=[router], settings=settings) as door:
        stranger, viewer = door.client(), await door.as_role("viewer")
        assert (await stranger.get("/bells")).status_code == 401
        assert (await stranger.get("/bells/all")).status_code == 200
        assert (await viewer.get("/bells")).status_code == 200
        assert (await stranger.get("/auth/me")).json()["dashboard_public"] is False


async def test_admin_routes_take_bearer_tokens_only(door: Front):
    await door.person("robin@example.test", "super_admin")
    browser = await door.logged_in("robin@example.test")
    assert (await browser.get("/admin/bells")).status_code == 401
    assert (await door.client().get("/admin/bells")).status_code == 401
    assert (await (await door.as_role("viewer")).get("/admin/bells")).status_code == 403
    assert (await (await door.as_role("responder")).get("/admin/bells")).status_code == 200


async def test_admin_routes_refuse_everybody_while_the_admin_token_is_unset(sqlite_url: str):
    async with front(sqlite_url, routers=[router], admin_token=None) as door:
        program = await door.as_role("super_admin")
        assert (await program.get("/admin/bells")).status_code == 401


async def test_both_prefixes_are_one_api(door: Front):
    viewer = await door.as_role("viewer")
    short = await viewer.get(str(viewer.base_url).replace("/v1", "") + "bells")
    assert short.status_code == 200


async def test_named_origins_may_ask_from_a_browser(sqlite_url: str):
    settings = WebSettings(cors_origins=("https://console.example.test",))
    async with front(sqlite_url, routers=[router], settings=settings) as door:
        for origin, allowed in [("https://console.example.test", True), ("https://x.test", False)]:
            answer = await door.client().options(
                "/bells", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
            )
            assert ("access-control-allow-origin" in answer.headers) is allowed
