"""Names that a source never mentions: told until it does, refused where the vendor lists its own."""

from typing import Any

from aiohttp import web

from tests.adapters.feeds.test_google_incidents import RUN, SQL, entry
from tests.adapters.feeds.test_slack import current, trouble
from tests.detection.signals.conftest import Post
from tocsin.kernel.status import Status


def speaks(post: Post, *incidents: dict[str, Any]) -> None:
    """Let the vendor answer as Slack does."""
    post.vendor.mood = lambda _: web.json_response(current(*incidents))


def said(post: Post) -> Status:
    """What the last poll said of the service."""
    return post.samples.last.status


async def test_what_was_never_named_is_told_until_it_is(post: Post):
    speaks(post)
    await post.declare(kind="slack", url=post.vendor.url(), components=["Huddles", "Mesaging"])
    await post.first_rounds()
    assert said(post) is Status.OPERATIONAL
    viewer = await post.door.as_role("viewer")

    async def unnamed() -> Any:
        [shown] = (await viewer.get("/monitors?service_id=vendor")).json()["items"]
        return shown["unnamed_components"]

    assert await unnamed() == ["Huddles", "Mesaging"]
    speaks(post, trouble("incident", "Huddles"))
    await post.polls(2)
    assert said(post) is Status.DEGRADED
    assert await unnamed() == ["Mesaging"]
    speaks(post)
    await post.polls(2)
    assert await unnamed() == ["Mesaging"]
    assert (await post.source()).state.vanished == ()


async def test_a_name_that_leaves_the_history_is_told_again(post: Post):
    def shows(*products: dict[str, str]) -> None:
        history = [entry(*products, end="2026-11-20T11:00:00+00:00")]
        post.vendor.mood = lambda _: web.json_response(history)

    shows(SQL)
    await post.declare(kind="google_cloud", url=post.vendor.url(), components=["Cloud SQL"])
    await post.first_rounds()
    assert (await post.source()).state.unnamed == ()
    shows(RUN)
    await post.polls(2)
    assert (await post.source()).state.unnamed == ("Cloud SQL",)


async def test_a_trial_tells_what_the_source_does_not_name(post: Post):
    speaks(post, trouble("incident", "Huddles"))
    admin = await post.door.as_role("admin")
    slack = {"kind": "slack", "url": post.vendor.url(), "components": ["huddles", "Mesaging"]}
    found = (await admin.post("/monitors/test", json=slack)).json()
    assert (found["status"], found["unnamed"], found["missing"]) == ("degraded", ["Mesaging"], [])


def google(post: Post, products: object) -> None:
    """Let the vendor answer as Google does, with a history and perhaps a list of products."""

    def answer(asked: web.Request) -> web.Response:
        if asked.path == "/incidents.json":
            return web.json_response([entry(SQL, end="2026-11-20T11:00:00+00:00")])
        return web.json_response(products) if products else web.Response(status=404)

    post.vendor.mood = answer


async def test_a_name_that_the_vendors_list_lacks_is_refused_with_its_field(post: Post):
    await post.declare(kind="manual")
    google(post, {"products": [SQL, RUN]})
    admin = await post.door.as_role("admin")
    source: dict[str, Any] = {"kind": "google_cloud", "url": post.vendor.url()}
    wrong = source | {"service_id": "vendor", "components": ["Cloud SQL", "Cloud Rum"]}
    refused = await admin.post("/monitors", json=wrong)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == ["components.1"]
    assert "Google Cloud has nothing of this name" in refused.json()["detail"]
    right = wrong | {"components": ["Cloud SQL", "Cloud Run"]}
    made = await admin.post("/monitors", json=right)
    assert made.status_code == 201
    path = f"/monitors/{made.json()['id']}"
    again = await admin.patch(path, json={"components": ["Cloud Rum"]})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "components.0")
    narrower = await admin.patch(path, json={"components": ["Cloud Run"]})
    assert (narrower.status_code, narrower.json()["url"]) == (200, made.json()["url"])


async def test_without_a_list_a_name_is_taken_and_told_as_never_named(post: Post):
    lists: list[object] = [None, {"products": []}, {"changed": 1}]
    for list_of_products in lists:
        google(post, list_of_products)
        admin = await post.door.as_role("admin")
        source: dict[str, Any] = {"kind": "google_cloud", "url": post.vendor.url()}
        found = await admin.post("/monitors/test", json=source | {"components": ["Cloud Rum"]})
        assert (found.json()["status"], found.json()["unnamed"]) == ("operational", ["Cloud Rum"])
