"""People log in with a password, and nobody learns anything from trying."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.front import PASSWORD, Front, front
from tests.support.spine import START, TENANT
from tocsin.platform.web import WebSettings
from tocsin.registry.identity import passwords
from tocsin.registry.identity.rules import IDLE, LOG_IN_WINDOW, TRIES_PER_EMAIL
from tocsin.registry.identity.tables import sessions


async def test_a_person_logs_in_and_is_known_afterwards(door: Front):
    await door.person("Robin@Example.test", "responder")
    client = await door.logged_in("robin@example.TEST")
    me = (await client.get("/auth/me")).json()
    assert me["user"]["email"] == "robin@example.test"
    assert me["roles"] == ["responder"]
    assert "incidents.acknowledge" in me["permissions"]
    assert me["tenant"] == {"slug": "default", "name": "Default"}


async def test_strangers_are_told_that_they_are(door: Front):
    me = (await door.client().get("/auth/me")).json()
    assert me["user"] is None
    assert me["csrf_token"] is None
    assert me["roles"] == []


async def test_wrong_password_and_unknown_address_get_the_same_answer(door: Front):
    await door.person("robin@example.test")
    answers = [
        await door.client().post("/auth/login", json={"email": email, "password": "wrong wrong"})
        for email in ("robin@example.test", "nobody@example.test")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == "wrong_credentials"
    assert answers[0].headers["content-type"] == "application/problem+json"


async def test_an_unknown_address_costs_one_verification_too(door: Front, monkeypatch):
    await door.person("robin@example.test")
    verified: list[str | None] = []
    real = passwords.matches

    def counted(password_hash: str | None, password: str) -> bool:
        verified.append(password_hash)
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "matches", counted)
    for email in ("robin@example.test", "nobody@example.test"):
        await door.client().post("/auth/login", json={"email": email, "password": "wrong wrong"})
    assert len(verified) == 2
    assert verified[1] is None


def test_nobodys_hash_takes_the_same_parameters_as_everybodys():
    nobodys, ones = passwords._nobodys_hash(), passwords.hash_password("something")
    assert nobodys.split("$")[:4] == ones.split("$")[:4]
    assert not passwords.matches(None, "nobody has this password")


async def test_too_many_tries_for_one_address_are_refused_for_a_while(door: Front):
    await door.person("robin@example.test")
    for number in range(TRIES_PER_EMAIL):
        wrong = await door.client(address=f"192.0.2.{number}").post(
            "/auth/login", json={"email": "robin@example.test", "password": "wrong wrong"}
        )
        assert wrong.status_code == 401
    right = {"email": "robin@example.test", "password": PASSWORD}
    refused = await door.client(address="192.0.2.99").post("/auth/login", json=right)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= LOG_IN_WINDOW.total_seconds()
    door.house.clock.move(LOG_IN_WINDOW)
    assert (await door.client().post("/auth/login", json=right)).status_code == 200


async def test_one_network_cannot_try_everybody(door: Front):
    statuses = [
        (
            await door.client(address=f"2001:db8::{number:x}").post(
                "/auth/login", json={"email": f"p{number}@example.test", "password": "wrong wrong"}
            )
        ).status_code
        for number in range(51)
    ]
    assert statuses[:50] == [401] * 50
    assert statuses[50] == 429
    other = await door.client(address="2001:db8:1::1").post(
        "/auth/login", json={"email": "p@example.test", "password": "wrong wrong"}
    )
    assert other.status_code == 401


async def test_a_log_in_forgets_the_tries_before_it(door: Front):
    await door.person("robin@example.test")
    for password in ["wrong wrong"] * (TRIES_PER_EMAIL - 1) + [PASSWORD]:
        await door.client().post(
            "/auth/login", json={"email": "robin@example.test", "password": password}
        )
    await door.logged_in("robin@example.test")


async def test_people_log_in_again_day_after_day(door: Front):
    await door.person("robin@example.test")
    for _ in range(4):
        await door.logged_in("robin@example.test")
        await door.logged_in("robin@example.test")
        door.house.clock.move(timedelta(days=1))


@pytest.mark.parametrize(
    ("set_as", "typed"),
    [
        ("Straße-鐘-🔔-öffnet", "Straße-鐘-🔔-öffnet"),
        ("cafe\u0301 cafe\u0301", "caf\u00e9 caf\u00e9"),
    ],
)
async def test_passwords_may_be_any_unicode_however_it_is_typed(door: Front, set_as, typed):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    changed = await client.post(
        "/auth/password", json={"current_password": PASSWORD, "new_password": set_as}
    )
    assert changed.status_code == 204
    await door.logged_in("robin@example.test", typed)


async def test_a_password_with_half_a_character_is_refused(door: Front):
    answer = await door.client().post(
        "/auth/login",
        content=b'{"email": "robin@example.test", "password": "\\ud800 half a pair"}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(door: Front):
    await door.person("robin@example.test")
    here, there = [await door.logged_in("robin@example.test") for _ in range(2)]
    await here.post(
        "/auth/password", json={"current_password": PASSWORD, "new_password": "another one 2"}
    )
    assert (await here.get("/users")).status_code == 200
    assert (await there.get("/users")).status_code == 401


async def test_the_current_password_must_be_right_to_change_it(door: Front):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    answer = await client.post(
        "/auth/password", json={"current_password": "not this", "new_password": "another one 2"}
    )
    assert answer.status_code == 401


async def test_logging_out_ends_the_session_even_for_who_kept_the_cookie(door: Front):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    cookie = client.cookies["tocsin_session"]
    assert (await client.post("/auth/logout")).status_code == 204
    copy = door.client()
    copy.cookies.set("tocsin_session", cookie)
    assert (await copy.get("/users")).status_code == 401


async def test_an_idle_session_ends(door: Front):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    door.house.clock.move(IDLE - timedelta(hours=1))
    assert (await client.get("/users")).status_code == 200
    door.house.clock.move(IDLE)
    assert (await client.get("/users")).status_code == 401


async def test_a_session_in_use_lasts_thirty_days_and_no_longer(door: Front):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    for _ in range(5):
        door.house.clock.move(timedelta(days=6))
        door.gatekeeper._remembered.clear()
        last = await client.get("/users")
        await door.gatekeeper.notes_written()
        if door.house.clock.now() - START < timedelta(days=30):
            assert last.status_code == 200
    assert (await client.get("/users")).status_code == 401


async def test_the_database_holds_no_session_secret(door: Front):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    secret = client.cookies["tocsin_session"].encode()
    mine = select(sessions).where(sessions.c.tenant_id == TENANT)
    rows = await door.house.desk.read(lambda tx: tx.all(mine))
    assert rows
    assert all(secret not in str(row).encode() for row in rows)


async def test_the_cookie_is_closed_to_scripts_and_other_sites(door: Front):
    await door.person("robin@example.test")
    answer = await door.client().post(
        "/auth/login", json={"email": "robin@example.test", "password": PASSWORD}
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"


async def test_the_cookie_is_secure_where_the_address_is(sqlite_url: str):
    settings = WebSettings(public_url="https://tocsin.example.test")
    async with front(sqlite_url, settings=settings) as door:
        await door.person("robin@example.test")
        answer = await door.client().post(
            "/auth/login", json={"email": "robin@example.test", "password": PASSWORD}
        )
        assert "secure" in answer.headers["set-cookie"].lower()
        assert "max-age" in answer.headers["strict-transport-security"]


async def test_log_ins_are_facts(door: Front):
    await door.person("robin@example.test")
    client = await door.logged_in("robin@example.test")
    await client.post("/auth/logout")
    facts = await door.house.facts("session.opened", "session.closed")
    assert [fact.kind for fact in facts] == ["session.opened", "session.closed"]
    assert all(fact.actor.is_person for fact in facts)
