"""The pure policy of incidents: priority, what rules do on their own, and the public face."""

from tocsin.response.incidents.rules.automatic import (
    DEFAULT_OPENING,
    Opening,
    OpeningRule,
    OpeningTable,
    Recovery,
    RecoveryAction,
    on_recovery,
    opening_for,
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
from tocsin.response.incidents.rules.priority import Prioritised, prioritise

__all__ = [
    "DEFAULT_OPENING",
    "DEFAULT_TEXTS",
    "FaceUpdate",
    "Opening",
    "OpeningRule",
    "OpeningTable",
    "Prioritised",
    "Recovery",
    "RecoveryAction",
    "UpdateEffect",
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
