"""The tree of public pages: switched at once, served as it was written."""

import gzip
import threading
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from tocsin.communication.statuspage.rendering import CONTENT_SECURITY_POLICY
from tocsin.platform.pagetree import PageFile, PageServer, PageTree, Receive, Scope, Send

HTML = "text/html; charset=utf-8"
LONG = b"<p>All is well.</p>" * 100
FILES: Mapping[str, PageFile] = {
    "index.html": PageFile(LONG, HTML, 15),
    "de/index.html": PageFile(b"<p>Gut.</p>", HTML),
    "history.html": PageFile(b"<p>Before.</p>", HTML),
    "history/2026-03.html": PageFile(b"<p>March.</p>", HTML),
    "page.json": PageFile(b"{}", "application/json", 30),
    "assets/page.0a1b.css": PageFile(b"p{}", "text/css", 86400),
    "404.html": PageFile(b"<p>Not here.</p>", HTML),
}


@pytest.fixture
def tree(tmp_path: Path) -> PageTree:
    return PageTree(tmp_path / "pages")


def client(app: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://status.example")


@pytest.fixture
def web(tree: PageTree) -> httpx.AsyncClient:
    tree.publish("main", 1, FILES)
    return client(PageServer(tree.root))


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/status/main", "index.html"),
        ("/status/main/", "index.html"),
        ("/status/main/history", "history.html"),
        ("/status/main/history/", "history.html"),
        ("/status/main/history/2026-03", "history/2026-03.html"),
        ("/status/main/page.json", "page.json"),
        ("/status/main/assets/page.0a1b.css", "assets/page.0a1b.css"),
    ],
)
async def test_each_file_has_its_address(web: httpx.AsyncClient, path: str, file: str):
    answer = await web.get(path)
    assert (answer.status_code, answer.content) == (200, FILES[file].body)
    assert answer.headers["content-type"] == FILES[file].content_type
    assert f"max-age={FILES[file].max_age}" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_nothing_inline_may_run(web: httpx.AsyncClient):
    answer = await web.get("/status/main")
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY


async def test_who_has_it_already_is_told_so(web: httpx.AsyncClient):
    tag = (await web.get("/status/main")).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await web.get("/status/main", headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await web.get("/status/main", headers={"if-none-match": '"other"'})
    assert other.status_code == 200


async def test_head_tells_all_but_the_body(web: httpx.AsyncClient):
    full = await web.get("/status/main")
    head = await web.head("/status/main")
    assert (head.status_code, head.content, head.headers) == (200, b"", full.headers)
    missing = await web.head("/status/nobody")
    assert (missing.status_code, missing.content) == (404, b"")


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("identity", False), ("gzip;q=0, br", False)],
)
async def test_long_files_travel_compressed_where_wished(
    web: httpx.AsyncClient, accepted: str, packed: bool
):
    async with web.stream("GET", "/status/main", headers={"accept-encoding": accepted}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
        assert ("content-encoding" in answer.headers) is packed
        assert int(answer.headers["content-length"]) == len(raw)
        assert (gzip.decompress(raw) if packed else raw) == LONG
        assert "accept-encoding" in answer.headers["vary"]


@pytest.mark.parametrize(
    "path",
    [
        "/status/main/nothing",
        "/status/main/404",
        "/status/main/404.html",
        "/status/main/manifest.json",
        "/status/main/index.html.gz",
    ],
)
async def test_the_page_says_itself_that_something_is_missing(web: httpx.AsyncClient, path: str):
    answer = await web.get(path)
    assert (answer.status_code, answer.content) == (404, FILES["404.html"].body)
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    kept = await web.get("/status/main/nothing", headers={"if-none-match": "*"})
    assert kept.status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/status/", "/status/nobody", "/status/..", "/status/../secret", "/status/.", "/other"],
)
async def test_where_no_page_is_there_is_nothing(web: httpx.AsyncClient, path: str, tmp_path: Path):
    (tmp_path / "secret").write_text("hush")
    answer = await web.get(path)
    assert answer.status_code == 404
    assert b"hush" not in answer.content


