"""A browser, and the product it looks at with everybody around it."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.neighbours import Neighbours, neighbourhood
from tests.browser.product import EMAIL, NAME, PASSWORD, Product, running
from tests.support.checkout import ROOT

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ZONE = "Europe/Vienna"

PATIENCE_MILLISECONDS = 10_000
WENT_WRONG = pytest.StashKey[bool]()

expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="module")
def neighbours() -> Iterator[Neighbours]:
    """Vendors, Slack and mail."""
    with neighbourhood() as around:
        yield around


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, neighbours: Neighbours) -> Iterator[Product]:
    """The product on its first day: nobody has an account."""
    if not (ROOT / "console" / "dist" / "index.html").is_file():
        pytest.skip("the console is not built: cd console && npm run build")
    with running(tmp_path_factory.mktemp("product"), neighbours) as started:
        yield started


@pytest.fixture(scope="module")
def client(product: Product) -> Iterator[httpx.Client]:
    """The API as the first member, who has just set the product up."""
    token = product.setup_link.partition("token=")[2]
    account = {"token": token, "name": NAME, "email": EMAIL, "password": PASSWORD}
    with httpx.Client(base_url=f"{product.address}/api/v1") as client:
        client.post("/setup", json=account).raise_for_status()
        client.headers["X-CSRF-Token"] = client.get("/auth/me").json()["csrf_token"]
        yield client


@pytest.fixture(scope="module")
def cookies(product: Product, client: httpx.Client) -> list[Any]:
    """What makes a browser the first member's."""
    return [
        {"name": one.name, "value": str(one.value), "url": product.address}
        for one in client.cookies.jar
    ]


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium_path), args=CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What pages threw or their policy refused; anything fails the test."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Let fixtures know how the test went."""
    report = yield
    if report.when == "call":
        item.stash[WENT_WRONG] = report.failed
    return report


@pytest.fixture
def visitor(
    browser: Browser, complaints: list[str], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own: another person, another device."""
    contexts: list[BrowserContext] = []

    def enter(**options: Any) -> Page:
        settings: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "timezone_id": ZONE}
        context = browser.new_context(**{**settings, "locale": "en-GB", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _note(said.type, said.text, complaints))
        return page

    yield enter
    for number, context in enumerate(contexts):
        if request.node.stash.get(WENT_WRONG, False):
            name = f"{request.node.name[:60]}-{number}.png"
            context.pages[0].screenshot(path=ROOT / "test-results" / name)
        context.close()


def _note(kind: str, text: str, complaints: list[str]) -> None:
    refused_by_the_server = "Failed to load resource" in text
    if kind == "error" and not refused_by_the_server:
        complaints.append(text)
