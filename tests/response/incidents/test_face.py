"""The public face: what is derived from dated updates, and what one more update does."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.response.incidents.examples import NEW, START, in_state, minute, update
from tocsin.kernel.lifecycle import Refusal, granted
from tocsin.kernel.segments import LineKind, SegmentSource
from tocsin.kernel.status import Status
from tocsin.response.incidents.model import Incident, Phase, State, Update, UpdateDraft
from tocsin.response.incidents.rules import (
    FaceUpdate,
    UpdateEffect,
    derive_phase,
    face_on_cancel,
    face_on_reopen,
    face_on_resolve,
    impact_segments,
    judge_update,
    open_impacts,
)

NONE, INVESTIGATING, IDENTIFIED = Phase.NONE, Phase.INVESTIGATING, Phase.IDENTIFIED
MONITORING, RESOLVED = Phase.MONITORING, Phase.RESOLVED
UP, DEGRADED = Status.OPERATIONAL, Status.DEGRADED
PARTIAL, MAJOR, UNKNOWN = Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.UNKNOWN
LATE = minute(1_000)


def public(phase: Phase = INVESTIGATING, **more) -> UpdateDraft:
    return UpdateDraft(phase, {"en": "We look into it."}, public=True, **more)


def internal(phase: Phase = INVESTIGATING, **more) -> UpdateDraft:
    return UpdateDraft(phase, {"en": "The replica is read-only."}, **more)


def told(phase: Phase, state: State = State.IN_PROGRESS) -> Incident:
    """An incident with a public face."""
    return in_state(state, phase=phase, public_id="abc", public_title="Payments fail")


def judged(incident: Incident, updates: list[Update], draft: UpdateDraft, now=LATE) -> UpdateEffect:
    effect = granted(judge_update(incident, updates, draft, now))
    assert isinstance(effect, UpdateEffect)
    return effect


def spans(updates: list[Update]) -> list[tuple[str, int, int | None, Status]]:
    def number(instant):
        return None if instant is None else int((instant - START).total_seconds() // 60)

    return [
        (one.subject, number(one.start), number(one.end), one.state)
        for one in impact_segments(updates, LATE)
    ]


# Deriving the face


def test_without_a_public_update_there_is_no_face():
    assert derive_phase([], LATE) is NONE
    assert derive_phase([update(1, IDENTIFIED, public=False)], LATE) is NONE


def test_the_face_is_the_newest_public_update():
    updates = [update(1, INVESTIGATING), update(9, MONITORING), update(5, IDENTIFIED)]
    assert derive_phase(updates, LATE) is MONITORING


def test_a_late_entry_about_the_past_cannot_overwrite_the_present():
    updates = [update(1, INVESTIGATING), update(9, RESOLVED), update(5, IDENTIFIED, written=20)]
    assert derive_phase(updates, LATE) is RESOLVED


def test_the_face_can_be_read_as_of_any_minute():
    updates = [update(1, INVESTIGATING), update(5, IDENTIFIED), update(9, RESOLVED)]
    faces = [derive_phase(updates, minute(n)) for n in (0, 1, 4, 5, 8, 9)]
    assert faces == [NONE, INVESTIGATING, INVESTIGATING, IDENTIFIED, IDENTIFIED, RESOLVED]


def test_of_two_updates_of_one_instant_the_one_written_later_holds():
    updates = [update(5, MONITORING, written=7), update(5, IDENTIFIED, written=6)]
    assert derive_phase(updates, LATE) is MONITORING


# Deriving impacts


def test_an_impact_lasts_until_an_update_changes_it():
    updates = [
        update(1, INVESTIGATING, {"api": MAJOR, "web": DEGRADED}),
        update(5, IDENTIFIED, {"api": PARTIAL}),
        update(9, MONITORING, {"api": UP}),
    ]
    assert spans(updates) == [
        ("api", 1, 5, MAJOR),
        ("web", 1, None, DEGRADED),
        ("api", 5, 9, PARTIAL),
    ]
    assert open_impacts(updates, LATE) == {"web": DEGRADED}


def test_a_resolved_update_ends_all_impacts():
    updates = [update(1, INVESTIGATING, {"api": MAJOR, "web": DEGRADED}), update(5, RESOLVED)]
    assert spans(updates) == [("api", 1, 5, MAJOR), ("web", 1, 5, DEGRADED)]
    assert open_impacts(updates, LATE) == {}


def test_saying_the_same_again_makes_no_seam():
    updates = [update(1, INVESTIGATING, {"api": MAJOR}), update(5, IDENTIFIED, {"api": MAJOR})]
    assert spans(updates) == [("api", 1, None, MAJOR)]


def test_an_impact_can_come_back():
    updates = [
        update(1, INVESTIGATING, {"api": MAJOR}),
        update(5, RESOLVED),
        update(9, INVESTIGATING, {"api": PARTIAL}),
    ]
    assert spans(updates) == [("api", 1, 5, MAJOR), ("api", 9, None, PARTIAL)]


def test_internal_updates_hit_nothing_in_public():
    assert spans([update(1, INVESTIGATING, {"api": MAJOR}, public=False)]) == []


def test_a_late_entry_speaks_only_up_to_the_next_update_that_was_there():
    updates = [
        update(1, INVESTIGATING, {"api": MAJOR}),
        update(9, MONITORING),
        update(5, IDENTIFIED, {"web": PARTIAL, "api": DEGRADED}, written=20),
    ]
    assert spans(updates) == [
        ("api", 1, 5, MAJOR),
        ("api", 5, 9, DEGRADED),
        ("web", 5, 9, PARTIAL),
        ("api", 9, None, MAJOR),
    ]
    assert open_impacts(updates, LATE) == {"api": MAJOR}


def test_a_late_resolved_entry_interrupts_the_past_only():
    updates = [
        update(1, INVESTIGATING, {"api": MAJOR}),
        update(9, INVESTIGATING),
        update(5, RESOLVED, written=20),
    ]
    assert spans(updates) == [("api", 1, 5, MAJOR), ("api", 9, None, MAJOR)]


def test_updates_written_in_one_go_are_not_late():
    backfilled = [
        update(1, INVESTIGATING, {"api": MAJOR}, written=90, number=3),
        update(5, IDENTIFIED, {"web": PARTIAL}, written=90, number=2),
        update(9, MONITORING, written=90, number=1),
    ]
    for rows in (backfilled, list(reversed(backfilled))):
        assert open_impacts(rows, LATE) == {"api": MAJOR, "web": PARTIAL}


def test_segments_of_impacts_say_where_they_come_from():
    (segment,) = impact_segments([update(1, INVESTIGATING, {"api": MAJOR})], LATE, "INC0000001")
    assert (segment.line, segment.source, segment.cause, segment.rank) == (
        LineKind.COMPONENT,
        SegmentSource.IMPACT,
        "INC0000001",
        0,
    )


# One more update


def test_the_first_public_update_opens_the_face_under_the_incident_s_title():
    effect = judged(NEW, [], public(impacts={"api": MAJOR}), minute(3))
    assert (effect.phase, effect.current, effect.first) == (INVESTIGATING, True, True)
    assert effect.public_title == "Checkout fails"
    assert effect.impacts == {"api": MAJOR}
    assert effect.at == minute(3)
    assert not effect.resolves


def test_the_first_public_update_may_take_another_title():
    assert judged(NEW, [], public(title="Payments fail")).public_title == "Payments fail"


def test_a_later_public_update_keeps_the_title_unless_it_brings_one():
    updates = [update(1, INVESTIGATING)]
    assert judged(told(INVESTIGATING), updates, public(IDENTIFIED)).public_title is None
    renamed = judged(told(INVESTIGATING), updates, public(IDENTIFIED, title="Cards fail"))
    assert (renamed.public_title, renamed.first) == ("Cards fail", False)


def test_an_internal_update_changes_nothing_outside():
    effect = judged(
        told(IDENTIFIED), [update(1, IDENTIFIED, {"api": MAJOR})], internal(RESOLVED, title="x")
    )
    assert (effect.phase, effect.impacts) == (IDENTIFIED, {"api": MAJOR})
    assert (effect.current, effect.resolves, effect.public_title) == (False, False, None)
    assert effect.reason == "Internal: nothing leaves the building."


def test_a_public_resolved_update_resolves_a_live_incident_with_its_text_as_note():
    for state in (State.OPEN, State.IN_PROGRESS, State.PENDING):
        effect = judged(told(MONITORING, state), [update(1, MONITORING)], public(RESOLVED))
        assert effect.resolves
        assert effect.note == "We look into it."
        assert (effect.phase, effect.impacts) == (RESOLVED, {})


def test_keep_open_only_posts():
    effect = judged(told(MONITORING), [update(1, MONITORING)], public(RESOLVED, keep_open=True))
    assert (effect.phase, effect.resolves) == (RESOLVED, False)


def test_a_face_may_go_back_while_the_incident_lives():
    effect = judged(told(RESOLVED), [update(1, RESOLVED)], public(INVESTIGATING))
    assert effect.phase is INVESTIGATING


def test_a_late_resolved_entry_resolves_nothing():
    updates = [update(1, INVESTIGATING, {"api": MAJOR}), update(9, INVESTIGATING)]
    effect = judged(told(INVESTIGATING), updates, public(RESOLVED, at=minute(5)))
    assert (effect.current, effect.resolves) == (False, False)
    assert (effect.phase, effect.impacts) == (INVESTIGATING, {"api": MAJOR})
    assert effect.reason == ("A late entry: it completes the past and leaves the present as it is.")


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.CANCELLED])
@pytest.mark.parametrize("phase", [INVESTIGATING, IDENTIFIED, MONITORING])
def test_what_is_over_cannot_be_made_open_again_by_an_update(state, phase):
    refusal = judge_update(told(RESOLVED, state), [update(1, RESOLVED)], public(phase), LATE)
    assert refusal == Refusal(f"Cannot publish {phase}: the incident is {state}; reopen it first.")


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.CANCELLED])
def test_more_may_be_said_about_what_is_over(state):
    incident = told(RESOLVED, state)
    effect = judged(incident, [update(1, RESOLVED)], public(RESOLVED))
    assert (effect.phase, effect.resolves) == (RESOLVED, False)
    late = judged(incident, [update(5, RESOLVED)], public(IDENTIFIED, at=minute(3)))
    assert late.phase is RESOLVED


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (public(NONE), "phase"),
        (UpdateDraft(INVESTIGATING, {}), "message"),
        (UpdateDraft(INVESTIGATING, {"en": "Words.", "fr": " "}), "message"),
        (public(at=minute(1_001)), "at"),
        (internal(impacts={"api": MAJOR}), "impacts"),
        (public(impacts={"api": UNKNOWN}), "impacts"),
        (public(RESOLVED, impacts={"api": DEGRADED}), "impacts"),
    ],
)
def test_an_update_that_cannot_be_right_names_its_field(draft, field):
    refusal = judge_update(NEW, [], draft, LATE)
    assert isinstance(refusal, Refusal)
    assert refusal.field == field


def test_a_resolved_update_may_say_that_services_are_operational():
    assert judged(NEW, [], public(RESOLVED, impacts={"api": UP})).impacts == {}


phases = st.sampled_from([INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED])
hits = st.dictionaries(
    st.sampled_from(["api", "web"]), st.sampled_from([UP, DEGRADED, PARTIAL, MAJOR])
)


def consistent(phase: Phase, impacts: dict[str, Status]) -> dict[str, Status]:
    return {} if phase is RESOLVED else impacts


entries = st.lists(st.tuples(st.integers(0, 30), phases, hits, st.booleans()), max_size=8)


@given(entries, st.integers(0, 30), phases, hits, st.booleans())
def test_what_an_update_promises_is_what_is_derived_afterwards(rows, at, phase, impacts, shown):
    updates = [
        update(when, said, consistent(said, hit), written=40 + n, public=seen, number=n)
        for n, (when, said, hit, seen) in enumerate(rows)
    ]
    incident = replace(NEW, phase=derive_phase(updates, LATE), state=State.IN_PROGRESS)
    hit = consistent(phase, impacts) if shown else {}
    draft = UpdateDraft(phase, {"en": "Words."}, public=shown, at=minute(at), impacts=hit)
    effect = judged(incident, updates, draft)
    new = update(at, phase, hit, written=60, public=shown, number=99)
    assert derive_phase([*updates, new], LATE) is effect.phase
    assert open_impacts([*updates, new], LATE) == effect.impacts
    if not effect.current:
        assert effect.phase is incident.phase
        assert effect.impacts == open_impacts(updates, LATE)


@given(entries)
def test_the_order_in_which_rows_are_read_does_not_matter(rows):
    updates = [
        update(when, said, consistent(said, hit), written=40 + n, public=seen, number=n)
        for n, (when, said, hit, seen) in enumerate(rows)
    ]
    backwards = list(reversed(updates))
    assert derive_phase(backwards, LATE) is derive_phase(updates, LATE)
    assert impact_segments(backwards, LATE) == impact_segments(updates, LATE)


# Verbs and the face


@pytest.mark.parametrize("phase", [INVESTIGATING, IDENTIFIED, MONITORING])
def test_resolving_ends_an_open_face_with_the_message_or_the_template(phase):
    assert face_on_resolve(told(phase), "It works.") == FaceUpdate(RESOLVED, "It works.")
    for nothing in (None, " "):
        assert face_on_resolve(told(phase), nothing) == FaceUpdate(RESOLVED, None)


@pytest.mark.parametrize("phase", [INVESTIGATING, IDENTIFIED, MONITORING])
def test_cancelling_an_open_face_needs_a_message(phase):
    for nothing in (None, ""):
        refusal = face_on_cancel(told(phase), nothing)
        assert isinstance(refusal, Refusal)
        assert refusal.field == "public_message"
    assert face_on_cancel(told(phase), "A false alarm.") == FaceUpdate(RESOLVED, "A false alarm.")


@pytest.mark.parametrize("verb", [face_on_resolve, face_on_cancel, face_on_reopen])
def test_no_verb_makes_an_incident_public(verb):
    assert verb(NEW, None) is None
    refusal = verb(NEW, "We are sorry.")
    assert isinstance(refusal, Refusal)
    assert refusal.field == "public_message"


@pytest.mark.parametrize("verb", [face_on_resolve, face_on_cancel])
def test_a_face_that_ended_stays_as_it_is_unless_there_is_more_to_say(verb):
    assert verb(told(RESOLVED), None) is None
    assert verb(told(RESOLVED), "One more word.") == FaceUpdate(RESOLVED, "One more word.")


def test_reopening_sets_a_face_to_investigating():
    assert face_on_reopen(told(RESOLVED), None) == FaceUpdate(INVESTIGATING, None)
    assert face_on_reopen(told(RESOLVED), "Back.") == FaceUpdate(INVESTIGATING, "Back.")


def test_after_the_update_of_a_reopening_there_are_no_impacts():
    updates = [
        update(1, INVESTIGATING, {"api": MAJOR}),
        update(5, RESOLVED),
        Update(UUID(int=9), minute(9), minute(9), INVESTIGATING, public=True),
    ]
    assert derive_phase(updates, LATE) is INVESTIGATING
    assert open_impacts(updates, LATE) == {}
