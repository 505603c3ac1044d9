"""Every screen and public page, empty, full and failing: by axe, at two widths, in both themes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.neighbours import Neighbours
from tests.browser.product import Product, until
from tests.support.checkout import ROOT

AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: the console is not installed"),
]

Theme = Literal["light", "dark"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that a theme can change."""
WIDTHS = [1440, 320]
UNBROKEN = "https://status.example/" + "q" * 170
COMPONENTS = 30

RULER = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const clipped = (each) => each && each !== document.body &&
    (getComputedStyle(each).overflowX !== "visible" || clipped(each.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter(
    (each) => each.getBoundingClientRect().right > innerWidth + 0.5 && !clipped(each.parentElement));
  return ["too wide", ...wide.slice(0, 4).map((each) => each.outerHTML.slice(0, 300))];
}"""

DOORS = ["/login", "/status/main", "/status/main/history", "/status/main/incidents/nowhere"]
ROOMS = [
    "/board",
    "/board?q=nowhere",
    "/board?view=executive",
    "/graph",
    "/graph?as=table",
    "/timeline",
    "/wall",
    "/services/gitfold",
    "/services/gitfold/slo",
    "/incidents",
    "/incidents/new",
    "/alerts",
    "/maintenance",
    "/maintenance?view=past",
    "/deliveries",
    "/status-pages",
    "/status-pages/main",
    "/status-pages/main/subscribers",
    "/settings/triggers",
    "/settings/triggers?trigger=new",
    "/settings/opening-rule",
    "/nowhere",
]
# Screens that need nothing from the server before they can be used.
STAND_ALONE = ("/nowhere", "/incidents/new", "/services/checkout/monitors/new")


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with an account, and the API as they see it."""

    product: Product
    client: httpx.Client

    def done(self, path: str, **body: Any) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def owner(product: Product, client: httpx.Client) -> Owner:
    """A product somebody has just set up: nothing has happened yet."""
    return Owner(product, client)


@pytest.fixture(scope="module")
def full(owner: Owner, neighbours: Neighbours) -> list[str]:
    """Trouble everywhere, in long words; answers the records' own screens."""
    services = [f"part-{number:02d}" for number in range(COMPONENTS)]
    for number, service in enumerate(services):
        name = f"International settlement and reconciliation gateway number {number}"
        source = {"kind": "manual"}
        owner.done("/services", id=service, name=name, category="finance", source=source)
        owner.done("/status-pages/main/components", service_id=service)
    owner.done("/status-pages/main/components", service_id="gitfold")
    neighbours.down.add("gitfold")
    alert = until(lambda: owner.client.get("/alerts").json()["items"])[0]["id"]
    by_rule = until(lambda: owner.client.get("/incidents").json()["items"])[0]["id"]
    told = owner.done(
        "/incidents", title=UNBROKEN, severity="critical", affected_services=services
    )["id"]
    impacts = dict.fromkeys(services, "degraded")
    update = {"phase": "investigating", "message": UNBROKEN * 3, "public": True}
    owner.done(f"/incidents/{told}/updates", **update, impacts=impacts)
    long = "q" * 60
    trigger = owner.done(
        "/triggers", name=long * 2, service_id="part-00", condition=f"{long} > 1 or {long} < 0"
    )["id"]
    _rule_for_everything(owner)
    until(lambda: UNBROKEN in httpx.get(owner.product.status_page).text)
    return [
        f"/incidents/{told}",
        f"/incidents/{by_rule}",
        f"/alerts/{alert}",
        "/services/part-00",
        f"/settings/triggers?trigger={trigger}",
    ]


def _rule_for_everything(owner: Owner) -> None:
    """An ordered rule that asks for all there is to ask, before the table."""
    rule = {"status_at_least": "degraded", "severity": "low", "tiers": [3], "min_dependents": 5000}
    there = owner.client.get("/settings/opening-rule").json()
    every = ["engineering", "finance", "hr", "identity", "marketing", "networking", "sales"]
    kept = {**there, "rules": [{**rule, "categories": every}]}
    assert owner.client.put("/settings/opening-rule", json=kept).is_success


@pytest.fixture
def member(visitor: Callable[..., Page], cookies: list[Any]) -> Callable[[int], Page]:
    """Open a page of this width as the owner."""

    def enter(width: int) -> Page:
        page = visitor(viewport={"width": width, "height": 800}, bypass_csp=True)
        page.context.add_cookies(cookies)
        return page

    return enter


def _faults(page: Page, *themes: Theme) -> list[str]:
    """What axe and a ruler object to, in these themes: all in the first, colours in the others."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found: list[str] = []
    asked: Any = STANDARDS
    for theme in themes:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        run = f"axe.run({{runOnly: {json.dumps(asked)}, resultTypes: ['violations']}})"
        found += [
            f"{theme}: {one['id']}: {one['nodes'][0]['html'][:160]}"
            for one in page.evaluate(run)["violations"]
        ]
        asked = COLOURS
    return [*found, *page.evaluate(RULER)]


def _look(page: Page, owner: Owner, paths: list[str]) -> dict[str, list[str]]:
    """The faults of each screen that has any."""
    seen = {}
    for path in paths:
        page.goto(owner.product.address + path)
        expect(page.locator("h1:not(.visually-hidden)").first).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        seen[path] = _faults(page, "light", "dark")
    return {path: faults for path, faults in seen.items() if faults}


@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_is_sound_while_nothing_has_happened(
    member: Callable[[int], Page], owner: Owner, width: int
):
    assert _look(member(width), owner, [*ROOMS, *DOORS]) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_is_sound_when_much_happens_in_long_words(
    member: Callable[[int], Page], owner: Owner, full: list[str], width: int
):
    page = member(width)
    page.goto(owner.product.status_page)
    told = page.locator("article.incident h2 a").first.get_attribute("href")
    assert told is not None
    assert _look(page, owner, [*ROOMS, *full, *DOORS, told]) == {}


def _let_it_give_up(page: Page) -> None:
    """Move the page's clock over the waits between its tries."""
    again = page.get_by_role("button", name="Try again").first
    for _ in range(20):
        if again.is_visible():
            break
        page.clock.fast_forward(1000)
        page.wait_for_timeout(50)
    expect(again).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (320, "light")])
def test_every_screen_says_so_when_the_server_fails(
    member: Callable[[int], Page], owner: Owner, full: list[str], width: int, theme: Theme
):
    page = member(width)
    page.clock.install()

    def fail(route: Route) -> None:
        if route.request.url.endswith("/auth/me"):
            return route.continue_()
        return route.fulfill(status=503, content_type="application/problem+json", body="{}")

    page.route("**/api/v1/**", fail)
    for path in [room for room in (*ROOMS, *full) if room not in STAND_ALONE]:
        page.goto(owner.product.address + path)
        _let_it_give_up(page)
        assert (path, _faults(page, theme)) == (path, [])
