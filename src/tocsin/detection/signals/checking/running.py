"""Running one check: ask, judge in memory, and write only where something is new."""

from dataclasses import replace
from datetime import datetime

import structlog

from tocsin.detection.signals import rules
from tocsin.detection.signals.meter import outcome_of_check
from tocsin.detection.signals.model import CheckAnswer, PollFailure, PollOutcome, Source
from tocsin.detection.signals.ports import Check
from tocsin.detection.signals.results import ResultBuffer
from tocsin.detection.signals.rules import Judged
from tocsin.detection.signals.verbs import Signals, judge, take_answer
from tocsin.kernel.errors import Unavailable
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.database import Context, Database, Lane

from .judging import STEADY, is_news, outcome_of, refusal_of, result_of
from .lasting import DAYS_LEFT
from .model import Watched, said_by

log = structlog.get_logger("tocsin.checks")


def prepare(room: Signals, source: Source) -> tuple[Check | None, PollFailure | None]:
    """The source's check, or why there is none."""
    try:
        return room.kinds.prepare(source), None
    except ValueError as error:
        return None, refusal_of(error)
    except Exception as error:
        log.exception("checks.not_prepared", kind=source.kind, source=source.id.hex)
        return None, refusal_of(error)


class Runner:
    """Runs checks for the checker; it keeps nothing but what is in the `Watched` it is given."""

    def __init__(self, room: Signals, database: Database, results: ResultBuffer) -> None:
        self._room = room
        self._results = results
        self._database = database
        self._clock = database.clock

    async def run(self, watched: Watched) -> None:
        """Check once, take in what was found, and plan the next check."""
        planned = watched.planned
        began = self._clock.now()
        answer = watched.refusal or await self._ask(watched)
        now = self._clock.now()
        late = max(0.0, (began - planned).total_seconds())
        self._room.meter.checked(watched.source.kind, outcome_of_check(answer), late)
        if isinstance(answer, CheckAnswer):
            watched.days_left = answer.figures.get(DAYS_LEFT, watched.days_left)
            self._results.note(watched.tenant, watched.source.id, result_of(answer, began))
        judged = await self._take(watched, answer, now)
        interval = self._room.settings.poll_interval_seconds
        watched.planned = rules.next_poll(watched.source, judged, interval, planned, now)

    async def _ask(self, watched: Watched) -> CheckAnswer | PollFailure:
        assert watched.check is not None
        try:
            return await watched.check.run()
        except ValueError as error:
            return refusal_of(error)
        except Exception as error:
            source = watched.source
            log.exception("checks.failed", kind=source.kind, source=source.id.hex)
            return refusal_of(error)

    async def _take(
        self, watched: Watched, answer: CheckAnswer | PollFailure, now: datetime
    ) -> Judged:
        """Judge in memory; what says nothing new costs no statement."""
        if isinstance(answer, PollFailure):
            return await self._write(
                watched, answer, judge(self._room, watched.as_seen(), answer, now)
            )
        said = said_by(answer)
        if said == watched.steady:
            watched.note_steady(answer, now)
            return STEADY
        source, outcome = watched.as_seen(), outcome_of(answer)
        judged = judge(self._room, source, outcome, now)
        if is_news(source.state, judged):
            judged = await self._write(watched, outcome, judged)
        else:
            watched.note_steady(answer, now)
        if judged.counts and not watched.gone:
            watched.steady = said
        return judged

    async def _write(self, watched: Watched, outcome: PollOutcome, judged: Judged) -> Judged:
        """Have what is new written; where that fails, the next answer says it again, soon."""
        context = Context(watched.tenant, SYSTEM)
        try:
            taken = await self._database.write_in(
                Lane.NORMAL, context, take_answer, self._room, watched.as_seen(), outcome
            )
        except Unavailable as error:
            log.warning("checks.put_off", source=watched.source.id.hex, reason=str(error))
            return replace(judged, retry=True, counts=False)
        except Exception:
            log.exception("checks.not_written", source=watched.source.id.hex)
            return replace(judged, retry=True, counts=False)
        if taken is None:
            watched.gone = True
            return STEADY
        if taken.judged is None:
            watched.check, watched.refusal = prepare(self._room, taken.source)
            watched.adopt(taken.source)
            return replace(judged, retry=True, counts=False)
        watched.adopt(taken.source)
        return taken.judged
