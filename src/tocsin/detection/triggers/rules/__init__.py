"""The condition language and what comes of it over time: pure, and the same for job and preview."""

from .expression import MONITOR_METRICS, OWN_METRICS
from .grammar import Condition, read_condition, require_known
from .judging import Change, Rule, is_calm, judge
from .mistakes import Mistake
from .previewing import Preview, preview
from .reading import history_seconds
from .sentences import unit_of
from .streams import LONG_LASTING, PUSHED_SECONDS, Series, Stream, streams_of

__all__ = [
    "LONG_LASTING",
    "MONITOR_METRICS",
    "OWN_METRICS",
    "PUSHED_SECONDS",
    "Change",
    "Condition",
    "Mistake",
    "Preview",
    "Rule",
    "Series",
    "Stream",
    "history_seconds",
    "is_calm",
    "judge",
    "preview",
    "read_condition",
    "require_known",
    "streams_of",
    "unit_of",
]
