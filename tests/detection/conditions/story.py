"""A service and its polls, one a minute unless a story says otherwise."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tocsin.detection.conditions.model import (
    ConfirmSettings,
    Decision,
    PollSample,
    Verdict,
    Watch,
)
from tocsin.detection.conditions.rules import lose_sight, observe, report
from tocsin.kernel.status import Status

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
UP, DEGRADED = Status.OPERATIONAL, Status.DEGRADED
PARTIAL, MAJOR, UNKNOWN = Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.UNKNOWN

DEFAULTS = ConfirmSettings()
NO_DWELL = ConfirmSettings(min_duration=timedelta())
AT_ONCE = ConfirmSettings(confirm_polls=1, recovery_polls=1, min_duration=timedelta())


def minute(n: float) -> datetime:
    return START + timedelta(minutes=n)


@dataclass
class Story:
    """A service, watched; each step returns the decision it led to."""

    settings: ConfirmSettings = NO_DWELL
    watch: Watch = field(default_factory=Watch)
    clock: float = 0
    decisions: list[Decision] = field(default_factory=list)

    def poll(self, *statuses: Status, maintenance: bool = False) -> Decision:
        for status in statuses:
            self.clock += 1
            sample = PollSample(minute(self.clock), status, maintenance)
            self._take(observe(self.watch, sample, self.settings, minute(self.clock)))
        return self.decisions[-1]

    def polls(self, count: int, status: Status) -> Decision:
        return self.poll(*[status] * count)

    def says(self, status: Status) -> Decision:
        self.clock += 1
        return self._take(report(self.watch, status, self.settings, minute(self.clock)))

    def breaks(self) -> Decision:
        self.clock += 1
        return self._take(lose_sight(self.watch, minute(self.clock)))

    def pause(self, minutes: float) -> None:
        self.clock += minutes

    def verdicts(self) -> list[Verdict]:
        return [decision.verdict for decision in self.decisions]

    def _take(self, judged: tuple[Watch, Decision]) -> Decision:
        self.watch, decision = judged
        self.decisions.append(decision)
        return decision


def healthy(settings: ConfirmSettings = NO_DWELL) -> Story:
    """A service that has been fine since minute 1."""
    story = Story(settings)
    story.poll(UP)
    story.decisions.clear()
    return story


def in_trouble(status: Status = MAJOR, settings: ConfirmSettings = NO_DWELL) -> Story:
    """A service in a confirmed episode since minute 2, judged last at minute 4."""
    story = healthy(settings)
    story.polls(3, status)
    assert story.watch.confirmed is status
    story.decisions.clear()
    return story
