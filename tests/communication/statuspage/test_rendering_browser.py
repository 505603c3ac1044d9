"""The rendered tree in a real Chromium: by keyboard, live, on a phone, with and without script."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.communication.statuspage.page_samples import NOW, PAGE, bad_day, empty_page, good_day
from tests.support.checkout import ROOT
from tocsin.communication.statuspage.rendering import (
    CONTENT_SECURITY_POLICY,
    PageView,
    RenderedFile,
    render_page,
)

pytestmark = pytest.mark.browser

AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
PATHS = ("", "/history", "/history/2026-11", "/incidents/k7Qm2xVb", "/incidents/h3", "/nowhere")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LIVE_STUB = """
window.sockets = [];
window.WebSocket = class extends EventTarget {
  constructor(address) {
    super();
    this.address = String(address);
    window.sockets.push(this);
    setTimeout(() => this.dispatchEvent(new Event("open")), 0);
  }
};
Math.random = () => 0;
"""


class Served:
    """A tree behind a small server with the policy it was made for; `show` switches the tree."""

    def __init__(self) -> None:
        self.tree: dict[str, RenderedFile] = {}
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.removeprefix("/status/main").strip("/") or "index.html"
                found = served.tree.get(name) or served.tree.get(f"{name}.html")
                self.send_response(200 if found else 404)
                found = found or served.tree["404.html"]
                self.send_header("Content-Type", found.content_type)
                self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                self.send_header("Cache-Control", "no-cache")
                self.end_headers()
                self.wfile.write(found.body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/status/main"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def show(self, view: PageView, minutes: int = 0) -> None:
        here = replace(view, page=replace(view.page, base_url=self.address))
        self.tree = render_page(here, now=NOW + timedelta(minutes=minutes))


@pytest.fixture
def served() -> Iterator[Served]:
    made = Served()
    made.show(bad_day())
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def browser(chromium_path: Path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        launched = playwright.chromium.launch(executable_path=str(chromium_path), args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser, served: Served):
    """Open a path of the page; complaints of the browser fail the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(path: str = "", **options):
        settings = {"viewport": {"width": 1280, "height": 900}, "timezone_id": PAGE.time_zone}
        context = browser.new_context(**{**settings, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and "404" not in message.text
                else None
            ),
        )
        page.add_init_script(LIVE_STUB)
        page.clock.set_system_time(NOW + timedelta(seconds=3))
        page.goto(served.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: the console is not installed")
@pytest.mark.parametrize(
    ("scheme", "width", "script"),
    [("light", 1280, True), ("dark", 320, True), ("light", 320, False)],
)
def test_no_page_has_a_barrier_that_axe_knows(
    visit, served: Served, scheme: str, width: int, script: bool
):
    page = visit(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    if not script:
        page.route("**/live.*.js", lambda route: route.fulfill(content_type="text/javascript"))
    for view, paths in ((bad_day(), PATHS), (good_day(), ("",)), (empty_page(), ("",))):
        served.show(view)
        for path in paths:
            page.goto(served.address + path)
            page.evaluate(AXE.read_text())
            found = page.evaluate(f"axe.run({{runOnly: {STANDARDS}}})")["violations"]
            assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 375, 1440])
def test_no_page_scrolls_sideways(visit, served: Served, width: int):
    page = visit(viewport={"width": width, "height": 800})
    for path in PATHS:
        page.goto(served.address + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_strip_is_one_stop_for_tab_and_arrows_name_its_days(visit):
    page = visit()
    named = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"

    def current() -> str:
        label: str = page.evaluate(f"{named}.getAttribute('aria-label')")
        return label

    page.focus(".incident .follow")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "strip-card-payments"
    assert current() == "Saturday 21 November 2026: partial outage, 26 min"
    assert page.inner_text(".tip:visible") == current()
    page.keyboard.press("ArrowLeft")
    assert current() == "Friday 20 November 2026: operational"
    page.keyboard.press("Home")
    assert current() == "Monday 24 August 2026: operational"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "strip-wallets"


def test_a_phone_shows_and_walks_thirty_days(visit):
    page = visit(viewport={"width": 375, "height": 800})
    bars = page.locator("#strip-card-payments > i")
    assert sum(bars.nth(index).is_visible() for index in range(90)) == 30
    page.focus("#strip-card-payments")
    page.keyboard.press("Home")
    first = page.get_attribute("#strip-card-payments", "aria-activedescendant")
    assert first == "strip-card-payments-60"


def test_without_script_a_focused_strip_says_its_summary(visit):
    page = visit(java_script_enabled=False)
    assert page.is_hidden(".summary >> nth=0")
    page.focus(".incident .follow")
    page.keyboard.press("Tab")
    assert page.inner_text(".summary >> nth=0").startswith("Card payments, 90 days: 99.9")
    assert page.inner_text("[data-pulse]") == "Shown as of 10:18"


def test_a_reader_elsewhere_sees_the_own_time_beside_the_page_s(visit):
    page = visit(timezone_id="America/New_York")
    facts = page.inner_text(".facts")
    assert "Started 09:52 (03:52 your time)" in facts
    assert "26 minutes ago" in facts
    assert "Next update by 10:45 (04:45 your time)" in facts
    assert "(Sat 21 Nov, 20:00 – 21:30 your time)" in page.inner_text(".window")


def test_a_reader_in_the_zone_of_the_page_sees_each_time_once(visit):
    assert visit().locator(".yours").count() == 0


def test_news_replace_what_is_stale_and_are_announced(visit, served: Served):
    page = visit()
    page.wait_for_selector("[data-pulse][data-state=live]")
    assert page.evaluate("sockets[0].address").endswith("/status/main/live")
    page.fill("#email", "somebody@example")
    page.focus("#strip-wallets")
    served.show(good_day(), minutes=30)
    page.evaluate("sockets[0].dispatchEvent(new Event('message'))")
    page.wait_for_selector("h1:text-is('Everything works.')")
    assert page.inner_text("[data-announcer]") == "Everything works."
    assert page.evaluate("document.activeElement.id") == "strip-wallets"
    assert page.input_value("#email") == "somebody@example"
    assert "changed" in (page.get_attribute("[data-key=c-wallets-op]", "class") or "")
    assert page.title() == "Everything works – Larkfield Pay status"


def test_a_lost_connection_is_told_with_the_age_of_what_is_shown(visit):
    page = visit()
    page.wait_for_selector("[data-pulse][data-state=live]")
    assert page.inner_text("[data-pulse]").startswith("Live. Last change 10:18")
    page.evaluate("sockets[0].dispatchEvent(new Event('close'))")
    page.wait_for_selector("[data-pulse][data-state=lost]")
    assert page.inner_text("[data-pulse]") == "Reconnecting, shown as of 10:18"


def test_light_or_dark_by_choice_is_remembered(visit, served: Served):
    page = visit(color_scheme="light")
    page.click("[data-theme-button]")
    page.click("[data-theme-button]")
    page.goto(served.address + "/history")
    assert page.inner_text("[data-theme-button]") == "Light / dark: dark"
    dark = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(dark) == "rgb(11, 12, 15)"
