"""What a ping says, and what is remembered of the last ones."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

MOST_TEXT = 10_000


class PingKind(StrEnum):
    """Which of the addresses was called."""

    DONE = "done"
    START = "start"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Ping:
    """One call: `exit_code` where it was told, `text` what was sent along, at most 10,000 characters."""

    kind: PingKind
    exit_code: int | None = None
    text: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the job says that it went wrong."""
        return self.kind is PingKind.FAIL

    @classmethod
    def of_exit(cls, code: int, text: str | None = None) -> "Ping":
        """The ping of a job that ended with this code."""
        return cls(PingKind.FAIL if code else PingKind.DONE, code, text)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What is remembered: the last ping but for starts, the run that is under way, what comes next.

    `due_at` is when the next ping is due, without its grace; None before the first.
    """

    source_id: UUID
    pinged_at: datetime | None
    started_at: datetime | None
    due_at: datetime | None
    last_kind: PingKind | None
    exit_code: int | None
    text: str | None
