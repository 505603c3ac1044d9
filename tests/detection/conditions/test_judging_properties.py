"""The rules against any history: an oracle that reads the whole past, and what must never happen."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tocsin.detection.conditions.model import (
    ConfirmSettings,
    Decision,
    PollSample,
    Verdict,
    Watch,
)
from tocsin.detection.conditions.rules import lose_sight, observe, redraw, report
from tocsin.kernel.segments import Line, LineKind, Segment, SegmentSource
from tocsin.kernel.status import WORST_FIRST, Status

START = datetime(2026, 3, 3, 10, tzinfo=UTC)

settings_of = st.builds(
    ConfirmSettings,
    confirm_polls=st.integers(1, 4),
    recovery_polls=st.integers(1, 4),
    min_duration=st.sampled_from([0, 60, 150, 600]).map(lambda n: timedelta(seconds=n)),
    dedup_window=st.sampled_from([0, 300, 86_400]).map(lambda n: timedelta(seconds=n)),
)
# Few statuses in long rows confirm more often than many in a row of dice.
rows = st.lists(
    st.tuples(st.sampled_from(Status), st.integers(1, 5)).map(lambda row: [row[0]] * row[1]),
    max_size=14,
).map(lambda groups: [status for group in groups for status in group])
gaps = st.lists(st.sampled_from([30, 60, 60, 60, 900]), min_size=70, max_size=70)


@dataclass(frozen=True)
class Step:
    """One thing that happens: a poll, a broken poller, or a person who reports."""

    does: str
    status: Status = Status.UNKNOWN
    maintenance: bool = False


polled = st.builds(Step, st.just("poll"), st.sampled_from(Status), st.booleans())
steps = st.lists(
    st.one_of(
        polled,
        st.tuples(polled, st.integers(2, 6)).map(lambda row: [row[0]] * row[1]),
        st.just(Step("break")),
        st.builds(Step, st.just("say"), st.sampled_from(Status)),
    ),
    max_size=16,
).map(lambda parts: [s for part in parts for s in (part if isinstance(part, list) else [part])])


@dataclass
class Oracle:
    """DECISIONS "Confirming", read slowly: all polls are kept and counted from the end."""

    settings: ConfirmSettings
    confirmed: Status = Status.UNKNOWN
    episode: bool = False
    polls: list[PollSample] = field(default_factory=list)

    def poll(self, sample: PollSample) -> Status:
        self.polls.append(sample)
        self.confirmed = self._worse() or self._better() or self.confirmed
        self.episode = self.confirmed is not Status.OPERATIONAL and (
            self.episode or self.confirmed.is_trouble
        )
        return self.confirmed

    def _worse(self) -> Status | None:
        for status in WORST_FIRST:
            run = self._run(lambda seen, least=status: seen.at_least(least))
            if status.rank <= self.confirmed.rank or len(run) < self.settings.confirm_polls:
                continue
            if run and self.polls[-1].at - run[0].at >= self.settings.min_duration:
                return status
        return None

    def _better(self) -> Status | None:
        needed = self.settings.recovery_polls if self.episode else 1
        for status in reversed(WORST_FIRST):
            run = self._run(lambda seen, most=status: most.at_least(seen))
            if status.rank < self.confirmed.rank and len(run) >= needed:
                return status
        return None

    def _run(self, belongs) -> list[PollSample]:
        run: list[PollSample] = []
        for sample in reversed(self.polls):
            if not belongs(sample.status):
                break
            run.insert(0, sample)
        return run


def samples(statuses: list[Status], spaces: list[int]) -> list[PollSample]:
    at, result = START, []
    for status, space in zip(statuses, spaces, strict=False):
        at += timedelta(seconds=space)
        result.append(PollSample(at, status))
    return result


def lived(script: list[Step], settings: ConfirmSettings) -> list[tuple[Watch, Decision]]:
    """The script played a minute apart, through JSON between any two steps."""
    watch, now, history = Watch(), START, []
    for step in script:
        now += timedelta(minutes=1)
        stored = Watch.from_json(json.loads(json.dumps(watch.to_json())))
        assert stored == watch
        watch, decision = play(stored, step, settings, now)
        history.append((watch, decision))
    return history


def play(watch: Watch, step: Step, settings: ConfirmSettings, now: datetime):
    if step.does == "break":
        return lose_sight(watch, now)
    if step.does == "say":
        return report(watch, step.status, settings, now)
    return observe(watch, PollSample(now, step.status, step.maintenance), settings, now)


@given(rows, gaps, settings_of)
def test_every_history_is_confirmed_as_the_decision_reads(statuses, spaces, settings):
    oracle, watch = Oracle(settings), Watch()
    for sample in samples(statuses, spaces):
        watch, decision = observe(watch, sample, settings, sample.at)
        assert decision.after is oracle.poll(sample)
        assert (watch.episode is not None) == oracle.episode


@given(rows, settings_of)
def test_failed_polls_change_nothing_but_what_is_shown_meanwhile(statuses, settings):
    calm, blinded = Watch(), Watch()
    for sample in samples(statuses, [60] * 70):
        calm, with_sight = observe(calm, sample, settings, sample.at)
        lost, _ = lose_sight(blinded, sample.at - timedelta(seconds=1))
        blinded, without = observe(lost, sample, settings, sample.at)
        assert calm == blinded
        assert with_sight.after is without.after
        assert with_sight.sends is without.sends


@given(steps, settings_of)
def test_an_episode_is_open_exactly_while_trouble_is_confirmed_or_out_of_sight(script, settings):
    for watch, _ in lived(script, settings):
        if watch.episode is None:
            assert watch.confirmed in (Status.OPERATIONAL, Status.UNKNOWN)
        else:
            assert watch.confirmed in (watch.episode.status, Status.UNKNOWN)
            assert watch.episode.number == watch.episodes


@given(steps, settings_of)
def test_only_worse_trouble_is_sent_and_never_twice_within_the_window(script, settings):
    sent: dict[tuple[int | None, Status], datetime] = {}
    alert: dict[int | None, Status] = {}
    for watch, decision in lived(script, settings):
        if decision.sends:
            key = (decision.episode, decision.target)
            assert decision.target.is_trouble
            assert decision.target.rank > alert.get(decision.episode, Status.OPERATIONAL).rank
            assert key not in sent or decision.at - sent[key] >= settings.dedup_window
            sent[key] = decision.at
        if watch.episode is not None:
            alert[decision.episode] = watch.episode.status


@given(steps, settings_of)
def test_the_first_message_of_every_episode_is_sent_and_episodes_are_numbered(script, settings):
    history = lived(script, settings)
    numbers = [watch.episode.number for watch, _ in history if watch.episode]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))
    assert numbers == sorted(numbers)
    told = [decision for _, decision in history if decision.sends]
    assert {decision.episode for decision in told} == set(numbers)


@given(steps, settings_of)
def test_a_verdict_says_what_changed(script, settings):
    before = Watch()
    for watch, decision in lived(script, settings):
        assert (decision.before, decision.after) == (before.shown, watch.shown)
        ended = before.episode is not None and watch.episode is None
        assert (decision.verdict is Verdict.RECOVERED) == ended
        if decision.verdict in (Verdict.NOT_YET, Verdict.UNCHANGED):
            assert watch.confirmed is before.confirmed
        if not decision.marks:
            assert decision.before is decision.after
        assert decision.reason.endswith(".")
        assert Decision.from_json(json.loads(json.dumps(decision.to_json()))) == decision
        before = watch


@given(steps, settings_of)
def test_what_is_remembered_stays_small(script, settings):
    for watch, _ in lived(script, settings):
        assert len(watch.worse) <= 4
        assert len(watch.better) <= 4
        assert watch.episode is None or len(watch.episode.sent) <= 3


# The line that decisions draw


def born(at: datetime) -> Line:
    """The line of a service that was just added: nothing is known."""
    unseen = SegmentSource.NO_ANSWER
    return Line(
        (Segment("github", LineKind.CONFIRMED, at, None, Status.UNKNOWN, source=unseen),),
    )


def drawn(history: list[tuple[Watch, Decision]]) -> Line:
    line = born(START)
    for _, decision in history:
        line = redraw(line, decision, "github", "a cause")
    return line


@given(steps, settings_of)
def test_the_line_always_ends_in_what_is_shown(script, settings):
    line = born(START)
    for watch, decision in lived(script, settings):
        line = redraw(line, decision, "github")
        current = line.at(decision.at)
        assert current is not None
        assert (current.state, current.end) == (watch.shown, None)
        assert current.maintenance == watch.maintenance
        assert line.segments[0].start == START


@given(steps, settings_of)
def test_the_line_has_no_gaps(script, settings):
    line = drawn(lived(script, settings))
    assert [one.end for one in line][:-1] == [one.start for one in line][1:]


@given(steps, settings_of)
def test_time_without_an_answer_stays_unknown_whatever_is_confirmed_later(script, settings):
    history = lived(script, settings)
    line = drawn(history)
    for instant in (START, *(decision.at for watch, decision in history if watch.blind)):
        found = line.at(instant)
        assert found is not None
        assert found.state is Status.UNKNOWN


@given(rows, settings_of)
def test_the_past_of_the_line_is_what_was_confirmed_from_its_first_poll(statuses, settings):
    history, watch = [], Watch()
    for sample in samples(statuses, [60] * 70):
        watch, decision = observe(watch, sample, settings, sample.at)
        history.append((watch, decision))
    line = drawn(history)
    changes = [d for _, d in history if d.marks]
    for earlier, later in pairwise(changes):
        assert earlier.marks[-1].start <= later.marks[0].start
    expected = [mark.status for change in changes for mark in change.marks]
    assert [state for state, _ in groupby(one.state for one in line)][1:] == (
        [state for state, _ in groupby([Status.UNKNOWN, *expected])][1:]
    )
