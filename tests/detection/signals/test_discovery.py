"""Discovery: any address that a person pastes, and what is found behind it."""

from collections import Counter
from typing import Any, ClassVar, Literal

import pytest
from aiohttp import web

from tests.adapters.feeds.pages import component, group, summary
from tests.platform.http.conftest import (
    EveryNameIsHere,
    client,
    clock,
    resolver,
    seen,
    serve,
    sleeper,
)
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import ShapeFault
from tocsin.app.feeds import FEEDS
from tocsin.detection.signals import Discovery, Kinds
from tocsin.detection.signals.discovery_schemas import DiscoveryOut
from tocsin.detection.signals.ports import SourceFields, SourceSpec
from tocsin.kernel.errors import Invalid
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

__all__ = ["client", "clock", "resolver", "seen", "serve", "sleeper"]

ID = "0123456789abcdef01234567"
STATUSPAGE = summary([group("g", "Edge"), component("a", "degraded_performance", group_id="g")])
INSTATUS = {"page": {"name": "Example", "status": "UP"}}
PARTS = {"components": [{"id": "1", "name": "API", "status": "MAJOROUTAGE"}]}
CACHET = {"data": [{"id": 1, "name": "API", "status": 2}]}
INCIDENTIO: dict[str, Any] = {
    "summary": {
        "name": "Example",
        "affected_components": [],
        "ongoing_incidents": None,
        "structure": {"items": [{"component": {"component_id": "c", "name": "API"}}]},
    }
}
BETTERSTACK = {
    "data": {"type": "status_page", "attributes": {"company_name": "Example"}},
    "included": [
        {
            "id": "1",
            "type": "status_page_resource",
            "attributes": {"public_name": "API", "status": "operational"},
        }
    ],
}
STATUSIO = {
    "result": {
        "status_overall": {"status_code": 100},
        "status": [{"id": "a", "name": "API", "status_code": 300}],
        "incidents": [],
    }
}


class Host:
    """Hosts on loopback that have these files, told apart by path; all else is a web page."""

    def __init__(self, front: str = "<html><title>Hello</title></html>", /, **files: Any) -> None:
        self.front = front
        self.files = {f"/{path.replace('__', '/')}": body for path, body in files.items()}
        self.asked: Counter[str] = Counter()
        self.missing = 404

    async def answer(self, asked: web.Request) -> web.Response:
        self.asked[asked.path] += 1
        file = asked.path.removesuffix(".json")
        if file in self.files:
            return web.json_response(self.files[file])
        if asked.path == "/":
            return web.Response(text=self.front, content_type="text/html")
        return web.Response(status=self.missing, text="<html>not here</html>")


async def discovered(
    host: Host, client: OutgoingClient, serve: Any, path: str = "/", name: str = "status.a.example"
) -> Discovery:
    server = await serve(host.answer)
    return await Kinds(FEEDS, client).discover(f"http://{name}:{server.port}{path}")


@pytest.mark.parametrize(
    ("files", "kind", "status"),
    [
        ({"api__v2__summary": STATUSPAGE}, "statuspage", Status.DEGRADED),
        ({"summary": INSTATUS, "v3__components": PARTS}, "instatus", Status.MAJOR_OUTAGE),
        ({"index": BETTERSTACK}, "betterstack", Status.OPERATIONAL),
        ({"api__v1__components": CACHET}, "cachet", Status.DEGRADED),
        ({"proxy__status.a.example": INCIDENTIO}, "incidentio", Status.OPERATIONAL),
    ],
)
async def test_the_kind_of_a_page_is_found_with_its_components(
    client, serve, files: dict[str, Any], kind: str, status: Status
):
    host = Host(**files)
    found = await discovered(host, client, serve)
    assert (found.kind, found.reading and found.reading.status) == (kind, status)
    assert len(found.components) == 1
    assert found.source is not None
    assert Kinds(FEEDS, client).check(found.source)["url"] == found.url
    assert sum(host.asked.values()) <= 14
    assert max(host.asked.values()) == 1


async def test_the_id_of_a_statusio_page_is_read_from_its_links(client, serve):
    host = Host(f'<a href="/pages/history/{ID}">History</a> <b>Powered by Status.io</b>')
    host.files[f"/1.0/status/{ID}"] = STATUSIO
    found = await discovered(host, client, serve, f"/1.0/status/{ID}")
    assert (found.kind, [one.name for one in found.components]) == ("statusio", ["API"])


