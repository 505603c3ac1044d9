"""What is planned and what would have happened: maintenance windows, and triggers on the past."""

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import sin
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pictures import picture
from tests.browser.product import Product
from tocsin.detection.signals.metrics.packing import pack

pytestmark = pytest.mark.browser

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


@pytest.fixture
def page(visitor: Callable[..., Page], cookies: list[Any]) -> Page:
    page = visitor(viewport={"width": 1280, "height": 900}, service_workers="block")
    page.context.add_cookies(cookies)
    return page


@pytest.fixture(scope="module")
def windows(client: httpx.Client) -> None:
    """One window in progress and one that repeats; nothing else is planned."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    running = {
        "title": "Move the ledger to new disks",
        "starts_at": (now - HOUR).isoformat(),
        "ends_at": (now + 3 * HOUR).isoformat(),
        "affected_services": ["checkout"],
    }
    weekly = {
        "title": "Weekly restart of the build runners",
        "starts_at": (now + 75 * HOUR).isoformat(),
        "ends_at": (now + 76 * HOUR).isoformat(),
        "affected_services": ["gitfold"],
        "recurrence": {"rule": "FREQ=WEEKLY", "time_zone": "Europe/Vienna"},
    }
    for window in (running, weekly):
        client.post("/maintenance", json=window).raise_for_status()


def test_a_window_that_is_planned_stands_in_the_list_and_on_the_board(
    page: Page, product: Product, windows: None
):
    page.goto(f"{product.address}/maintenance")
    expect(
        page.get_by_text(re.compile("^Move the ledger to new disks is in progress"))
    ).to_be_visible()
    page.get_by_role("button", name="Plan maintenance").click()
    dialog = page.get_by_role("dialog", name="Plan maintenance")
    dialog.get_by_label("Title").fill("New certificates for payroll")
    dialog.get_by_role("checkbox", name="Payroll").check(force=True)
    day = datetime.now(UTC) + timedelta(days=2)
    dialog.get_by_label("Starts").fill(f"{day:%Y-%m-%d}T02:00")
    dialog.get_by_label("Ends").fill(f"{day:%Y-%m-%d}T03:30")
    foot = dialog.get_by_role("button", name="Plan it")
    expect(foot).to_be_in_viewport(ratio=1)
    picture(page, "plan-maintenance")
    foot.click()
    row = page.get_by_role("listitem").filter(has_text="New certificates for payroll")
    expect(row).to_contain_text(re.compile("02:00 to 03:30"))
    picture(page, "maintenance")

    page.goto(f"{product.address}/board")
    panel = _next_maintenance(page)
    items = panel.get_by_role("listitem")
    expect(items).to_have_count(3)
    expect(items.nth(0)).to_contain_text(re.compile("Move the ledger.*Now, until .*, Checkout"))
    expect(items.nth(1)).to_contain_text(re.compile("New certificates.*02:00 – 03:30, Payroll"))
    items.nth(1).get_by_role("link").click()
    expect(page.get_by_role("heading", name="New certificates for payroll")).to_be_visible()


def test_strangers_see_what_is_next_for_public_services_and_no_links(
    visitor: Callable[..., Page], product: Product, windows: None
):
    page = visitor()
    page.goto(f"{product.address}/board")
    panel = _next_maintenance(page)
    expect(panel).to_contain_text("Move the ledger to new disks")
    expect(panel).not_to_contain_text("payroll")
    expect(panel.get_by_role("link")).to_have_count(0)


def test_a_trigger_shows_when_it_would_have_fired_before_it_is_saved(
    page: Page, product: Product, client: httpx.Client
):
    sample = {"service_id": "checkout", "samples": [{"name": "queue_depth", "value": 40}]}
    client.post("/metrics-samples", json=sample).raise_for_status()
    _draw_week(product)
    page.goto(f"{product.address}/settings/triggers")
    page.get_by_role("button", name="New trigger").first.click()
    drawer = page.get_by_role("dialog", name="New trigger")
    drawer.get_by_label("Name").fill("Orders pile up")
    drawer.get_by_role("textbox", name="Condition").fill("queue_depth > 500 AND")
    expect(drawer.get_by_role("alert")).to_contain_text("at character")
    drawer.get_by_role("textbox", name="Condition").fill("queue_depth > 500")
    drawer.get_by_label("Service").select_option("checkout")
    expect(drawer.get_by_text(re.compile("it would have fired 2 times, for "))).to_be_visible()
    expect(drawer.get_by_role("img", name=re.compile("^queue_depth: between"))).to_be_visible()
    expect(drawer.get_by_role("list", name="Times at which it would have fired")).to_be_visible()
    picture(page, "trigger-preview")
    drawer.get_by_role("button", name="Add trigger").click()
    expect(page.get_by_role("link", name="Orders pile up")).to_be_visible()


def _next_maintenance(page: Page) -> Locator:
    named = page.get_by_role("heading", name="Next maintenance")
    return page.locator("section").filter(has=named)


def _draw_week(product: Product) -> None:
    """Put a week of measured values straight into the database: nobody waits for a picture."""
    now = datetime.now(UTC)
    step = timedelta(minutes=4)
    values = [
        (now - WEEK + step * number, _depth(number)) for number in range(int(WEEK / step) - 1)
    ]
    hours: dict[int, list[tuple[datetime, float]]] = {}
    for at, value in values:
        hours.setdefault(int(at.timestamp()) // 3600, []).append((at, value))
    with sqlite3.connect(product.folder / "data" / "data.db", timeout=20) as database:
        found = database.execute(
            "SELECT tenant_id, id FROM metric_names WHERE name = 'queue_depth'"
        )
        tenant, metric = found.fetchone()
        for hour, points in hours.items():
            row = (tenant, hour, metric, pack(points, hour))
            database.execute("INSERT OR REPLACE INTO metric_blocks VALUES (?, ?, ?, ?)", row)


def _depth(number: int) -> float:
    """A queue that follows the day, and piled up twice."""
    piled = 620 if 700 < number < 724 or 1650 < number < 1662 else 0
    return float(round(150 + 110 * sin(number / 57) + 9 * sin(number * 1.7) + piled))
