"""Stub."""
BEGAN = "maintenance.began"
ENDED = "maintenance.ended"
EDITED = "maintenance.edited"
