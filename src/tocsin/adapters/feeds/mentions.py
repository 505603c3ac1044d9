"""Watching parts of a feed that knows no components: by the words in its entries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from tocsin.adapters.feeds.fields import NOTHING_REPORTED, fold
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.syndication import FeedEntry
from tocsin.detection.signals.ports import ComponentReading, SourceSpec, WatchedNames
from tocsin.kernel.status import Status, worst

WatchedWords = Annotated[
    WatchedNames, Field(max_length=50, description="Words to look for; empty: everything counts.")
]


def mentioned(entry: FeedEntry, spec: SourceSpec) -> tuple[str, ...] | None:
    """The specification's words that an entry mentions; None when it does not concern them.

    Who gives words has said that what mentions none of them is of no concern. Without words,
    everything counts and nothing is mentioned.
    """
    if not spec.components:
        return ()
    folded = fold(f"{entry.title} {' '.join(entry.categories)} {entry.body}")
    return tuple(word for word in spec.components if _says(folded, fold(word))) or None


def with_words(page: ListedPage, spec: SourceSpec, ever: Collection[str]) -> ListedPage:
    """The page with the specification's words as components, as its incidents leave them.

    `ever` are those that any entry mentions, be it over or not.
    """
    touching: defaultdict[str, list[Status]] = defaultdict(list)
    for incident in page.incidents:
        for named in incident.component_ids:
            touching[named].append(incident.impact)
    components = tuple(_component(one, touching.get(one, [])) for one in spec.components)
    unnamed = tuple(word for word in spec.components if word not in ever)
    return replace(page, components=components, overall=Status.OPERATIONAL, unnamed=unnamed)


def _says(written: str, word: str) -> bool:
    """Whether a text has a word as a word: `API` is not in `rapid`."""
    at = written.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if not (written[at - 1 : at].isalnum() or written[end : end + 1].isalnum()):
            return True
        at = written.find(word, end)
    return False


def _component(name: str, impacts: list[Status]) -> ComponentReading:
    state = worst(impacts)
    return ComponentReading(name, name, None, state, state.value if impacts else NOTHING_REPORTED)
