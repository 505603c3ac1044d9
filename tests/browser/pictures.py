"""Pictures for the guide: taken only when TOCSIN_SCREENSHOTS=1 asks for them."""

import os

from playwright.sync_api import Page

from tests.support.checkout import ROOT

PLACE = ROOT / "docs" / "guide" / "images"
MOST_BYTES = 150_000
WANTED = os.environ.get("TOCSIN_SCREENSHOTS") == "1"


def picture(page: Page, name: str) -> None:
    """Keep what the page shows now as docs/guide/images/<name>.png."""
    if not WANTED:
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    taken = page.screenshot(
        path=PLACE / f"{name}.png", animations="disabled", caret="hide", scale="css"
    )
    assert len(taken) < MOST_BYTES, f"{name}: {len(taken)} bytes"
