"""Fields that vendors write in more than one way: numbers as text, null for a list, epoch times."""

import math
from dataclasses import replace
from datetime import UTC, datetime

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import text
from tocsin.adapters.feeds.watching import watched
from tocsin.detection.signals.ports import ComponentReading, SourceSpec
from tocsin.kernel.status import Status

NOTHING_REPORTED = "nothing reported"
"""The word for a component that a list of troubles does not name."""

_MILLISECONDS_FROM = 10**11
_LONGEST_NUMBER = 20


def whole_number(value: object) -> int | None:
    """A whole number, however it is written (2, "2", 2.0); None for anything else."""
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else None
    line = text(value, _LONGEST_NUMBER)
    try:
        return int(line) if line is not None and line.isascii() else None
    except ValueError:
        return None


def epoch_instant(value: object) -> datetime | None:
    """An instant in seconds or milliseconds since 1970 (POSIX time); None for anything else."""
    number = whole_number(value)
    if number is None:
        return None
    seconds = number / 1_000 if abs(number) >= _MILLISECONDS_FROM else number
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def option_names(spec: SourceSpec, name: str) -> frozenset[str]:
    """The names under an option of the source, ready to be compared; empty where it is unset."""
    return frozenset(fold(str(one)) for one in spec.options.get(name) or ())


def fold(name: str) -> str:
    """A name for comparing: case and runs of blanks do not matter."""
    return " ".join(name.casefold().split())


def with_quiet_ones(page: ListedPage, spec: SourceSpec) -> ListedPage:
    """The page with the watched components it does not list, for vendors who list troubles only.

    Such a vendor says by silence that a component works; it is not one that has vanished. It may
    be one that is misspelt, though, so it is told which ones the page does not name.
    """
    quiet = (drift for drift in watched(page, spec).drift if drift.vanished)
    added = {
        drift.wanted: ComponentReading(
            drift.wanted, drift.name, None, Status.OPERATIONAL, NOTHING_REPORTED
        )
        for drift in quiet
    }
    return replace(
        page, components=(*page.components, *added.values()), unnamed=(*page.unnamed, *added)
    )
