"""What is watched, what was decided about it, and on what evidence.

Every instant is an aware UTC datetime. `Watch` and `Decision` are plain values that go to JSON
and back: a watch outlives restarts, a decision is shown to whoever asks why.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from tocsin.kernel.segments import SegmentSource
from tocsin.kernel.status import Status


@dataclass(frozen=True, slots=True)
class PollSample:
    """One successful poll of a service: what its sources said together, and when.

    A poll that failed is no sample; `maintenance` is a flag beside the status.
    """

    at: datetime
    status: Status
    maintenance: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmSettings:
    """What it takes to confirm; the defaults are those of the `ALERT_*` settings.

    `poll_interval` is how often sources are asked, `correlation` how many dependents in trouble
    one alert about their upstream stands for.
    """

    confirm_polls: int = 3
    recovery_polls: int = 2
    min_duration: timedelta = timedelta(seconds=600)
    dedup_window: timedelta = timedelta(seconds=86_400)
    poll_interval: timedelta = timedelta(seconds=60)
    correlation: int = 3

    @property
    def window(self) -> timedelta:
        """How long it takes to confirm a worsening."""
        return max(self.min_duration, self.poll_interval * self.confirm_polls)

    @property
    def grace(self) -> timedelta:
        """How long a recovery takes to be seen once it is there."""
        return self.poll_interval * (self.recovery_polls + 1)


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken row of successful polls, and the time of its first."""

    since: datetime
    polls: int


