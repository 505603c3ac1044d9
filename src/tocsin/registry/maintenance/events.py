"""Stub."""

MOVED = ("maintenance.began", "maintenance.ended")
