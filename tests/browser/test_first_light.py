"""One story from the first start to the resolved incident, as an operator and a customer see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.adapters.email.sink import Letter
from tests.browser.neighbours import Neighbours
from tests.browser.pictures import picture
from tests.browser.product import EMAIL, NAME, PASSWORD, Product, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READER = "reader@customer.example"
WORDS = "Pushes to Gitfold fail. Your data is safe; we write again within half an hour."
TITLE = "Pushes and deployments fail"


@dataclass(frozen=True, slots=True)
class Stage:
    """Who plays: the operator's console, the customer's browser, and everybody around."""

    product: Product
    around: Neighbours
    operator: Page
    customer: Page


@pytest.fixture
def stage(product: Product, neighbours: Neighbours, visitor: Callable[..., Page]) -> Stage:
    operator = visitor(color_scheme="dark", viewport={"width": 1200, "height": 760})
    return Stage(product, neighbours, operator, visitor(color_scheme="light"))


def test_a_vendor_outage_becomes_an_incident_a_public_update_and_a_delivered_message(stage: Stage):
    _sets_up_an_account(stage)
    _watches_a_vendor_and_a_website(stage)
    _leaves_the_channels_as_they_are(stage)
    _fills_the_status_page(stage)
    _sees_everything_work(stage)
    _a_customer_subscribes(stage)
    _a_vendor_goes_down(stage)
    _opens_the_incident(stage)
    _writes_a_public_update(stage)
    _the_customer_reads_it_live_and_by_mail(stage)
    _slack_got_blocks(stage)
    _the_vendor_recovers(stage)
    _takes_the_prepared_words(stage)
    _the_customer_reads_that_it_is_over(stage)
    _the_ledger_shows_what_was_sent(stage)
    _the_timeline_tells_all(stage)


def _sets_up_an_account(stage: Stage) -> None:
    page = stage.operator
    page.goto(stage.product.setup_link)
    expect(page.get_by_role("heading", name="Set up Tocsin")).to_be_visible()
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    picture(page, "set-up")
    page.get_by_role("button", name="Create account and go on").click()
    expect(page.get_by_role("heading", name="What you watch")).to_be_visible()


def _watches_a_vendor_and_a_website(stage: Stage) -> None:
    page, base = stage.operator, stage.around.base
    wanted = page.get_by_label("Name of a service or address of a status page")
    wanted.fill(f"{base}/mailgrove")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("Statuspage, 2 components")).to_be_visible()
    picture(page, "add-a-service")
    page.get_by_role("button", name="Watch it").click()
    expect(page.get_by_text("Mailgrove is watched")).to_be_visible()

    wanted.fill(f"{base}/website")
    wanted.press("Enter")
    page.get_by_role("button", name="Watch the website").click()
    page.get_by_label("Name", exact=True).fill("Shop")
    page.get_by_role("button", name="Watch it").click()
    expect(page.get_by_text("Shop is watched")).to_be_visible()
    page.get_by_role("button", name="Go on").click()


def _leaves_the_channels_as_they_are(stage: Stage) -> None:
    page = stage.operator
    expect(page.get_by_role("heading", name="Who hears about it")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Go on")).click()


def _fills_the_status_page(stage: Stage) -> None:
    page = stage.operator
    expect(page.get_by_role("heading", name="Your status page")).to_be_visible()
    page.get_by_label("Name").fill("Larkfield")
    page.get_by_label("Gitfold").check()
    page.get_by_label("Shop").check()
    expect(page.get_by_label("Payroll")).to_have_count(0)
    page.get_by_role("button", name="Save and open the board").click()


def _sees_everything_work(stage: Stage) -> None:
    page = stage.operator
    expect(page).to_have_url(re.compile("/board$"))
    working = re.compile("^What is known works; ")  # nobody has said yet how two of them are
    expect(page.get_by_role("heading", level=1, name=working)).to_be_visible()
    expect(page.get_by_role("link", name="Mailgrove", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Shop", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("^Live")).first).to_be_visible()
    page.evaluate("window.neverReloaded = true")


def _a_customer_subscribes(stage: Stage) -> None:
    page = stage.customer
    page.goto(stage.product.status_page)
    expect(page.get_by_role("heading", level=1, name="Everything works.")).to_be_visible()
    picture(page, "status-page-quiet")
    page.locator("#email").fill(READER)
    page.locator(".subscribe button").click()
    expect(page.locator("main")).to_contain_text(re.compile("letter|mail", re.I))
    asked = until(lambda: stage.around.letters_to(READER))[0]
    page.goto(_link(asked, "/confirm/"))
    expect(page.get_by_role("heading", name="You will hear from us")).to_be_visible()
    picture(page, "subscribed")
    page.goto(stage.product.status_page)
    expect(page.locator("[data-pulse][data-state=live]")).to_be_visible()
    page.evaluate("window.neverReloaded = true")


def _link(letter: Letter, part: str) -> str:
    found = re.search(rf"http\S+{part}\S+", letter.text)
    assert found, letter.text
    return found[0].rstrip(".>)")


def _a_vendor_goes_down(stage: Stage) -> None:
    page = stage.operator
    stage.around.down.add("gitfold")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Gitfold is .*down"))
    card = page.get_by_role("list", name="Services that need a look").get_by_role("listitem")
    expect(card.filter(has_text="Gitfold")).to_contain_text(re.compile(r"INC\d{7}"))
    assert page.evaluate("window.neverReloaded"), "the board was reloaded"
    picture(page, "board")


def _opens_the_incident(stage: Stage) -> None:
    page = stage.operator
    link = page.get_by_role("link", name=re.compile(r"^INC\d{7}$")).first
    reference = link.inner_text().strip()
    link.click()
    expect(page).to_have_url(re.compile(f"/incidents/{reference}$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gitfold")
    page.get_by_role("button", name=re.compile("^Acknowledge")).click()
    expect(page.get_by_role("list", name=re.compile("^Timeline"))).to_contain_text(
        re.compile("acknowledged", re.I)
    )


def _writes_a_public_update(stage: Stage) -> None:
    page = stage.operator
    page.get_by_role("tab", name="Public update").click()
    page.get_by_label("Public title").fill(TITLE)
    page.get_by_role("textbox", name="Public update").fill(WORDS)
    leaving = page.get_by_role("heading", name="What leaves the building").locator("..")
    expect(leaving).to_contain_text("1 subscriber by mail")
    expect(leaving).to_contain_text("1 chat channel")
    picture(page, "write-an-update")
    page.get_by_role("button", name="Publish to 2").click()
    expect(page.get_by_text("Published to 2")).to_be_visible()


def _the_customer_reads_it_live_and_by_mail(stage: Stage) -> None:
    page = stage.customer
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert page.evaluate("window.neverReloaded"), "the status page was reloaded"
    picture(page, "status-page-incident")
    letter = until(lambda: _letter_with(stage, WORDS))
    assert TITLE in str(letter.message["Subject"])
    assert letter.message["List-Unsubscribe"]
    assert TITLE in letter.html


def _letter_with(stage: Stage, words: str) -> Letter | None:
    start = words[:20]
    return next((one for one in stage.around.letters_to(READER) if start in one.text), None)


def _slack_got_blocks(stage: Stage) -> None:
    message = until(lambda: _posted_with(stage.around, "Your data is safe"))
    kinds = {block["type"] for block in message["blocks"]}
    assert kinds & {"section", "header"}
    assert message["text"], "a notification needs words"


def _posted_with(around: Neighbours, words: str) -> dict[str, Any] | None:
    return next((one for one in around.slack if words in str(one.get("blocks"))), None)


def _the_vendor_recovers(stage: Stage) -> None:
    page = stage.operator
    stage.around.down.clear()
    recovery = page.get_by_role("region", name="Recovery")
    expect(recovery).to_contain_text("Gitfold recovered at")
    expect(recovery).to_contain_text("Ready to send")
    picture(page, "recovered")


def _takes_the_prepared_words(stage: Stage) -> None:
    page = stage.operator
    recovery = page.get_by_role("region", name="Recovery")
    recovery.get_by_role("button", name=re.compile("^Resolve")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("What was done")).not_to_be_empty()
    expect(dialog.get_by_label("What the public reads")).not_to_be_empty()
    expect(dialog).to_contain_text("Leaves the building")
    picture(page, "resolve")
    dialog.get_by_role("button", name="Resolve and tell 2").click()
    expect(dialog).to_have_count(0)
    expect(recovery).to_have_count(0)


def _the_customer_reads_that_it_is_over(stage: Stage) -> None:
    page = stage.customer
    expect(page.get_by_role("heading", level=1, name="Everything works.")).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile("resolved", re.I))
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()
    assert page.evaluate("window.neverReloaded"), "the status page was reloaded"
    until(lambda: len(stage.around.letters_to(READER)) >= 3)


def _the_ledger_shows_what_was_sent(stage: Stage) -> None:
    ledger = f"{stage.product.address}/api/v1/deliveries?limit=200"
    page = stage.operator

    def settled() -> list[dict[str, Any]] | None:
        items: list[dict[str, Any]] = page.request.get(ledger).json()["items"]
        return None if any(one["state"] == "pending" for one in items) else items

    items = until(settled)
    assert {one["state"] for one in items} == {"sent"}
    assert len(items) == len(stage.around.mail.letters) + len(stage.around.slack)


def _the_timeline_tells_all(stage: Stage) -> None:
    page = stage.operator
    page.reload()
    story = page.get_by_role("list", name=re.compile("^Timeline"))
    for told in ("opened", "acknowledged", "recovered", "resolved"):
        expect(story).to_contain_text(re.compile(told, re.I))
    expect(story).to_contain_text(WORDS)
    expect(story.get_by_text("2 of 2 delivered")).to_have_count(2)
    picture(page, "timeline")
