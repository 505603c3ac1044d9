from datetime import UTC, datetime, timedelta

from tocsin.detection.conditions.model import Decision, Mark, Verdict
from tocsin.detection.conditions.rules import redraw
from tocsin.kernel.segments import Line, LineKind, Segment, SegmentSource
from tocsin.kernel.status import Status

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
UP, DEGRADED = Status.OPERATIONAL, Status.DEGRADED
MAJOR, UNKNOWN = Status.MAJOR_OUTAGE, Status.UNKNOWN


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def seg(start, end, state, **more) -> Segment:
    ended = None if end is None else at(end)
    return Segment("github", LineKind.CONFIRMED, at(start), ended, state, **more)


def decided(minute: int, *marks: tuple[int, Status], maintenance=False) -> Decision:
    status = marks[-1][1] if marks else UP
    return Decision(
        Verdict.CONFIRMED,
        at=at(minute),
        observed=status,
        before=UP,
        after=status,
        target=status,
        reason="Because.",
        marks=tuple(Mark(at(start), mark) for start, mark in marks),
        maintenance=maintenance,
    )


def drawn(line: Line) -> list[tuple[int, int | None, Status]]:
    def minute(instant):
        return None if instant is None else (instant - START) // timedelta(minutes=1)

    return [(minute(one.start), minute(one.end), one.state) for one in line]


def test_a_decision_without_marks_leaves_the_line_alone():
    line = Line((seg(0, None, UP),))
    assert redraw(line, decided(5), "github") is line


def test_a_back_dated_mark_repaints_the_past():
    line = redraw(Line((seg(0, None, UP),)), decided(13, (3, MAJOR)), "github", cause="a fact")
    assert drawn(line) == [(0, 3, UP), (3, None, MAJOR)]
    assert line.segments[-1].cause == "a fact"


def test_two_marks_paint_two_steps():
    line = redraw(Line((seg(0, None, UP),)), decided(13, (2, DEGRADED), (3, MAJOR)), "github")
    assert drawn(line) == [(0, 2, UP), (2, 3, DEGRADED), (3, None, MAJOR)]


def test_time_without_an_answer_is_not_repainted():
    line = Line(
        (
            seg(0, 5, UP),
            seg(5, 10, UNKNOWN, source=SegmentSource.NO_ANSWER),
            seg(10, None, UP),
        )
    )
    assert drawn(redraw(line, decided(12, (3, MAJOR)), "github")) == [
        (0, 3, UP),
        (3, 5, MAJOR),
        (5, 10, UNKNOWN),
        (10, None, MAJOR),
    ]


def test_blindness_that_just_ended_stays_up_to_the_deciding_poll():
    line = Line((seg(0, 5, UP), seg(5, None, UNKNOWN, source=SegmentSource.NO_ANSWER)))
    assert drawn(redraw(line, decided(12, (3, MAJOR)), "github")) == [
        (0, 3, UP),
        (3, 5, MAJOR),
        (5, 12, UNKNOWN),
        (12, None, MAJOR),
    ]


def test_past_maintenance_keeps_its_flag_under_a_new_state():
    line = Line((seg(0, 6, UP, maintenance=True), seg(6, None, UP)))
    result = redraw(line, decided(8, (3, MAJOR)), "github")
    assert [(one.state, one.maintenance) for one in result] == [
        (UP, True),
        (MAJOR, True),
        (MAJOR, False),
    ]


def test_present_maintenance_flags_the_line_from_the_poll_on():
    line = redraw(Line((seg(0, None, UP),)), decided(4, (4, UP), maintenance=True), "github")
    assert [(one.start, one.maintenance) for one in line] == [(at(0), False), (at(4), True)]


def test_an_empty_line_begins_with_the_first_mark():
    assert drawn(redraw(Line(), decided(4, (4, UP)), "github")) == [(4, None, UP)]
