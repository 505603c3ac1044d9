"""Every screen for everybody: by keyboard, on a phone, without script, in light and in dark."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.neighbours import Neighbours
from tests.browser.product import EMAIL, PASSWORD, Product, until
from tests.support.checkout import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORDS = "Pushes fail. We are on it."


@dataclass(frozen=True, slots=True)
class Troubled:
    """A product in use: somebody has an account, Gitfold is down, the public has been told."""

    product: Product
    incident: str
    cookies: list[Any]

    @property
    def member_screens(self) -> list[str]:
        """The paths only members see."""
        return ["/board", "/services/gitfold", "/incidents", f"/incidents/{self.incident}"]

    def at(self, path: str) -> str:
        return self.product.address + path


@pytest.fixture(scope="module")
def troubled(
    product: Product, neighbours: Neighbours, client: httpx.Client, cookies: list[Any]
) -> Troubled:
    for service in ("gitfold", "checkout"):
        _done(client.post("/status-pages/main/components", json={"service_id": service}))
    neighbours.down.add("gitfold")
    incidents = until(lambda: client.get("/incidents").json()["items"])
    reference = incidents[0]["id"]
    update = {"phase": "investigating", "message": WORDS, "public": True}
    impacts = {"impacts": {"gitfold": "major_outage"}}
    _done(client.post(f"/incidents/{reference}/updates", json=update | impacts))
    until(lambda: WORDS in httpx.get(product.status_page).text)
    return Troubled(product, reference, cookies)


def _done(answer: httpx.Response) -> None:
    assert answer.is_success, answer.text


@pytest.fixture
def member(visitor: Callable[..., Page], troubled: Troubled) -> Callable[..., Page]:
    """Open a page as the person who is logged in."""

    def enter(**options: Any) -> Page:
        page = visitor(**options)
        page.context.add_cookies(troubled.cookies)
        return page

    return enter


def _go(page: Page, address: str) -> None:
    """Open a screen and wait for what it is about."""
    page.goto(address)
    expect(page.locator("h1:not(.visually-hidden)").first).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def _barriers(page: Page) -> list[tuple[str, str]]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run({{runOnly: {STANDARDS}, resultTypes: ['violations']}})")[
        "violations"
    ]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: the console is not installed")
class TestNoBarrierThatAxeKnows:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_on_the_set_up(self, visitor: Callable[..., Page], product: Product, scheme: str):
        page = visitor(color_scheme=scheme, bypass_csp=True)
        _go(page, product.setup_link)
        expect(page.get_by_role("heading", name="Set up Tocsin")).to_be_visible()
        assert _barriers(page) == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_for_strangers(self, visitor: Callable[..., Page], troubled: Troubled, scheme: str):
        page = visitor(color_scheme=scheme, bypass_csp=True)
        for path in ("/login", "/board", "/status/main", "/status/main/history"):
            _go(page, troubled.at(path))
            assert (path, _barriers(page)) == (path, [])

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_for_members(self, member: Callable[..., Page], troubled: Troubled, scheme: str):
        page = member(color_scheme=scheme, bypass_csp=True)
        for path in troubled.member_screens:
            _go(page, troubled.at(path))
            if path.endswith(troubled.incident):
                expect(page.get_by_text("Opened by rule")).to_be_visible()
            assert (path, _barriers(page)) == (path, [])


class TestOnAPhone:
    def test_no_screen_scrolls_sideways(self, member: Callable[..., Page], troubled: Troubled):
        page = member(viewport={"width": 375, "height": 812}, has_touch=True)
        for path in (*troubled.member_screens, "/status/main", "/status/main/history"):
            _go(page, troubled.at(path))
            excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert (path, excess) == (path, 0)

    def test_the_doors_do_not_scroll_sideways(
        self, visitor: Callable[..., Page], troubled: Troubled
    ):
        page = visitor(viewport={"width": 375, "height": 812}, has_touch=True)
        for path in ("/login", "/setup", "/board"):
            _go(page, troubled.at(path))
            excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert (path, excess) == (path, 0)


class TestByKeyboard:
    def test_j_and_k_walk_the_board_and_enter_opens(
        self, member: Callable[..., Page], troubled: Troubled
    ):
        page = member()
        _go(page, troubled.at("/board"))
        current = page.locator("[data-cursor] [data-row-link]")
        page.keyboard.press("j")
        expect(current).to_have_text("Gitfold")
        page.keyboard.press("j")
        expect(current).not_to_have_text("Gitfold")
        page.keyboard.press("k")
        expect(current).to_have_text("Gitfold")
        page.keyboard.press("Enter")
        expect(page).to_have_url(troubled.at("/services/gitfold"))

    def test_j_and_enter_open_the_first_incident(
        self, member: Callable[..., Page], troubled: Troubled
    ):
        page = member()
        _go(page, troubled.at("/incidents"))
        expect(page.get_by_text(troubled.incident).first).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page).to_have_url(troubled.at(f"/incidents/{troubled.incident}"))

    def test_the_palette_finds_an_incident(self, member: Callable[..., Page], troubled: Troubled):
        page = member()
        _go(page, troubled.at("/board"))
        page.keyboard.press("Control+k")
        field = page.get_by_role("combobox", name="Search or run a command")
        expect(field).to_be_focused()
        page.keyboard.type(troubled.incident)
        expect(page.get_by_role("option", name=re.compile("Gitfold")).first).to_be_visible()
        page.keyboard.press("Enter")
        expect(page).to_have_url(troubled.at(f"/incidents/{troubled.incident}"))
        expect(field).to_have_count(0)

    def test_a_question_mark_shows_every_key(self, member: Callable[..., Page], troubled: Troubled):
        page = member()
        _go(page, troubled.at("/board"))
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keys")
        expect(sheet).to_contain_text("Next row")
        expect(sheet).to_contain_text("Search or run a command")
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)


def test_a_wrong_password_is_refused_in_a_sentence(
    visitor: Callable[..., Page], troubled: Troubled
):
    page = visitor()
    _go(page, troubled.at("/login"))
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name=re.compile("^Log in")).click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"password.*\.$", re.I))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(troubled.at("/board"))


class TestTheStatusPage:
    def test_is_complete_without_script(self, visitor: Callable[..., Page], troubled: Troubled):
        page = visitor(java_script_enabled=False)
        page.goto(troubled.product.status_page)
        expect(page.get_by_text(WORDS)).to_be_visible()
        expect(page.get_by_text("Gitfold").first).to_be_visible()
        expect(page.locator("#email")).to_be_visible()
        page.locator("article.incident h2 a").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gitfold")
        expect(page.get_by_text(WORDS)).to_be_visible()

    def test_is_not_sent_twice(self, troubled: Troubled):
        first = httpx.get(troubled.product.status_page)
        known = {"If-None-Match": first.headers["ETag"]}
        second = httpx.get(troubled.product.status_page, headers=known)
        assert (first.status_code, second.status_code) == (200, 304)
        assert second.content == b""

    def test_costs_a_browser_only_the_head_of_an_answer_when_nothing_changed(
        self, visitor: Callable[..., Page], troubled: Troubled
    ):
        page = visitor()
        page.goto(troubled.product.status_page)
        expect(page.get_by_text(WORDS)).to_be_visible()
        page.reload()
        load = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
        assert load["transferSize"] < load["encodedBodySize"], "the whole page came again"
