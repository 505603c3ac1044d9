"""How incidents are shown: put together in a handful of queries, whatever their number."""

from tocsin.response.incidents.views.lists import brief, briefs
from tocsin.response.incidents.views.pages import audience_of, detail
from tocsin.response.incidents.views.said import comment_out, comments, update_out, updates
from tocsin.response.incidents.views.stories import audit, timeline
from tocsin.response.incidents.views.summary import summary

__all__ = [
    "audience_of",
    "audit",
    "brief",
    "briefs",
    "comment_out",
    "comments",
    "detail",
    "summary",
    "timeline",
    "update_out",
    "updates",
]
