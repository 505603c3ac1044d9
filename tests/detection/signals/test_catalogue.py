"""The catalogue of well-known services: every entry is ready to be added, and says if it was."""

from collections import Counter

import pytest

from tests.detection.signals.conftest import Post
from tocsin.app.feeds import FEEDS
from tocsin.detection.signals import Kinds
from tocsin.detection.signals.catalogue import Entry, all_entries, matching
from tocsin.kernel.clock import SystemClock
from tocsin.platform.http import OutgoingClient
from tocsin.registry.catalog import Category
from tocsin.registry.catalog.entry import ServiceIn


@pytest.fixture
def kinds() -> Kinds:
    return Kinds(FEEDS, OutgoingClient(SystemClock()))  # never started: nothing is asked


@pytest.mark.parametrize("entry", all_entries(), ids=lambda entry: str(entry.id))
def test_every_entry_is_valid_and_written_as_it_is_stored(entry: Entry, kinds: Kinds):
    checked = kinds.check(entry.source)
    assert {name: checked[name] for name in entry.source} == entry.source
    body = ServiceIn.model_validate(
        {"id": entry.id, "name": entry.name, "category": entry.category, "source": checked}
    )
    assert body.name == entry.name
    assert str(entry.url).startswith("https://")
    assert kinds.polled(checked["kind"])


def test_there_are_many_and_none_is_there_twice():
    entries = all_entries()
    assert len(entries) >= 90
    for what in ("id", "name", "url"):
        counted = Counter(getattr(entry, what) for entry in entries)
        assert [one for one, number in counted.items() if number > 1] == []


def test_every_shelf_has_something_and_several_kinds_are_there():
    entries = all_entries()
    assert {entry.category for entry in entries} == set(Category)
    assert {entry.source["kind"] for entry in entries} >= {
        "statuspage",
        "instatus",
        "betterstack",
        "statusio",
        "incidentio",
        "slack",
    }


def test_it_is_searched_by_all_words_in_any_case():
    assert [entry.id for entry in matching("  DATADOG eu ", None)] == ["datadog-eu"]
    assert [entry.id for entry in matching("githubstatus.com", None)] == ["github"]
    assert matching("github", Category.HR) == []
    assert {entry.category for entry in matching("", Category.HR)} == {Category.HR}


async def test_an_entry_is_added_with_the_body_it_brings(post: Post):
    admin = await post.door.as_role("admin")
    viewer = await post.door.as_role("viewer")
    [github] = (await viewer.get("/catalogue?q=github")).json()["items"]
    assert (github["kind"], github["url"], github["added"]) == (
        "statuspage",
        "https://www.githubstatus.com",
        False,
    )
    made = await admin.post("/services", json=github["service"])
    assert made.status_code == 201, made.text
    await post.house.settle()
    [again] = (await viewer.get("/catalogue?q=github&category=engineering")).json()["items"]
    assert again["added"] is True
    assert (await admin.delete("/services/github")).status_code == 204
    await post.house.settle()
    assert (await viewer.get("/catalogue?q=github")).json()["items"][0]["added"] is False


async def test_an_address_that_is_watched_under_another_name_counts(post: Post):
    await post.declare("our-forge", kind="statuspage", url="https://www.githubstatus.com")
    viewer = await post.door.as_role("viewer")
    answer = (await viewer.get("/catalogue?category=engineering")).json()
    assert [one["id"] for one in answer["items"] if one["added"]] == ["github"]


async def test_an_unknown_category_is_refused_and_a_stranger_too(post: Post):
    viewer = await post.door.as_role("viewer")
    assert (await viewer.get("/catalogue?category=toys")).status_code == 422
    assert (await viewer.get("/catalogue?q=nosuchthing")).json() == {"items": []}
