"""A marker in every internal text, and nothing that a stranger can reach shows it.

Neither do strangers learn the ids and names of internal services, nor of incidents without a
public face. Every column that can hold people's own words must be planted, or named below with
the reason why it need not be.
"""

import gzip
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String

from tests.security.whole import NOBODY, Whole, ways, whole
from tocsin.app.tables import metadata
from tocsin.app.web import build_api
from tocsin.platform.live import Subscriber

MARK = "zqmarkerqz"
HIDDEN_ID = "hidden-vault"
HIDDEN_NAME = f"Vault {MARK}"
SECRETS = (MARK, HIDDEN_ID)

LONG_ENOUGH_FOR_WORDS = 100

NOT_PEOPLES_WORDS = {
    "alert_decisions": "sentences made by rules, which only members read",
    "agenda_items": "keys and ids; errors of our own",
    "alerts": "who acknowledged, by id",
    "api_tokens.created_by": "an id",
    "channels.sealed": "sealed",
    "deliveries.key": "ids",
    "deliveries.last_answer": "a provider's words, nothing is sent here",
    "deliveries.sealed": "sealed",
    "deliveries.thread": "a subject",
    "delivery_attempts": "a provider's words, nothing is sent here",
    "heartbeats": "what a job sent along, no route shows it to strangers; nothing pings here",
    "idempotency_keys": "keys of programs, never shown",
    "incident_comments.author": "an id",
    "incident_notes.author": "an id",
    "incident_update_texts.author": "an id",
    "incident_updates": "an id; the words are in incident_update_texts",
    "incidents.opened_by": "an id",
    "incidents.public_title": "public",
    "incidents.severity_reason": "a rule's own sentence",
    "invitations.invited_by": "an id",
    "journal": "subjects and ids, no texts",
    "maintenance_updates.author": "an id",
    "maintenance_windows.rule": "an RRULE, checked word by word",
    "manual_statuses.ended_by": "an id",
    "manual_statuses.set_by": "an id",
    "page_components": "public",
    "registry_readings": "a path of the machine; only members may ask",
    "sources.detail": "what a poll found, nothing is polled here",
    "sources.etag": "a vendor's tag",
    "sources.last_error": "our own sentence about a poll, nothing is polled here",
    "sources.last_modified": "a vendor's date",
    "sources.moved_to": "an address found by polling",
    "status_pages": "public",
    "status_segments": "what the line was drawn from, by id",
    "tenants": "the tenant's name",
    "trigger_states.reason": "our own sentence about values, nothing is measured here",
    "users.password_hash": "a hash",
}


@dataclass(slots=True)
class Story:
    """What was told inside, and what open sockets heard meanwhile."""

    product: Whole
    places: dict[str, list[str]]
    private_refs: list[str]
    hints: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    mail = "smtp://127.0.0.1:1"  # never asked: nobody sends here
    async with whole(tmp_path, rehearse=False, SMTP_URL=mail) as product:
        sockets = [
            Subscriber(product.house.context.tenant, public_only=True),
            Subscriber(None, public_only=True, subject="page:main"),
        ]
        for socket in sockets:
            product.house.hub.join(socket)
        told = await tell(product)
        for socket in sockets:
            while not socket.queue.empty():
                told.hints.append(socket.queue.get_nowait())
        yield told


