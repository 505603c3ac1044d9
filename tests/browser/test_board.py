"""The board in all its views: filtered, for executives, as a graph, by time, on a wall, offline."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.neighbours import Neighbours
from tests.browser.pictures import picture
from tests.browser.product import EMAIL, NAME, PASSWORD, Product, until

pytestmark = pytest.mark.browser

LEDGER = {"id": "ledger", "name": "Ledger database", "category": "engineering", "tier": 1}
WALLETS = {"id": "wallets", "name": "Wallets", "category": "finance", "tier": 1}
CHAT = {"id": "chat", "name": "Huddleway chat", "category": "collaboration", "tier": 3}
FITS = "each => each.scrollWidth <= each.clientWidth"
REACHED_NOBODY = ("WebSocket connection", "ERR_INTERNET_DISCONNECTED")


@dataclass(frozen=True, slots=True)
class Board:
    """A product somebody uses: the ledger is down, wallets stand on it, chat works."""

    product: Product
    cookies: list[Any]

    def at(self, path: str) -> str:
        return self.product.address + path


@pytest.fixture(scope="module")
def board(
    product: Product, neighbours: Neighbours, client: httpx.Client, cookies: list[Any]
) -> Board:
    def done(path: str, **body: Any) -> None:
        answer = client.post(path, json=body)
        assert answer.is_success, answer.text

    manual = {"kind": "manual"}
    done("/services", **LEDGER, source=manual)
    done("/services", **WALLETS, source=manual, dependencies=["ledger"])
    done("/services", **CHAT, source={"kind": "statuspage", "url": f"{neighbours.base}/nobody"})
    done("/status-pages/main/components", service_id="wallets")
    for service, status in (("ledger", "major_outage"), ("wallets", "degraded")):
        done(f"/services/{service}/status", new_status=status, reason="Seen by hand.")
    until(lambda: client.get("/services/chat").json()["poller_health"] == "broken")
    return Board(product, cookies)


@pytest.fixture
def member(visitor: Callable[..., Page], board: Board) -> Callable[..., Page]:
    """Open a page as the person who is logged in."""

    def enter(**options: Any) -> Page:
        page = visitor(**{"viewport": {"width": 1440, "height": 900}, **options})
        page.context.add_cookies(board.cookies)
        return page

    return enter


def press_until(page: Page, key: str, seen: Callable[[], bool]) -> None:
    """Press a key until it does something: a cold page hears keys a moment after it is drawn."""
    for _ in range(50):
        page.keyboard.press(key)
        if seen():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{key} does nothing")


def test_filters_are_typed_into_the_address_and_survive_a_reload(
    member: Callable[..., Page], board: Board
):
    page = member(color_scheme="dark")
    page.goto(board.at("/board"))
    expect(page.get_by_role("link", name="Ledger database").first).to_be_visible()
    picture(page, "board-filters")
    field = page.get_by_placeholder("Find a service")
    press_until(page, "/", lambda: field.evaluate("field => field === document.activeElement"))
    page.keyboard.type("wall")
    expect(page).to_have_url(board.at("/board?q=wall"))
    page.get_by_role("button", name="Category any").click()
    page.get_by_role("menuitem", name="Finance").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(board.at("/board?q=wall&category=finance"))
    page.reload()
    cards = page.get_by_role("list", name="Services that need a look")
    expect(cards.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_text(re.compile(r"^1 of \d+ services$"))).to_be_visible()
    page.goto(board.at("/board?q=nowhere"))
    expect(page.get_by_text("Nothing matches these filters.")).to_be_visible()
    page.get_by_role("button", name="Clear filters").last.click()
    expect(page).to_have_url(board.at("/board"))
    expect(cards.get_by_role("listitem").first).to_be_visible()


def test_v_turns_the_board_to_executives_and_back(member: Callable[..., Page], board: Board):
    page = member(color_scheme="dark")
    page.goto(board.at("/board?tier=1"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ledger database is down")
    page.keyboard.press("v")
    expect(page).to_have_url(board.at("/board?tier=1&view=executive"))
    said = page.get_by_role("heading", name="Customers may feel it: Ledger database is down.")
    expect(said).to_be_visible()
    figures = page.get_by_role("list", name="Figures")
    expect(figures.get_by_role("listitem")).to_have_count(4)
    promises = page.get_by_role("table", name="Availability against promise")
    expect(promises.get_by_role("row", name=re.compile("Ledger database"))).to_be_visible()
    shelves = page.get_by_role("table", name="Categories")
    expect(shelves.get_by_role("row", name=re.compile("Collaboration"))).to_contain_text(
        "Poller broken"
    )
    picture(page, "board-executive")
    page.keyboard.press("v")
    expect(page).to_have_url(board.at("/board?tier=1"))


def test_the_graph_lights_the_failing_path_and_is_walked_by_arrows(
    member: Callable[..., Page], board: Board
):
    page = member(color_scheme="dark")
    page.goto(board.at("/graph"))
    graph = page.get_by_role("group", name="Dependency graph")
    cause = graph.get_by_role("button", name=re.compile("Ledger database.*the cause"))
    expect(cause).to_have_attribute("aria-pressed", "true")
    expect(graph.locator("path[data-kind=lit]")).to_have_count(2)
    expect(page.get_by_role("heading", name="Who feels it")).to_be_visible()
    picture(page, "board-graph")
    for width in (1280, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        press_until(page, "Shift", lambda: bool(graph.evaluate(FITS)))
    cause.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(board.at("/graph?service=wallets"))
    page.reload()
    chosen = graph.get_by_role("button", name=re.compile("Wallets")).first
    expect(chosen).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("t")
    table = page.get_by_role("table", name="Services and what they depend on")
    row = table.get_by_role("row", name=re.compile("^Wallets")).first
    expect(row).to_contain_text("Ledger database")


def test_the_timeline_keeps_its_filter_in_the_address(member: Callable[..., Page], board: Board):
    page = member()
    page.goto(board.at("/timeline"))
    expect(page.get_by_text("had a major outage")).to_be_visible()
    page.get_by_role("button", name="Service any").click()
    page.get_by_role("menuitem", name="Wallets").click()
    expect(page).to_have_url(board.at("/timeline?service=wallets"))
    expect(page.get_by_text("had a major outage")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("became degraded")).to_be_visible()
    expect(page.get_by_text("had a major outage")).to_have_count(0)


def test_the_wall_shows_the_worst_first_without_a_rail_and_escape_leaves(
    member: Callable[..., Page], board: Board
):
    page = member(color_scheme="dark", viewport={"width": 1920, "height": 1080})
    page.goto(board.at("/wall"))
    worst = page.get_by_role("heading", name="Ledger database: major outage")
    expect(worst).to_be_visible()
    expect(page.get_by_role("navigation", name="Rooms")).to_have_count(0)
    tiles = page.locator("li[data-state]")
    expect(tiles.first).to_contain_text("Ledger database")
    expect(page.locator("li[data-state=poller_broken]")).to_contain_text("Huddleway chat")
    expect(page.get_by_text(re.compile("^Live"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    last = tiles.last.bounding_box()
    assert last is not None
    assert last["x"] + last["width"] > 0.97 * 1920, "few tiles fill the screen"
    assert last["y"] + last["height"] > 0.85 * 1080
    picture(page, "board-wall")
    page.keyboard.press("Escape")
    expect(page).to_have_url(board.at("/board"))


def _kept(page: Page) -> bool:
    """Whether the last known board lies on this device."""
    found: bool = page.evaluate(
        "caches.open('tocsin-last-known').then(each => each.keys()).then(keys => keys.length > 0)"
    )
    return found


def test_offline_the_last_known_board_opens_dated_and_refuses_to_change(
    member: Callable[..., Page], board: Board, complaints: list[str]
):
    page = member(viewport={"width": 1280, "height": 800})
    page.goto(board.at("/board"))
    expect(page.get_by_role("link", name="Ledger database").first).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(lambda: _kept(page))
    page.context.set_offline(True)
    page.goto(board.at("/board?state=major_outage"))
    bar = page.get_by_text(re.compile(r"^Offline\. Shown as of \d\d:\d\d, .*ago\.$"))
    expect(bar).to_be_visible()
    expect(page.get_by_text("Nothing can be changed until the server answers.")).to_be_visible()
    expect(page.get_by_role("link", name="Ledger database").first).to_be_visible()
    expect(page.get_by_text(re.compile("^Live"))).to_have_count(0)
    picture(page, "board-offline")
    page.goto(board.at("/incidents/new"))
    page.get_by_role("textbox", name="Title").fill("Nobody can pay")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Open")).click()
    expect(page.get_by_text("The server cannot be reached.").first).to_be_visible()

    page.context.set_offline(False)
    page.goto(board.at("/board"))
    expect(page.get_by_text(re.compile("^Live"))).to_be_visible()
    expect(bar).to_have_count(0)
    complaints[:] = [one for one in complaints if not any(x in one for x in REACHED_NOBODY)]


def test_logging_out_leaves_no_board_of_a_member_behind(visitor: Callable[..., Page], board: Board):
    page = visitor(viewport={"width": 1280, "height": 800})
    page.goto(board.at("/login"))
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ledger database").first).to_be_visible()
    until(lambda: _kept(page))
    page.get_by_role("button", name=re.compile(NAME)).click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
    text = "caches.open('tocsin-last-known').then(each => each.match('/last-known-board'))"
    kept = page.evaluate(f"{text}.then(found => found ? found.text() : '')")
    assert NAME not in kept
