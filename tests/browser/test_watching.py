"""Adding what is watched, and checks of one's own, as a person does it."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.neighbours import Neighbours
from tests.browser.pictures import picture
from tests.browser.product import Product

pytestmark = pytest.mark.browser

FIELD = "Name of a service or address of a status page"


@pytest.fixture
def page(visitor: Callable[..., Page], cookies: list[Any]) -> Page:
    page = visitor(service_workers="block")
    page.context.add_cookies(cookies)
    return page


def test_an_address_becomes_a_service_with_the_parts_that_count(
    page: Page, product: Product, neighbours: Neighbours, client: httpx.Client
):
    page.goto(f"{product.address}/settings/services")
    page.get_by_role("button", name=re.compile("^Add a service")).click()
    wanted = page.get_by_label(FIELD)
    expect(wanted).to_be_focused()
    expect(page.get_by_role("heading", name="Identity")).to_be_visible()
    wanted.press_sequentially("githu")
    expect(page.locator("[data-best]")).to_contain_text("GitHub")
    picture(page, "catalogue")

    wanted.fill(f"{neighbours.base}/mailgrove/history")
    wanted.press("Enter")
    expect(page.get_by_text("Statuspage, 2 components")).to_be_visible()
    page.get_by_role("checkbox", name="Sending").check(force=True)
    expect(page.get_by_text("1 of 2 parts")).to_be_visible()
    page.get_by_label("Category").select_option("marketing")
    picture(page, "discovery")
    page.get_by_role("button", name="Watch it").click()
    expect(page).to_have_url(f"{product.address}/services/mailgrove")
    expect(page.get_by_role("heading", name="Mailgrove works.")).to_be_visible()
    service = client.get("/services/mailgrove").json()
    assert service["category"] == "marketing"
    assert service["source"]["components"] == ["mailgrove-0"]


def test_an_address_where_nobody_is_says_so(page: Page, product: Product):
    page.goto(f"{product.address}/settings/services/new")
    page.get_by_label(FIELD).fill("127.0.0.1:1")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing found at 127.0.0.1:1.")


def test_a_monitor_is_tried_out_before_it_is_added(
    page: Page, product: Product, neighbours: Neighbours
):
    page.goto(f"{product.address}/services/checkout")
    page.get_by_role("link", name="Add a monitor").first.click()
    page.get_by_label("Address").fill(f"{neighbours.base}/website")
    page.get_by_label("Must contain").fill("Goodbye")
    page.get_by_label("Must contain").press("Enter")
    expect(page.get_by_text("Fault: keyword")).to_be_visible()
    page.get_by_label("Must contain").fill("Welcome")
    expect(page.get_by_text("before your last change")).to_be_visible()
    page.get_by_role("button", name="Test now").click()
    expect(page.get_by_role("list", name="Phases")).to_contain_text("First byte")
    expect(page.get_by_text(re.compile("^Status 200"))).to_be_visible()
    picture(page, "monitor-editor")
    page.get_by_role("button", name="Add monitor").click()
    expect(page).to_have_url(f"{product.address}/services/checkout")
    expect(page.get_by_role("link", name=re.compile("^Website, "))).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Website, ")).to_contain_text("200 (OK)")


def test_a_job_gets_an_address_and_its_ping_is_seen(page: Page, product: Product):
    page.goto(f"{product.address}/services/checkout/monitors/new")
    page.get_by_label("What is checked").select_option("heartbeat")
    page.get_by_label("The job runs").select_option("cron")
    page.get_by_label("Cron expression").fill("61 2 * * *")
    expect(page.get_by_role("alert")).to_have_text("The minute cannot be read or never comes.")
    page.get_by_label("Cron expression").fill("30 2 * * *")
    expect(page.get_by_text("At 02:30 every day.")).to_be_visible()
    due = page.get_by_role("list", name="Due times").get_by_role("listitem")
    expect(due).to_have_count(5)
    expect(due.first).to_contain_text("02:30")
    picture(page, "heartbeat-editor")
    page.get_by_label("Name").fill("Nightly backup")
    page.get_by_role("button", name="Add monitor").click()
    expect(page.get_by_text(re.compile("^Waiting for the first ping. Until"))).to_be_visible()
    expect(due).to_have_count(5)
    picture(page, "heartbeat")
    shown = page.get_by_role("button", name=re.compile("^Copy the ping address")).inner_text()
    assert httpx.get(shown.strip()).is_success
    expect(page.get_by_text("Next one due")).to_be_visible(timeout=20_000)


def test_a_monitor_that_is_deleted_is_gone(page: Page, product: Product):
    page.goto(f"{product.address}/services/checkout")
    page.get_by_role("link", name="Nightly backup").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete monitor").click()
    expect(page).to_have_url(f"{product.address}/services/checkout")
    expect(page.get_by_role("link", name="Nightly backup")).to_have_count(0)
