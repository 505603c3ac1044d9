"""What a status page's feed means: an entry is over when its newest update says so, else trouble.

A feed says neither how bad something is nor which component it touches, hence degraded.
"""

from dataclasses import dataclass

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.mentions import mentioned, with_words
from tocsin.adapters.feeds.rss.updates import (
    OVER,
    PLANNED,
    UNDER_WAY,
    is_planned_event,
    labels,
    leading_word,
)
from tocsin.adapters.feeds.syndication import FeedEntry, read_syndicated
from tocsin.detection.signals.ports import (
    MaintenanceStatus,
    SourceSpec,
    VendorIncident,
    VendorMaintenance,
)
from tocsin.kernel.status import Status

_LONGEST_WORD_LINE = 200


@dataclass(frozen=True, slots=True)
class _Story:
    """What an entry tells: its newest word, and the state of its maintenance if it is one."""

    word: str
    maintenance: MaintenanceStatus | None


def listed(payload: object, spec: SourceSpec) -> ListedPage:
    """A decoded feed in our own words; raises ShapeFault when it is none."""
    feed = read_syndicated(payload)
    incidents, maintenances, ever = [], [], set[str]()
    for entry in feed.entries:
        story, named = _story(entry), mentioned(entry, spec)
        ever.update(named or ())
        if story.word in OVER or named is None:
            continue
        if story.maintenance is None:
            incidents.append(_incident(entry, story.word, named))
        else:
            maintenances.append(_maintenance(entry, story.maintenance, named))
    page = ListedPage(feed.title, (), tuple(incidents), tuple(maintenances))
    return with_words(page, spec, ever)


def _story(entry: FeedEntry) -> _Story:
    words = labels(entry.body)
    said = leading_word(entry.title)
    plain = leading_word(entry.body[:_LONGEST_WORD_LINE]) if not words else ""
    newest = said if said in OVER else (words[0] if words else said or plain)
    if newest in OVER or not _is_maintenance(entry, words, said or plain):
        return _Story(newest, None)
    telling = [word for word in (*words, said, plain) if word in PLANNED | UNDER_WAY]
    under_way = bool(telling) and telling[0] in UNDER_WAY
    return _Story(
        newest, MaintenanceStatus.IN_PROGRESS if under_way else MaintenanceStatus.SCHEDULED
    )


def _is_maintenance(entry: FeedEntry, words: list[str], said: str) -> bool:
    """Its updates decide; only what has none is judged by its title."""
    if is_planned_event(entry.body) or not (PLANNED | UNDER_WAY).isdisjoint((*words, said)):
        return True
    return not words and "maintenance" in " ".join((entry.title, *entry.categories)).casefold()


def _incident(entry: FeedEntry, word: str, named: tuple[str, ...]) -> VendorIncident:
    return VendorIncident(
        id=entry.id,
        name=entry.title,
        impact=Status.DEGRADED,
        status=word,
        url=entry.url,
        started_at=entry.published_at,
        component_ids=named,
    )


def _maintenance(
    entry: FeedEntry, status: MaintenanceStatus, named: tuple[str, ...]
) -> VendorMaintenance:
    return VendorMaintenance(entry.id, entry.title, None, None, status, named)