@pytest.mark.parametrize("path", ["/history", "/incidents/abc", "/api/v2/summary.json", "/en/news"])
async def test_any_address_on_the_page_will_do(client, serve, path: str):
    found = await discovered(Host(api__v2__summary=STATUSPAGE), client, serve, path)
    assert found.kind == "statuspage"
    assert found.url.endswith(":" + found.url.rpartition(":")[2])
    assert found.url.count("/") == 2


async def test_a_kind_that_lists_components_wins_over_one_that_does_not(client, serve):
    host = Host(api__v2__summary=summary([]))
    host.files["/proxy/status.a.example"] = INCIDENTIO
    found = await discovered(host, client, serve)
    assert found.kind == "incidentio"
    assert [one.source["kind"] for one in found.suggestions] == ["statuspage"]


async def test_a_page_that_says_what_it_is_is_not_asked_for_anything_else(client, serve):
    host = Host("<html>Powered by Instatus</html>", summary=INSTATUS, v3__components=PARTS)
    found = await discovered(host, client, serve)
    assert found.kind == "instatus"
    assert set(host.asked) == {"/", "/summary.json", "/v3/components.json"}


async def test_the_page_that_an_address_redirects_to_is_found(client, serve):
    host = Host(api__v2__summary=STATUSPAGE)

    async def answer(asked: web.Request) -> web.Response:
        if asked.host.startswith("old"):
            raise web.HTTPMovedPermanently(f"http://new.example:{asked.url.port}/")
        return await host.answer(asked)

    server = await serve(answer)
    found = await Kinds(FEEDS, client).discover(f"http://old.example:{server.port}/status")
    assert (found.kind, found.url) == ("statuspage", f"http://new.example:{server.port}")


async def test_a_website_without_status_data_suggests_to_watch_itself(client, serve):
    front = '<title>Our &amp; shop</title><a href="https://example.statuspage.io/">Status</a>'
    found = await discovered(Host(front), client, serve)
    assert (found.kind, found.source, found.name) == (None, None, "Our & shop")
    assert [one.source["kind"] for one in found.suggestions] == ["statuspage", "http"]
    assert {one.kind for one in found.tried} >= {"statuspage", "instatus", "betterstack", "cachet"}
    assert all(one.failure for one in found.tried)


async def test_a_name_that_does_not_resolve_is_told(client, resolver: EveryNameIsHere):
    resolver.addresses["nowhere.example"] = ""
    with pytest.raises(Invalid, match=r"nowhere\.example does not resolve") as caught:
        await Kinds(FEEDS, client).discover("nowhere.example")
    assert caught.value.code == "nothing_found"
    assert caught.value.errors[0].field == "url"


async def test_a_host_that_has_nothing_says_what_was_tried(client, serve):
    host = Host()
    with pytest.raises(Invalid, match=r"answered 404.*tried: statuspage, incidentio, instatus"):
        await discovered(host, client, serve, "/nothing")


async def test_an_address_without_a_scheme_is_asked_by_http_where_https_does_not_answer(
    client, serve
):
    host = Host(api__v2__summary=STATUSPAGE)
    server = await serve(host.answer)
    written = f"status.a.example:{server.port}/history"
    found = await Kinds(FEEDS, client).discover(written)
    assert (found.kind, found.url) == ("statuspage", f"http://status.a.example:{server.port}")
    assert found.source is not None
    assert found.source["url"] == found.url
    assert found.note is not None
    assert found.note.startswith("status.a.example was asked by http, without encryption")
    shown = DiscoveryOut.of(found)
    assert shown.note == found.note
    with_scheme = await Kinds(FEEDS, client).discover(f"http://{written}")
    assert (with_scheme.url, with_scheme.note) == (found.url, None)
    with pytest.raises(Invalid) as caught:
        await Kinds(FEEDS, client).discover(f"https://{written}")
    assert caught.value.code == "nothing_found"


async def test_where_neither_scheme_answers_the_reason_is_told(client, unused_tcp_port: int):
    with pytest.raises(Invalid, match="refus") as caught:
        await Kinds(FEEDS, client).discover(f"status.a.example:{unused_tcp_port}")
    assert caught.value.code == "nothing_found"


