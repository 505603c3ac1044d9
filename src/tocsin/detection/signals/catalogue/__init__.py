"""The catalogue: well-known services by name, with their public status addresses, ready to add."""

from .entries import Entry, all_entries, matching

__all__ = ["Entry", "all_entries", "matching"]
