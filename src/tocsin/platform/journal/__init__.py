"""The journal: the one append-only record of what happened to which subject."""

from .queries import entries_by_id, entries_of, entry, recent_entries, row_to_entry
from .reactions import Cancel, Effect, LaterReaction, NowReaction, Reactions, Schedule, Send
from .recorder import REACT, Hint, Spine
from .tables import journal

__all__ = [
    "REACT",
    "Cancel",
    "Effect",
    "Hint",
    "LaterReaction",
    "NowReaction",
    "Reactions",
    "Schedule",
    "Send",
    "Spine",
    "entries_by_id",
    "entries_of",
    "entry",
    "journal",
    "recent_entries",
    "row_to_entry",
]
