"""May we still take risks? The error budget of a service, on its own screen."""

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.pictures import picture
from tests.browser.product import Product, until

pytestmark = pytest.mark.browser

DAY = 1440.0
MINUTES_AGO = (
    *((85 * DAY, None, "operational", 10), (22 * DAY, 22 * DAY - 7, "partial_outage", 11)),
    *((12 * DAY, 12 * DAY - 5.2, "partial_outage", 11), (4 * DAY, 4 * DAY - 2, "major_outage", 11)),
    (9, None, "major_outage", 11),
)
"""A month of Checkout's confirmed line: from, to, state, rank."""


@pytest.fixture(scope="module")
def session(product: Product, client: httpx.Client) -> httpx.Client:
    """The owner's session, once Checkout has a month behind it and an incident is open."""
    _draw_month(product)
    began = datetime.now(UTC) - timedelta(minutes=9)
    ticket = {
        "title": "Card payments in Europe fail",
        "severity": "critical",
        "affected_services": ["checkout"],
        "started_at": began.isoformat(),
    }
    assert client.post("/incidents", json=ticket).is_success
    until(lambda: client.get("/services/checkout/slo").json()["losses"])
    return client


@pytest.fixture
def member(
    visitor: Callable[..., Page], cookies: list[Any], session: httpx.Client
) -> Callable[..., Page]:
    def enter(**options: Any) -> Page:
        page = visitor(**options)
        page.context.add_cookies(cookies)
        return page

    return enter


def _draw_month(product: Product) -> None:
    """Put the past straight into the database: nobody waits a month for a picture."""
    now = datetime.now(UTC)
    with sqlite3.connect(product.folder / "data" / "data.db", timeout=20) as database:
        tenant = database.execute("SELECT id FROM tenants").fetchone()[0]
        for start, end, state, rank in MINUTES_AGO:
            row = {
                "id": uuid4().bytes,
                "tenant_id": tenant,
                "service_id": "checkout",
                "line": "confirmed",
                "start_at": _micros(now, start),
                "end_at": None if end is None else _micros(now, end),
                "state": state,
                "maintenance": 0,
                "source": "backfill",
                "rank": rank,
            }
            names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
            database.execute(f"INSERT INTO status_segments ({names}) VALUES ({places})", row)


def _micros(now: datetime, minutes: float) -> int:
    return int((now - timedelta(minutes=minutes)).timestamp() * 1_000_000)


def test_a_service_leads_to_its_budget_which_says_what_is_left_and_where_it_went(
    member: Callable[..., Page], product: Product
):
    page = member()
    page.goto(f"{product.address}/services/checkout")
    page.get_by_role("link", name="SLO and SLA").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Take no risks: Checkout burns its error budget fast."
    )
    expect(page.get_by_role("meter")).to_have_attribute(
        "aria-valuetext", re.compile("4[5-7] % left")
    )
    over = page.get_by_role("row").filter(has_text="1 h and 5 min")
    expect(over).to_contain_text("Over")
    cause = page.get_by_role("link", name=re.compile("INC0000001 Card payments in Europe fail"))
    expect(cause).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Uptime of Checkout by day"))).to_be_visible()
    picture(page, "error-budget")
    page.keyboard.press("t")
    expect(page.get_by_role("table", name="Budget left at the end of each day")).to_be_visible()


def test_a_target_is_rehearsed_promised_and_taken_back_by_keys(
    member: Callable[..., Page], product: Product, session: httpx.Client
):
    page = member()
    page.goto(f"{product.address}/services/checkout/slo")
    expect(page.get_by_role("meter")).to_be_visible()
    page.keyboard.press("o")
    target = page.get_by_role("textbox", name="Target")
    target.fill("99")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("95 % would be left")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Checkout promises 99 %")).to_be_visible()
    expect(page.get_by_text("99 % of the time, over 30 days")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.get_by_text("99.9 % of the time, over 30 days")).to_be_visible()
    assert session.get("/services/checkout/objective").json()["own_target"] is False


@pytest.mark.usefixtures("session")
def test_strangers_see_the_budget_and_no_incidents(visitor: Callable[..., Page], product: Product):
    page = visitor()
    page.goto(f"{product.address}/services/checkout/slo")
    expect(page.get_by_text("Major outage").first).to_be_visible()
    expect(page.get_by_text("INC0000001")).to_have_count(0)
    expect(page.get_by_role("button", name="Change the target")).to_have_count(0)
    page.goto(f"{product.address}/services/payroll/slo")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such service.")
