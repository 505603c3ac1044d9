"""How a decision redraws the confirmed line."""

from collections.abc import Sequence
from dataclasses import replace

from tocsin.detection.conditions.model import Decision
from tocsin.kernel.segments import Line, LineKind, Segment, SegmentSource, sweep


def redraw(line: Line, decision: Decision, service: str, cause: str | None = None) -> Line:
    """The service's confirmed line after a decision; `line` holds its observed segments (rank 0).

    Marks are back-dated, but time without any answer stays unknown, and maintenance flags of the
    past stay where they were. Without marks the line is returned as it is.
    """
    if not decision.marks:
        return line
    past = line.until(decision.at)
    known = set(past)

    def choose(active: Sequence[Segment]) -> Segment:
        was = next((segment for segment in active if segment in known), None)
        drawn = next((segment for segment in active if segment not in known), None)
        if drawn is None or was is None:
            return active[0]
        unseen = was.source is SegmentSource.NO_ANSWER
        return was if unseen else replace(drawn, maintenance=was.maintenance)

    return sweep((*past, *_drawn(decision, service, cause)), choose)


def _drawn(decision: Decision, service: str, cause: str | None) -> list[Segment]:
    ends = [*(mark.start for mark in decision.marks[1:]), None]
    return [
        Segment(
            service,
            LineKind.CONFIRMED,
            mark.start,
            end,
            mark.status,
            maintenance=decision.maintenance,
            source=decision.source,
            cause=cause,
        )
        for mark, end in zip(decision.marks, ends, strict=True)
    ]
