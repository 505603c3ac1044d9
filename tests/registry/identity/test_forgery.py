"""A browser's cookie alone changes nothing: the CSRF token and the origin must fit."""

import pytest

from tests.support.front import ORIGIN, PASSWORD, Front, front

NEW_TEAM = {"slug": "night-shift", "name": "Night shift"}


@pytest.fixture
async def door(sqlite_url: str):
    async with front(sqlite_url) as found:
        yield found


@pytest.fixture
async def browser(door: Front):
    await door.person("robin@example.test", "admin")
    return await door.logged_in("robin@example.test")


async def test_the_right_token_lets_a_change_through(browser):
    assert (await browser.post("/teams", json=NEW_TEAM)).status_code == 201


async def test_a_missing_token_is_refused(browser):
    del browser.headers["X-CSRF-Token"]
    answer = await browser.post("/teams", json=NEW_TEAM)
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf_token_wrong"


@pytest.mark.parametrize("token", ["", "wrong", "ä"])
async def test_a_wrong_token_is_refused(browser, token):
    browser.headers["X-CSRF-Token"] = token.encode().decode("latin-1")
    assert (await browser.post("/teams", json=NEW_TEAM)).status_code == 403


async def test_the_token_of_another_session_is_refused(door: Front, browser):
    other = await door.logged_in("robin@example.test")
    browser.headers["X-CSRF-Token"] = other.headers["X-CSRF-Token"]
    assert (await browser.post("/teams", json=NEW_TEAM)).status_code == 403


async def test_reading_needs_no_token(browser):
    del browser.headers["X-CSRF-Token"]
    assert (await browser.get("/teams")).status_code == 200


@pytest.mark.parametrize("origin", [ORIGIN, None])
async def test_our_own_pages_may_ask(browser, origin):
    headers = {"Origin": origin} if origin else {}
    assert (await browser.post("/teams", json=NEW_TEAM, headers=headers)).status_code == 201


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{ORIGIN}.evil.example"])
async def test_other_sites_may_not(browser, origin):
    answer = await browser.post("/teams", json=NEW_TEAM, headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["code"] == "foreign_origin"


async def test_a_bearer_token_needs_neither(door: Front):
    program = await door.as_role("admin")
    answer = await program.post("/teams", json=NEW_TEAM, headers={"Origin": "https://x.example"})
    assert answer.status_code == 201


async def test_logging_in_again_works_with_a_cookie_whose_token_was_lost(browser):
    del browser.headers["X-CSRF-Token"]
    answer = await browser.post(
        "/auth/login", json={"email": "robin@example.test", "password": PASSWORD}
    )
    assert answer.status_code == 200


async def test_a_form_of_another_site_cannot_send_json(browser):
    answer = await browser.post(
        "/teams", content=b'{"slug": "x", "name": "x"}', headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 422