@pytest.mark.parametrize(
    "path", ["/status/main/../main/index.html", "/status/main/../../secret", "/status/main/\0"]
)
async def test_a_path_that_climbs_finds_nothing(tree: PageTree, tmp_path: Path, path: str):
    """An honest client tidies such a path; a dishonest one does not."""
    (tmp_path / "secret").write_text("hush")
    tree.publish("main", 1, FILES)
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    await PageServer(tree.root)(scope, nothing, send)
    assert sent[0]["status"] == 404
    assert sent[1]["body"] == FILES["404.html"].body


async def nothing() -> MutableMapping[str, Any]:
    return {"type": "http.request"}


async def test_what_the_page_does_not_hold_is_asked_elsewhere(tree: PageTree):
    async def otherwise(scope: Scope, receive: Receive, send: Send) -> None:
        status, kind = {
            "/status/main/subscribe": (200, b"text/plain"),
            "/status/main/confirm": (404, b"text/html"),
        }.get(scope["path"], (404, b"application/problem+json"))
        headers = [(b"Content-Type", kind)]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        body = {"type": "http.response.body", "body": scope["method"].encode()}
        await send({**body, "more_body": True})
        await send({"type": "http.response.body", "body": b"!"})

    tree.publish("main", 1, FILES)
    web = client(PageServer(tree.root, otherwise))
    assert (await web.get("/status/main/subscribe")).text == "GET!"
    assert (await web.post("/status/main")).text == "POST!"
    assert (await web.post("/status/main/subscribe")).status_code == 200
    assert (await web.get("/status/main/confirm")).text == "GET!"
    assert (await web.get("/status/main/nothing")).content == FILES["404.html"].body
    assert (await web.get("/status/nobody/nothing")).text == "GET!"


async def test_a_new_generation_is_seen_at_once(tree: PageTree, web: httpx.AsyncClient):
    for number in range(2, 6):
        body = f"<p>{number}</p>".encode()
        tree.publish("main", number, {"index.html": PageFile(body, HTML)})
        assert (await web.get("/status/main")).content == body
    assert (await web.get("/status/main/history")).status_code == 404
    kept = [path.name for path in (tree.root / "main").iterdir() if path.name != "current"]
    assert len(kept) == 2


async def test_the_same_generation_again_is_seen_too(tree: PageTree, web: httpx.AsyncClient):
    for word in (b"one", b"two", b"three"):
        tree.publish("main", 7, {"index.html": PageFile(word, HTML)})
        assert (await web.get("/status/main")).content == word


async def test_a_page_that_was_taken_away_is_gone(tree: PageTree, web: httpx.AsyncClient):
    assert (await web.get("/status/main")).status_code == 200
    tree.remove("main")
    assert (await web.get("/status/main")).status_code == 404
    assert tree.current("main") is None


def pair(number: int) -> Mapping[str, PageFile]:
    body = f"<p>{number}</p>".encode() * 200
    return {"index.html": PageFile(body, HTML), "page.json": PageFile(body, "application/json")}


async def test_a_reader_never_sees_half_a_generation(tree: PageTree):
    tree.publish("main", 1, pair(1))
    done = threading.Event()

    def publish() -> None:
        for number in range(2, 120):
            tree.publish("main", number // 2, pair(number))
        done.set()

    publisher = threading.Thread(target=publish)
    publisher.start()
    while not done.is_set():
        server = PageServer(tree.root)
        generation = server._generation("main")
        assert generation is not None
        bodies = {answer.plain for answer in generation.answers.values()}
        assert len(bodies) == 1
        assert {gzip.decompress(a.packed or b"") for a in generation.answers.values()} == bodies
    publisher.join()


@pytest.mark.parametrize("path", ["../outside.html", "/etc/outside.html", "a/../../outside.html"])
def test_a_file_outside_the_tree_is_not_written(tree: PageTree, path: str):
    with pytest.raises(ValueError, match="leaves"):
        tree.publish("main", 1, {path: PageFile(b"", HTML)})
    assert tree.current("main") is None