@dataclass(frozen=True, slots=True)
class Episode:
    """Trouble from its first confirmed poll until recovery: however it changes, one story.

    `status` is what its alert stands at, `sent` when the alert last went out for each status.
    """

    number: int
    started_at: datetime
    status: Status
    sent: Mapping[Status, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flapping:
    """A spell of flapping: its first change, and how many there have been since."""

    since: datetime
    changes: int


@dataclass(frozen=True, slots=True)
class Watch:
    """All that has to be remembered of a service between two polls; a few hundred bytes for ever.

    `confirmed` is the status of the confirmed line while it can be seen. `blind` says that there
    is no answer at all (the poller is broken, or never had a good poll), so that the line shows
    unknown. `worse[S]` is the current run of polls at S or worse, `better[S]` at S or better.
    `episodes` counts how many there have been. An episode is open exactly while trouble is
    confirmed, and stays open while a service in trouble is out of sight. `well` is what the last
    answer said, `turns` are the latest changes between well and unwell.
    """

    confirmed: Status = Status.UNKNOWN
    blind: bool = True
    maintenance: bool = False
    episode: Episode | None = None
    episodes: int = 0
    judged_at: datetime | None = None
    worse: Mapping[Status, Run] = field(default_factory=dict)
    better: Mapping[Status, Run] = field(default_factory=dict)
    well: bool | None = None
    turns: tuple[datetime, ...] = ()
    flapping: Flapping | None = None

    @property
    def shown(self) -> Status:
        """What the confirmed line shows now."""
        return Status.UNKNOWN if self.blind else self.confirmed

    def to_json(self) -> dict[str, Any]:
        """The watch as a JSON object, for its row."""
        return _plain(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Watch":
        """Read back what `to_json` wrote; KeyError or ValueError if it is something else."""
        episode = stored["episode"]
        return cls(
            confirmed=Status(stored["confirmed"]),
            blind=stored["blind"],
            maintenance=stored["maintenance"],
            episode=_episode(episode) if episode else None,
            episodes=stored["episodes"],
            judged_at=_instant(stored["judged_at"]),
            worse=_runs(stored["worse"]),
            better=_runs(stored["better"]),
            well=stored.get("well"),
            turns=tuple(datetime.fromisoformat(at) for at in stored.get("turns", ())),
            flapping=_flapping(stored.get("flapping")),
        )


class Verdict(StrEnum):
    """What one look at a service led to."""

    CONFIRMED = "confirmed"  # worse, and everybody concerned should know: raise or send the alert
    MUTED = "muted"  # worse again, but this episode has sent that lately: change the alert only
    IMPROVED = "improved"  # better, not well: change the alert, send nothing
    RECOVERED = "recovered"  # operational: the episode ends, resolve the alert
    SIGHT_LOST = "sight_lost"  # unknown: no alert, an open episode stays open
    SIGHT_REGAINED = "sight_regained"  # known again, and nothing new for the alert
    NOT_YET = "not_yet"  # different from what is confirmed, but not for long enough
    UNCHANGED = "unchanged"
    FLAPPING_BEGAN = "flapping_began"  # too many changes: one summary instead of an alert for each
    FLAPPING_ENDED = "flapping_ended"  # quiet again: the alert goes on from what is confirmed
    STALE = "stale"  # not newer than what was judged already


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures behind a decision: a run of polls, its age in seconds, what was needed of both.

    `age_needed` is 0 where no duration is asked for. `sent_seconds_ago` is how long ago this
    episode sent the same status, where that is what muted it.
    """

    polls: int = 0
    polls_needed: int = 0
    age_seconds: float = 0.0
    age_needed: float = 0.0
    sent_seconds_ago: float | None = None
    window_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """From when the confirmed line has a status, until the next mark."""

    start: datetime
    status: Status


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a service, on which evidence, in words.

    `target` is the status it is about: the one confirmed, or the one not confirmed yet. `since`
    is the first poll of the run that speaks for it. `marks` say how the confirmed line changes,
    back-dated; none: it does not. `episode` is the episode it belongs to, also when it just ended.
    """

    verdict: Verdict
    at: datetime
    observed: Status
    before: Status
    after: Status
    target: Status
    reason: str
    since: datetime | None = None
    evidence: Evidence | None = None
    marks: tuple[Mark, ...] = ()
    maintenance: bool = False
    source: SegmentSource = SegmentSource.FEED
    episode: int | None = None

    @property
    def sends(self) -> bool:
        """Whether the alert goes out."""
        return self.verdict is Verdict.CONFIRMED

    def to_json(self) -> dict[str, Any]:
        """The decision as a JSON object, for whoever asks why."""
        return _plain(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Decision":
        """Read back what `to_json` wrote; KeyError or ValueError if it is something else."""
        evidence = stored["evidence"]
        return cls(
            Verdict(stored["verdict"]),
            at=datetime.fromisoformat(stored["at"]),
            observed=Status(stored["observed"]),
            before=Status(stored["before"]),
            after=Status(stored["after"]),
            target=Status(stored["target"]),
            reason=stored["reason"],
            since=_instant(stored["since"]),
            evidence=Evidence(**evidence) if evidence else None,
            marks=tuple(_mark(mark) for mark in stored["marks"]),
            maintenance=stored["maintenance"],
            source=SegmentSource(stored["source"]),
            episode=stored["episode"],
        )


def _plain(value: Watch | Decision) -> dict[str, Any]:
    """A value as JSON objects: instants in ISO 8601, enums as their words."""
    return {name: _plain_part(part) for name, part in asdict(value).items()}


def _plain_part(part: Any) -> Any:
    if isinstance(part, datetime):
        return part.isoformat()
    if isinstance(part, StrEnum):
        return part.value
    if isinstance(part, Mapping):
        return {str(key): _plain_part(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return [_plain_part(item) for item in part]
    return part


def _instant(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _runs(stored: Mapping[str, Any]) -> dict[Status, Run]:
    return {
        Status(status): Run(datetime.fromisoformat(run["since"]), run["polls"])
        for status, run in stored.items()
    }


def _episode(stored: Mapping[str, Any]) -> Episode:
    return Episode(
        stored["number"],
        datetime.fromisoformat(stored["started_at"]),
        Status(stored["status"]),
        {Status(status): datetime.fromisoformat(at) for status, at in stored["sent"].items()},
    )


def _flapping(stored: Mapping[str, Any] | None) -> Flapping | None:
    if stored is None:
        return None
    return Flapping(datetime.fromisoformat(stored["since"]), stored["changes"])


def _mark(stored: Mapping[str, Any]) -> Mark:
    return Mark(datetime.fromisoformat(stored["start"]), Status(stored["status"]))
