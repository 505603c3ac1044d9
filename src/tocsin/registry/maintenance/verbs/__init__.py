"""What can be done to maintenance: by people, by time, and by what vendors announce."""

from .people import (
    add_update,
    archive_window,
    cancel_window,
    complete_window,
    edit_window,
    schedule_window,
)
from .steps import BEGIN, END, begin_due, end_due
from .vendor import note_vendor_windows

__all__ = [
    "BEGIN",
    "END",
    "add_update",
    "archive_window",
    "begin_due",
    "cancel_window",
    "complete_window",
    "edit_window",
    "end_due",
    "note_vendor_windows",
    "schedule_window",
]
