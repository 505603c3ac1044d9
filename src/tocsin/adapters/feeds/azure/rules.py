"""What Azure's feed means: it lists open trouble, and never how bad it is.

Entries that are over drop out of it, some after a while in which their title says so. Only a title
that says nothing else is believed: “Resolved in North Europe, continues in West Europe” is open.
"""

import re

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.mentions import mentioned, with_words
from tocsin.adapters.feeds.syndication import FeedEntry, read_syndicated
from tocsin.detection.signals.ports import SourceSpec, VendorIncident
from tocsin.kernel.status import Status

_WORD = r"(?:resolved|mitigated)"
_MARKED = re.compile(rf"^\s*(?:[\[(]\s*{_WORD}\s*[\])]|{_WORD}\s*[-–—:]\s)", re.IGNORECASE)
_LAST = re.compile(rf"[-–—:]\s+[\[(]?{_WORD}[\])]?\s*\.?\s*$", re.IGNORECASE)
_REVIEW = re.compile(r"\bpost[ -]incident review\b|\bfinal[ -]PIR\b", re.IGNORECASE)


def listed(payload: object, spec: SourceSpec) -> ListedPage:
    """A decoded feed in our own words; raises ShapeFault when it is none."""
    told = [(entry, mentioned(entry, spec)) for entry in read_syndicated(payload).entries]
    incidents = tuple(
        _incident(entry, named)
        for entry, named in told
        if named is not None and not _is_over(entry.title)
    )
    ever = {word for _, named in told for word in named or ()}
    return with_words(ListedPage("Azure", incidents=incidents), spec, ever)


def _is_over(title: str) -> bool:
    """Whether a title begins or ends with nothing but the word for it, or announces a review."""
    return any(pattern.search(title) for pattern in (_MARKED, _LAST, _REVIEW))


def _incident(entry: FeedEntry, named: tuple[str, ...]) -> VendorIncident:
    return VendorIncident(
        id=entry.id,
        name=entry.title,
        impact=Status.DEGRADED,
        status="open",
        url=entry.url,
        started_at=entry.published_at,
        component_ids=named,
    )
