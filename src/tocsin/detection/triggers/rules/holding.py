"""How long a condition has held: when that makes a trigger fire, and when it clears again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .streams import Stream

LEAST_RECOVERY = 60.0
MOST_RECOVERY = 300.0
SILENCE = 3_600.0


class Turn(StrEnum):
    """What changed."""

    FIRED = "fired"
    RECOVERED = "recovered"
    SILENT = "silent"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds: how long the condition must hold, how long it must be false to clear, the
    longest pause between two points, how much a point may come late, and after how long without
    any known value a firing trigger clears."""

    duration: float
    recovery: float
    gap: float
    slack: float
    silence: float

    @classmethod
    def of(cls, duration: float, stream: Stream) -> "Patience":
        """The recovery is as long as the duration, between one minute and five."""
        recovery = max(LEAST_RECOVERY, min(duration, MOST_RECOVERY))
        return cls(duration, recovery, stream.gap, stream.slack, max(SILENCE, 2 * stream.gap))


class Holding:
    """Where one stream stands; moved on point by point. Times are epoch seconds."""

    __slots__ = ("false_since", "firing_since", "known_at", "last_at", "points", "true_since")

    def __init__(
        self,
        last_at: float | None = None,
        known_at: float | None = None,
        true_since: float | None = None,
        false_since: float | None = None,
        firing_since: float | None = None,
        points: int = 0,
    ) -> None:
        self.last_at = last_at
        self.known_at = known_at
        self.true_since = true_since
        self.false_since = false_since
        self.firing_since = firing_since
        self.points = points

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> "Holding":
        """Read back what `plain` gave."""
        return cls(
            **{name: stored.get(name) for name in cls.__slots__ if name != "points"},
            points=int(stored.get("points", 0)),
        )

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def is_firing(self) -> bool:
        return self.firing_since is not None

    @property
    def is_calm(self) -> bool:
        """Whether forgetting it loses nothing."""
        return self.firing_since is None and self.true_since is None

    def meet(self, at: float, held: bool | None, patience: Patience) -> Turn | None:
        """Take in one point, later than every one before."""
        if self.last_at is not None and at - self.last_at > patience.gap:
            self.true_since = self.false_since = None
        self.last_at = at
        if held is None:
            self.true_since = self.false_since = None
            return None
        self.known_at = at
        if held:
            return self._held(at, patience)
        return self._did_not(at, patience)

    def quiet(self, now: float, patience: Patience) -> bool:
        """Stop firing where nothing has been known for too long; tell whether it did."""
        if self.firing_since is None or self.known_at is None:
            return False
        if now - self.known_at <= patience.silence:
            return False
        self.firing_since = self.true_since = self.false_since = None
        return True

    def _held(self, at: float, patience: Patience) -> Turn | None:
        self.false_since = None
        if self.true_since is None:
            self.true_since, self.points = at, 0
        self.points += 1
        enough = at - self.true_since >= patience.duration - patience.slack
        if self.firing_since is not None or not enough:
            return None
        self.firing_since = self.true_since
        return Turn.FIRED

    def _did_not(self, at: float, patience: Patience) -> Turn | None:
        self.true_since = None
        if self.false_since is None:
            self.false_since = at
        if self.firing_since is None or at - self.false_since < patience.recovery - patience.slack:
            return None
        self.firing_since = None
        return Turn.RECOVERED
