"""The pure policy of incidents: priority, what rules do on their own, and the public face."""

from tocsin.response.incidents.rules.automatic import (
    Recovery,
    RecoveryAction,
    on_recovery,
    touch,
)
from tocsin.response.incidents.rules.face import (
    DEFAULT_TEXTS,
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
from tocsin.response.incidents.rules.opening import (
    DEFAULT_OPENING,
    MOST_RULES,
    Opening,
    OpeningRule,
    OpeningTable,
    SeverityRule,
    Trouble,
    classify,
    opening_for,
)
from tocsin.response.incidents.rules.priority import Prioritised, prioritise

__all__ = [
    "DEFAULT_OPENING",
    "DEFAULT_TEXTS",
    "MOST_RULES",
    "FaceUpdate",
    "Opening",
    "OpeningRule",
    "OpeningTable",
    "Prioritised",
    "Recovery",
    "RecoveryAction",
    "SeverityRule",
    "Trouble",
    "UpdateEffect",
    "classify",
    "derive_phase",
    "face_on_cancel",
    "face_on_reopen",
    "face_on_resolve",
    "impact_segments",
    "judge_update",
    "on_recovery",
    "open_impacts",
    "opening_for",
    "prioritise",
    "touch",
]
