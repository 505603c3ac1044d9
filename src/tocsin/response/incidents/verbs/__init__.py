"""Everything that can be done to an incident; each verb is one transaction and refuses early."""

from tocsin.response.incidents.verbs.archiving import archive
from tocsin.response.incidents.verbs.commenting import CommentDraft, comment
from tocsin.response.incidents.verbs.editing import Change, edit
from tocsin.response.incidents.verbs.moving import (
    acknowledge,
    assign,
    cancel,
    close,
    hold,
    reopen,
    resolve,
    resume,
    start,
)
from tocsin.response.incidents.verbs.opening import IncidentDraft, open_incident
from tocsin.response.incidents.verbs.ruling import set_opening_rule
from tocsin.response.incidents.verbs.updating import post_update

__all__ = [
    "Change",
    "CommentDraft",
    "IncidentDraft",
    "acknowledge",
    "archive",
    "assign",
    "cancel",
    "close",
    "comment",
    "edit",
    "hold",
    "open_incident",
    "post_update",
    "reopen",
    "resolve",
    "resume",
    "set_opening_rule",
    "start",
]