async def tell(product: Whole) -> Story:
    """Everything happens once, with the marker in every text that is ours alone."""
    owner = product.owner

    async def post(path: str, method: str = "POST", **body: Any) -> dict[str, Any]:
        answer = await owner.request(method, f"/api/v1{path}", json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        await product.settle()
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    await post("/teams", slug="crew", name=MARK)
    await post("/users", email=f"{MARK}@example.org", name=MARK, role="responder")
    await post("/tokens", name=MARK, role="viewer")
    address = f"{MARK}@ops.example.org"
    await post("/channels", kind="mail", name=MARK, address=address, tiers=[1, 2, 3])
    common: dict[str, Any] = {
        "category": "engineering",
        "source": {"kind": "manual"},
        "tier": 1,
        "description": MARK,
        "owner_team": "crew",
    }
    await post("/services", id=HIDDEN_ID, name=HIDDEN_NAME, visibility="internal", **common)
    await post("/services", id="mail", name="Mail", dependencies=[HIDDEN_ID], **common)
    source = {"kind": "http", "url": f"http://127.0.0.1:9/{MARK}"}
    await post("/monitors", service_id="mail", name=MARK, **source)
    await post("/triggers", service_id="mail", name=MARK, condition=f"{MARK} > 1")
    await post("/status-pages/main/components", service_id="mail")
    await post("/status-pages/main/components", service_id=HIDDEN_ID, name="Storage")
    followed = await product.stranger.post(
        "/status/main/subscribe", json={"email": f"{MARK}@example.com"}
    )
    assert followed.status_code == 202, followed.text
    for service in ("mail", HIDDEN_ID):
        said = {"new_status": "major_outage", "reason": MARK, "detail": MARK}
        await post(f"/services/{service}/status", **said)
    windows = await _maintenance(post)
    refs = await _incidents(post)
    everything = (await owner.get("/api/v1/incidents?limit=200")).json()["items"]
    private = [each["id"] for each in everything if each["id"] != refs["public"]]
    assert len(private) >= 3
    return Story(
        product,
        {
            "service_id": ["mail", HIDDEN_ID],
            "ref": [refs["public"], refs["private"]],
            "slug": ["main", "crew"],
            "window_id": windows,
        },
        private,
    )


async def _maintenance(post: Any) -> list[str]:
    """The title of what touches a public service is for everybody; all other words are not."""
    times = {"starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-10T00:00:00Z"}
    hidden = {**times, "title": MARK, "affected_services": [HIDDEN_ID], "description": MARK}
    shown = {**hidden, "title": "New disks", "affected_services": ["mail", HIDDEN_ID]}
    made = [(await post("/maintenance", **plan))["id"] for plan in (hidden, shown)]
    for window in made:
        await post(f"/maintenance/{window}/updates", message=MARK)
    return made


async def _incidents(post: Any) -> dict[str, str]:
    words = {"title": MARK, "description": MARK, "category": MARK, "tags": [MARK]}
    hurt = {"affected_services": ["mail", HIDDEN_ID], "severity": "critical"}
    private = (await post("/incidents", **words, **hurt))["id"]
    public = (await post("/incidents", **words, **hurt))["id"]
    cancelled = (await post("/incidents", **words, **hurt))["id"]
    for ref in (private, public):
        await post(f"/incidents/{ref}/comments", body=MARK)
        await post(f"/incidents/{ref}/updates", phase="investigating", message=MARK)
        await post(f"/incidents/{ref}/assign", assigned_to="crew")
    await post(
        f"/incidents/{public}/updates",
        phase="identified",
        public=True,
        title="Mail is slow",
        message="We know why.",
        impacts={"mail": "major_outage", HIDDEN_ID: "degraded"},
    )
    await post(f"/incidents/{cancelled}/cancel", reason=MARK)
    await post(f"/incidents/{public}/resolve", resolution_note=MARK, public_message="Mail is back.")
    await post(f"/incidents/{private}/resolve", resolution_note=MARK)
    return {"public": public, "private": private}


def leaks(story: Story, text: str) -> list[str]:
    """Which secrets a text shows."""
    lower = text.lower()
    known = (*SECRETS, *(ref.lower() for ref in story.private_refs))
    return [secret for secret in known if secret in lower]


async def test_the_marker_is_in_every_column_that_can_hold_peoples_words(story: Story):
    planted = _planted(story.product.house.settings.data_dir / "data.db")
    missing = {
        name
        for name in _columns_of_words()
        if name not in planted
        and name not in NOT_PEOPLES_WORDS
        and name.partition(".")[0] not in NOT_PEOPLES_WORDS
    }
    assert missing == set(), "plant the marker here, or say why not"
    marked = {name for name in NOT_PEOPLES_WORDS if name in planted}
    assert marked == set(), "planted, so not exempt"


async def test_no_route_shows_a_stranger_anything_internal(story: Story):
    stranger, found, shown = story.product.stranger, {}, 0
    api = build_api(story.product.house)
    for way in [*ways(api, "/api/"), *ways(api, "/status/")]:
        for path in _paths(story, way.path):
            answer = await stranger.request(way.method, path, json={})
            shown += answer.is_success
            asked = [secret for secret in leaks(story, answer.text) if secret not in path.lower()]
            if asked:
                found[f"{way.method} {path}"] = asked
    assert found == {}
    assert shown >= 10


async def test_an_internal_service_is_404_for_strangers_like_one_that_never_was(story: Story):
    answers = [
        await story.product.stranger.get(f"/api/v1/services/{service}")
        for service in (HIDDEN_ID, "never-was")
    ]
    first, second = (
        answer.text.replace(HIDDEN_ID, "*").replace("never-was", "*") for answer in answers
    )
    assert [answer.status_code for answer in answers] == [404, 404]
    assert first == second


async def test_internal_services_are_in_no_count_that_strangers_see(story: Story):
    board = (await story.product.stranger.get("/api/v1/services")).json()
    assert [service["id"] for service in board["items"]] == ["mail"]
    assert sum(board["counts"].values()) == 1
    assert board["items"][0]["dependencies"] == []


async def test_probes_and_console_show_nothing_internal(story: Story):
    for path in ("/healthz", "/metrics", "/", "/board", "/incidents", "/status/", "/status/main"):
        answer = await story.product.stranger.get(path)
        headers = " ".join(answer.headers.values())
        assert leaks(story, answer.text + headers) == [], path


async def test_no_rendered_file_shows_anything_internal(story: Story):
    root = story.product.house.tree.root
    found, files = {}, [path for path in root.rglob("*") if path.is_file()]
    for path in files:
        body = path.read_bytes()
        plain = gzip.decompress(body) if path.suffix == ".gz" else body
        shown = leaks(story, plain.decode(errors="replace") + path.name)
        if shown:
            found[path.relative_to(root).as_posix()] = shown
    assert found == {}
    assert any("Mail is slow" in path.read_text() for path in files if path.suffix == ".html")


async def test_no_hint_to_a_strangers_socket_tells_of_anything_internal(story: Story):
    assert leaks(story, json.dumps(story.hints)) == []
    kinds = {hint["kind"] for hint in story.hints}
    assert "incident.update_published" in kinds
    assert not {
        kind for kind in kinds if kind.startswith(("alert.", "channel.", "token.", "team."))
    }


def _columns_of_words() -> list[str]:
    return [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String)
        and (column.type.length is None or column.type.length >= LONG_ENOUGH_FOR_WORDS)
    ]


def _planted(database: Path) -> set[str]:
    connection = sqlite3.connect(database)
    try:
        return {name for name in _columns_of_words() if _holds(connection, *name.split("."))}
    finally:
        connection.close()


def _holds(connection: sqlite3.Connection, table: str, column: str) -> bool:
    question = f'SELECT 1 FROM "{table}" WHERE "{column}" LIKE ? LIMIT 1'
    return connection.execute(question, [f"%{MARK}%"]).fetchone() is not None


def _paths(story: Story, path: str) -> list[str]:
    """A route's addresses, with every known value in place of its parameters."""
    begin, brace, rest = path.partition("{")
    if not brace:
        return [path]
    name, _, end = rest.partition("}")
    values = story.places.get(name, [NOBODY])
    return [begin + value + tail for value in values for tail in _paths(story, end)]
