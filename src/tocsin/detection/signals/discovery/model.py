"""What was found behind an address, and what was tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.detection.signals.model import ComponentReading, Reading


@dataclass(frozen=True, slots=True)
class Attempt:
    """A kind that was tried at an address, and why it did not read it; None: it did."""

    kind: str
    url: str
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A source that might serve as well, in its wire form; `reason` says what speaks for it."""

    source: Mapping[str, Any]
    name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What an address turned out to be.

    `kind`, `source` (ready to be saved) and `reading` (of everything) are None where nothing but a
    website is there; `url` is where the address led. `components` are all that there is to choose
    from. `tried` lists every kind that was asked, in order. `note` is a sentence where the address
    was not asked as people would expect: by http, because https did not answer.
    """

    kind: str | None
    url: str
    name: str | None
    source: Mapping[str, Any] | None
    components: Sequence[ComponentReading]
    reading: Reading | None
    tried: Sequence[Attempt]
    suggestions: Sequence[Suggestion] = ()
    note: str | None = None
