"""Discovery: from any address that somebody pastes to the kind that reads it."""

from .model import Attempt, Discovery, Suggestion
from .search import discover

__all__ = ["Attempt", "Discovery", "Suggestion", "discover"]
