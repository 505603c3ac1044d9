"""The round: all sources that are checked, in the order in which they are due."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from uuid import UUID

from .model import Watched


class Round:
    """A heap of (due, source); one entry per source, those that run now are not in it."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Watched]] = []
        self._numbers = count()
        self._of: dict[UUID, Watched] = {}

    def __len__(self) -> int:
        return len(self._of)

    def __iter__(self) -> Iterator[Watched]:
        return iter(self._of.values())

    def get(self, source_id: UUID) -> Watched | None:
        return self._of.get(source_id)

    def add(self, watched: Watched) -> None:
        """Take up a source, in place of what was known of it."""
        self.drop(watched.source.id)
        self._of[watched.source.id] = watched
        self.put_back(watched)

    def drop(self, source_id: UUID) -> Watched | None:
        """Forget a source; its entry is skipped when its time comes."""
        watched = self._of.pop(source_id, None)
        if watched is not None:
            watched.gone = True
        return watched

    def put_back(self, watched: Watched) -> None:
        """Queue a source for when it is planned."""
        if not watched.gone:
            heapq.heappush(self._heap, (watched.planned, next(self._numbers), watched))

    def next_due(self) -> datetime | None:
        """When the next check is due."""
        while self._heap and self._heap[0][2].gone:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def take_due(self, now: datetime) -> Watched | None:
        """The next source that is due by now."""
        due = self.next_due()
        if due is None or due > now:
            return None
        return heapq.heappop(self._heap)[2]

    def count_due(self, now: datetime) -> int:
        """How many sources are due by now and wait."""
        return sum(due <= now and not watched.gone for due, _, watched in self._heap)

    def clear(self) -> None:
        """Forget everything."""
        for watched in self._of.values():
            watched.gone = True
        self._of.clear()
        self._heap.clear()
