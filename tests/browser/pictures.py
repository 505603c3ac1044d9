"""Pictures for the guide: taken only when TOCSIN_SCREENSHOTS=1 asks for them."""

import os

from playwright.sync_api import Page

from tests.support.checkout import ROOT

PLACE = ROOT / "docs" / "guide" / "images"
MOST_BYTES = 150_000
WANTED = os.environ.get("TOCSIN_SCREENSHOTS") == "1"

# Through the object model: the policy of the product refuses style sheets that are not its own.
SHOW_TOASTS = """shown => {
  for (const place of document.querySelectorAll("[role=status][aria-live=polite]"))
    place.style.visibility = shown ? "" : "hidden";
}"""


def picture(page: Page, name: str) -> None:
    """Keep what the page shows now, without toasts, as docs/guide/images/<name>.png."""
    if not WANTED:
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    page.evaluate(SHOW_TOASTS, False)
    taken = page.screenshot(path=PLACE / f"{name}.png", animations="disabled", scale="css")
    page.evaluate(SHOW_TOASTS, True)
    assert len(taken) < MOST_BYTES, f"{name}: {len(taken)} bytes"
