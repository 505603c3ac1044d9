"""Recorded vendor payloads, read where they lie; they are not part of the project."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]


def recordings() -> Path | None:
    """The folder that TOCSIN_VENDOR_FEEDS names, or the one beside the checkout, if it exists."""
    named = os.environ.get("TOCSIN_VENDOR_FEEDS", "../shared/vendor-feeds")
    folder = (ROOT / named).resolve()
    return folder if folder.is_dir() else None