@pytest.mark.parametrize("url", ["ftp://a.example", "a b", "https://me:pw@a.example"])
async def test_what_is_no_address_is_refused(client, url: str):
    with pytest.raises(Invalid, match=r"^url: The address") as caught:
        await Kinds(FEEDS, client).discover(url)
    assert caught.value.errors[0].field == "url"


async def test_no_host_is_asked_more_than_a_handful_of_times(client, serve):
    host = Host()
    host.missing = 500
    with pytest.raises(Invalid, match="answered 500"):
        await discovered(host, client, serve, "/deep/within")
    assert sum(host.asked.values()) <= 24
    assert max(host.asked.values()) == 1


class AtHomeSource(SourceFields):
    kind: Literal["at_home"] = "at_home"
    url: str = "https://status.home.example"
    regions: tuple[str, ...]


class AnyFeedSource(SourceFields):
    kind: Literal["any_feed"] = "any_feed"
    url: str


class AtHome(ListedKind):
    """A kind with one page of its own, which needs more than its address."""

    kind = "at_home"

    schema: ClassVar[type[SourceFields]] = AtHomeSource

    def page_address(self, url: str) -> str:
        return url

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        return page

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        raise ShapeFault("nobody gets here")


async def test_a_page_that_needs_more_than_its_address_is_recognised_all_the_same(client, serve):
    server = await serve(Host().answer)
    kinds = Kinds((*FEEDS, AtHome()), client)
    found = await kinds.discover(f"http://status.home.example:{server.port}/")
    assert found.kind is None
    assert found.suggestions[0].source["kind"] == "at_home"
    assert found.suggestions[0].reason == (
        "This is a page of the kind at_home, which needs more: regions."
    )
    elsewhere = await kinds.discover(f"http://other.example:{server.port}/")
    assert [one.source["kind"] for one in elsewhere.suggestions] == ["http"]
    assert "at_home" not in {one.kind for one in elsewhere.tried}


class AnyFeed(AtHome):
    """A kind that reads any feed, and lists no component."""

    kind = "any_feed"
    accept = "application/rss+xml, application/atom+xml"

    schema: ClassVar[type[SourceFields]] = AnyFeedSource

    def decode(self, body: bytes) -> object:
        return body.decode()

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        if payload != "<rss/>":
            raise ShapeFault("it is no feed")
        return ListedPage("A feed", overall=Status.OPERATIONAL)


async def test_a_feed_that_the_page_names_is_the_last_resort(client, serve):
    front = '<link rel="alternate" type="application/rss+xml" href="/history.rss">'
    host = Host(front)

    async def answer(asked: web.Request) -> web.Response:
        if asked.path == "/history.rss":
            return web.Response(text="<rss/>", content_type="application/rss+xml")
        return await host.answer(asked)

    server = await serve(answer)
    kinds = Kinds((AnyFeed(), *FEEDS), client)
    for path in ("/", "/history.rss"):
        found = await kinds.discover(f"http://a.example:{server.port}{path}")
        assert (found.kind, found.url) == (
            "any_feed",
            f"http://a.example:{server.port}/history.rss",
        )
    host.files["/api/v2/summary"] = STATUSPAGE
    better = await kinds.discover(f"http://a.example:{server.port}/")
    assert better.kind == "statuspage"


async def test_discovery_over_the_wire(post):
    admin = await post.door.as_role("admin")
    post.vendor.shows(api="operational", web="major_outage")
    answer = await admin.post("/sources/discover", json={"url": post.vendor.url() + "/history"})
    found = answer.json()
    assert answer.status_code == 200, answer.text
    assert (found["kind"], found["url"]) == ("statuspage", post.vendor.url())
    assert (found["status"], found["detail"]) == ("major_outage", "Web: major outage")
    assert [one["name"] for one in found["components"]] == ["Api", "Web"]
    source = found["source"] | {"components": ["Api"]}
    service = {"id": "one", "name": found["name"], "category": "hr", "source": source}
    assert (await admin.post("/services", json=service)).status_code == 201
    away = await admin.post("/sources/discover", json={"url": "http://127.0.0.1:9"})
    assert (away.status_code, away.json()["code"]) == (422, "nothing_found")
    assert away.json()["errors"][0]["field"] == "url"
    assert (await admin.post("/sources/discover", json={})).status_code == 422
    responder = await post.door.as_role("responder")
    assert (await responder.post("/sources/discover", json={"url": "a.example"})).status_code == 403
