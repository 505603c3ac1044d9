"""What the checker remembers of a source between two checks."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tocsin.detection.signals.model import CheckAnswer, PollFailure, Source
from tocsin.detection.signals.ports import Check

Said = tuple[object, ...]


@dataclass(slots=True, eq=False)
class Watched:
    """A source with its prepared check, or why it cannot be prepared.

    `planned` is when its next check is due, or the running one was. `source.state` is what the
    database knows but for the three moving figures, which are kept here and written in bulk:
    `moved` says that they are newer than the database's. `steady` is what the last answer said if
    it changed nothing. `days_left` is what a certificate has left, `days_written` what was kept of
    it, and when.
    """

    tenant: UUID
    source: Source
    check: Check | None
    refusal: PollFailure | None
    planned: datetime
    polled_at: datetime | None = None
    good_at: datetime | None = None
    response_ms: int | None = None
    moved: bool = False
    gone: bool = False
    steady: Said | None = None
    days_left: float | None = None
    days_written: tuple[int, datetime] | None = None

    def as_seen(self) -> Source:
        """The source with everything that is known of it."""
        if not self.moved:
            return self.source
        state = replace(
            self.source.state,
            last_polled_at=self.polled_at,
            last_good_at=self.good_at,
            response_ms=self.response_ms,
        )
        return replace(self.source, state=state)

    def adopt(self, source: Source) -> None:
        """Take over what the database knows now."""
        state = source.state
        self.source = source
        self.polled_at, self.good_at = state.last_polled_at, state.last_good_at
        self.response_ms = state.response_ms
        self.moved = False
        self.steady = None

    def note_steady(self, answer: CheckAnswer, at: datetime) -> None:
        """The answer said nothing new: only the figures move."""
        self.polled_at = self.good_at = at
        self.response_ms = milliseconds(answer)
        self.moved = True


def milliseconds(answer: CheckAnswer) -> int | None:
    """How long the answer took, in whole milliseconds."""
    return None if answer.response_ms is None else round(answer.response_ms)


def said_by(answer: CheckAnswer) -> Said:
    """What an answer says, without what was measured."""
    return (answer.status, answer.detail, answer.status_code, answer.fault)
