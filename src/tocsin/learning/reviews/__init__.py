"""Reviews: what an interruption taught; for now the post-mortem draft that a recovery writes."""

from .model import DraftSettings

__all__ = ["DraftSettings"]
